import { curve as readCurve, dustFactors, type Curve, type CurveStep } from '../api/readings';
import { language } from '../i18n';
import { dustWords } from '../i18n/dust';
import { h, setText } from '../screen/dom';
import { createCurve, type CurveMark } from './curve';
import { curveKeys } from './keys';

/** From when to when, how finely, and what to say where nothing is. */
export interface CurveWish {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly step: CurveStep;
  readonly empty: string;
  readonly only?: Curve['factor'];
}

type State = 'reading' | 'failed' | 'ready';

const restMs = 15_000; // an eager device tells something every second; a curve of a day shows no difference

/** The curves of a monitor over one time, read again when something came. Keeps what it showed until the next answer is there. */
export class Curves {
  readonly element = h('div', { class: 'curves' });
  private readonly notice = h('p', { class: 'curve-notice', role: 'status' });
  private readonly retry = h('button', { type: 'button', class: 'tool' });
  private readonly host = h('div', { class: 'pair' });
  private readonly keys = h('div');
  private drawn: { factor: Curve['factor']; curve: ReturnType<typeof createCurve> }[] = [];
  private found: Curve[] = [];
  private state: State = 'reading';
  private mn = '';
  private wish: CurveWish | null = null;
  private version = '';
  private readAt = 0;
  private turn = 0;
  private later: ReturnType<typeof setTimeout> | null = null;
  private said = '';

  constructor(private readonly marks: readonly CurveMark[] = []) {
    this.retry.addEventListener('click', () => this.read());
    this.element.append(this.notice, this.retry, this.host, this.keys);
  }

  /** Shows these; what is shown already is read again only where the version is another one. */
  show(mn: string, wish: CurveWish, version: string): void {
    const other = mn !== this.mn || wish.key !== this.wish?.key;
    if (other) {
      this.found = [];
      this.state = 'reading';
      this.drawn = [];
      this.host.replaceChildren();
    }
    this.mn = mn;
    this.wish = wish;
    if (other || version !== this.version) {
      this.version = version;
      if (other) this.read();
      else this.readSoon();
    }
    this.render();
  }

  get curves(): readonly Curve[] {
    return this.found;
  }

  private readSoon(): void {
    if (this.later !== null) return;
    this.later = setTimeout(() => {
      this.later = null;
      if (this.element.isConnected) this.read();
    }, Math.max(0, this.readAt + restMs - Date.now()));
  }

  private read(): void {
    const { wish, mn } = this;
    if (wish === null) return;
    const turn = (this.turn += 1);
    this.readAt = Date.now();
    if (this.found.length === 0) this.state = 'reading';
    const factors = wish.only === undefined ? dustFactors : [wish.only];
    void Promise.all(factors.map((factor) => readCurve(mn, { factor, from: wish.from, to: wish.to, step: wish.step }))).then(
      (curves) => { if (turn === this.turn) [this.state, this.found, this.said] = ['ready', curves, '']; },
      () => { if (turn === this.turn && this.found.length === 0) this.state = 'failed'; },
    ).then(() => { if (turn === this.turn) this.render(); });
    this.render();
  }

  render(): void {
    const w = dustWords();
    const measured = this.found.filter((c) => c.points.length > 0);
    const empty = this.state === 'ready' && measured.length === 0;
    this.element.dataset['state'] = empty ? 'empty' : this.state;
    const notice = this.state === 'reading' ? w.loading : this.state === 'failed' ? w.failed : empty ? (this.wish?.empty ?? '') : '';
    setText(this.notice, notice);
    this.notice.hidden = notice === '';
    this.retry.hidden = this.state !== 'failed';
    setText(this.retry, w.retry);
    const said = `${language()}|${this.state}|${this.wish?.key ?? ''}`;
    if (said === this.said) return;
    this.said = said;
    const factors = measured.map((c) => c.factor);
    if (this.drawn.map((d) => d.factor).join() !== factors.join()) {
      this.drawn = factors.map((factor) => ({ factor, curve: createCurve(this.marks) }));
      this.host.replaceChildren(...this.drawn.map((d) => d.curve.element));
    }
    this.keys.replaceChildren(...(measured.length === 0 ? [] : [curveKeys(this.wish?.step === 'hour', measured.some((c) => c.background.length > 0))]));
    measured.forEach((c, i) => this.drawn[i]?.curve.draw(c));
  }
}
