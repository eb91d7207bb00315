import { endSession, ownSessions, type OwnSession } from '../api/session';
import { adminWords } from '../i18n/admin';
import { button, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { minuteInWords } from '../registers/values';
import { h } from '../screen/dom';
import { table } from './table';
import type { Office } from './view';

/** `Mozilla/5.0 (Windows NT 10.0; …) … Chrome/140…` → `Chrome · Windows` */
export function agentInWords(agent: string | null, otherwise: string): string {
  const text = agent ?? '';
  const browser = (['Edg', 'Chrome', 'Firefox', 'Safari'] as const).find((name) => text.includes(`${name}/`));
  const system = (['Windows', 'Android', 'iPhone', 'Mac OS X', 'Linux'] as const).find((name) => text.includes(name));
  const parts = [browser === 'Edg' ? 'Edge' : browser, system === 'Mac OS X' ? 'macOS' : system].filter((part) => part !== undefined);
  return parts.length === 0 ? otherwise : parts.join(' · ');
}

/** Where one is signed in. */
export class OwnSessions {
  readonly element = h('section', { class: 'panel wide' });
  private sessions: Reading<OwnSession[]> = { state: 'reading' };

  constructor(private readonly office: Office) {
    this.read();
  }

  render(): void {
    const w = adminWords();
    const { sessions: all } = this;
    const body = all.state === 'failed' ? failedNotice(all.why, () => this.read()) : all.state === 'reading' ? loadingNotice() : this.table(all.value);
    this.element.replaceChildren(h('h2', {}, w.sessionsTitle), h('p', { class: 'quiet' }, w.sessionsHint), body);
  }

  private table(rows: OwnSession[]): HTMLElement {
    const w = adminWords();
    return table(w.sessionsTitle, [
      { title: w.browser, cell: (s) => [agentInWords(s.agent, w.unknownBrowser), ...(s.current ? [h('span', { class: 'chip' }, w.thisSession)] : [])] },
      { title: w.address, cell: (s) => [s.address ?? ''] },
      { title: w.signedInAt, cell: (s) => [minuteInWords(s.createdAt)], class: 'time' },
      { title: w.lastSeen, cell: (s) => [minuteInWords(s.lastSeenAt)], class: 'time' },
      { title: '', cell: (s) => (s.current ? [] : [button(w.endSession, () => void this.end(s), { class: 'button small grave', 'data-act': 'end' })]), class: 'tools-cell' },
    ], rows, (s) => ({ 'data-own-session': s.current ? 'current' : 'other' }));
  }

  private async end(session: OwnSession): Promise<void> {
    try {
      await endSession(session.id);
      this.office.say(adminWords().ended);
    } catch (error) {
      this.office.say(whyInWords(error));
    }
    this.read();
  }

  private read(): void {
    ownSessions().then((value) => { this.sessions = { state: 'read', value }; }, (error: unknown) => { this.sessions = { state: 'failed', why: whyInWords(error) }; }).finally(() => this.render());
  }
}
