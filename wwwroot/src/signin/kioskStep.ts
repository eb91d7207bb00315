import { askForKiosk, claimKiosk } from '../api/accounts';
import { ApiProblem } from '../api/http';
import type { Session, SignedIn } from '../api/session';
import { sessionWords } from '../i18n/session';
import { h, setText } from '../screen/dom';
import { waitSeconds } from '../session/refusals';
import { read } from '../session/session';
import type { Step } from './step';

const askEveryMs = 2000;
const afterFailureMs = 5000;

/** A code, readable across a room, that somebody with the right to do so enters elsewhere. The wall opens by itself then. */
export class KioskStep implements Step {
  readonly element = h('section', { class: 'kiosk-card' });
  private readonly code = h('p', { class: 'kiosk-code', role: 'status' });
  private readonly state = h('p', { class: 'kiosk-state' });
  private request: { code: string; secret: string } | null = null;
  private condition: 'waiting' | 'renewed' | 'offline' | 'entering' = 'waiting';
  private timer: ReturnType<typeof setTimeout> | null = null;
  private ended = false;

  constructor(private readonly entered: (session: SignedIn) => void) {
    void this.turn();
  }

  get title(): string {
    return sessionWords().kioskTitle;
  }

  dispose(): void {
    this.ended = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  render(): void {
    const w = sessionWords();
    this.element.replaceChildren(h('h1', {}, w.kioskTitle), h('p', { class: 'what' }, w.kioskWhat), this.code, h('p', { class: 'where' }, w.kioskWhere(location.host)), this.state);
    this.renderState();
  }

  private renderState(): void {
    const w = sessionWords();
    const text = spaced(this.request?.code ?? '');
    this.code.setAttribute('aria-label', [...(this.request?.code ?? '')].join(' '));
    setText(this.code, text);
    this.code.classList.toggle('empty', text === '');
    setText(this.state, { waiting: w.kioskWaiting, renewed: `${w.kioskRenewed} · ${w.kioskWaiting}`, offline: w.kioskOffline, entering: w.kioskEntering }[this.condition]);
    this.state.dataset['state'] = this.condition;
  }

  private async turn(): Promise<void> {
    let pauseMs = askEveryMs;
    try {
      if (this.request === null) this.request = await askForKiosk();
      const session = this.condition === 'entering' || (await claimKiosk(this.request.secret)) ? await this.enter() : null;
      if (session?.signedIn === true) {
        this.entered(session);
        return;
      }
      if (this.condition === 'offline') this.condition = 'waiting';
    } catch (error) {
      pauseMs = this.failed(error);
    }
    this.renderState();
    if (!this.ended) this.timer = setTimeout(() => void this.turn(), pauseMs);
  }

  private enter(): Promise<Session> {
    this.condition = 'entering';
    this.renderState();
    return read();
  }

  /** @returns How long to wait before the next try. */
  private failed(error: unknown): number {
    if (error instanceof ApiProblem && error.status === 429) return waitSeconds(error) * 1000;
    if (error instanceof ApiProblem && [401, 404, 410].includes(error.status)) {
      // The code is too old, or the server forgot it: another one takes its place.
      this.request = null;
      this.condition = 'renewed';
      return askEveryMs;
    }
    if (this.condition !== 'entering') this.condition = 'offline';
    return afterFailureMs;
  }
}

/** In groups, so that eight metres away nobody loses count. */
export function spaced(code: string): string {
  const size = code.length % 3 === 0 ? 3 : 4;
  return (code.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(' ');
}
