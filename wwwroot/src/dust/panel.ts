import { monitorHealth, readingsExport, type MonitorHealth } from '../api/readings';
import { serverNow } from '../api/http';
import { language } from '../i18n';
import { dustWords, reasonsInWords } from '../i18n/dust';
import { ago } from '../i18n/time';
import { h, setText } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { Curves, type CurveWish } from './curves';

const day = 86_400_000;
const ranges = ['day', 'month'] as const;
type Range = (typeof ranges)[number];
const lengthOf = { day, month: 30 * day } as const;
const stateEveryMs = 15_000;

export interface MonitorShown {
  readonly id: string;
  readonly mn: string;
  readonly county: string | null;
  /** Its site violates by its values. */
  readonly exceeding: boolean;
  /** Grows with whatever came about it. */
  readonly version: string;
}

/** A monitor as it is now, and its curves of a day or a month: on the wall's card and on the page of its entry. */
export class MonitorPanel {
  readonly element: HTMLElement;
  private readonly state = h('p', { class: 'dust-state' });
  private readonly buttons = ranges.map((range) => ({ range, button: h('button', { type: 'button', 'data-focus': `range:${range}`, 'data-range': range }) }));
  private readonly tabs = h('div', { class: 'ranges', role: 'group' }, ...this.buttons.map((b) => b.button));
  private readonly exports = h('p', { class: 'exports' });
  private readonly curves = new Curves();
  private range: Range = 'day';
  private shown: MonitorShown | null = null;
  private health: MonitorHealth | null = null;
  private failed = false;
  private healthVersion = '';
  private readAt = 0;
  private end = 0;

  constructor() {
    this.element = h('section', { class: 'dust-panel' }, this.state, h('div', { class: 'dust-bar' }, this.tabs, this.exports), this.curves.element);
    for (const { range, button } of this.buttons) {
      button.addEventListener('click', () => {
        this.range = range;
        this.end = 0;
        this.render();
      });
    }
  }

  show(monitor: MonitorShown): void {
    if (monitor.id !== this.shown?.id) {
      this.health = null;
      this.failed = false;
      this.healthVersion = '';
      this.readAt = 0;
      this.end = 0;
    }
    this.shown = monitor;
    this.readHealth(monitor);
    this.render();
  }

  private readHealth(monitor: MonitorShown): void {
    const minute = Math.floor(serverNow() / 60_000);
    const version = `${monitor.id}|${monitor.version}|${minute}`;
    if (version === this.healthVersion || Date.now() - this.readAt < (this.health === null ? 0 : stateEveryMs)) return;
    this.healthVersion = version;
    this.readAt = Date.now();
    void monitorHealth(monitor.county ?? '').then((list) => {
      if (this.shown?.id !== monitor.id) return;
      this.failed = false;
      this.health = list.find((m) => m.monitor === monitor.id) ?? null;
      this.render();
    }, () => {
      this.failed = this.health === null;
      this.render();
    });
  }

  render(): void {
    const { shown } = this;
    if (shown === null) return;
    const w = dustWords();
    this.renderState(shown);
    this.tabs.ariaLabel = w.range;
    for (const { range, button } of this.buttons) {
      setText(button, w[range]);
      button.ariaPressed = String(range === this.range);
    }
    const now = serverNow();
    // The axis moves on by the minute; between, the same curve is asked for.
    const minute = Math.floor(now / 60_000) * 60_000;
    if (this.end === 0 || minute - this.end >= 60_000) this.end = minute + 60_000;
    const wish: CurveWish = { key: `${this.range}`, from: this.end - lengthOf[this.range], to: this.end, step: this.range === 'day' ? 'minute' : 'hour', empty: this.range === 'day' ? w.emptyDay : w.emptyMonth };
    this.curves.show(shown.mn, wish, `${shown.version}|${this.range === 'day' ? this.end : Math.floor(this.end / 600_000)}`);
    this.renderExports(shown);
  }

  private renderState(shown: MonitorShown): void {
    const w = dustWords();
    const { health } = this;
    const state = shown.exceeding ? 'exceeding' : (health?.state ?? '');
    const own = health === null ? [] : reasonsInWords(health.reasons);
    // What stands behind an exceedance is said too: a doubt of its values weighs.
    const reasons = shown.exceeding && health !== null && health.state !== 'ok' ? [w.states[health.state] ?? '', ...own] : own;
    const last = health === null ? '' : health.lastDataAt === null ? w.never : `${w.lastData} ${ago(serverNow() - Date.parse(health.lastDataAt))}`;
    const said = JSON.stringify([state, reasons, last, this.failed, language()]);
    if (this.state.dataset['said'] === said) return;
    this.state.dataset['said'] = said;
    this.state.replaceChildren(...(state === '' ? [h('span', { class: 'quiet' }, this.failed ? w.failed : w.loading)] : [stateTag(state)]), ...(last === '' ? [] : [h('span', { class: 'last' }, last)]), ...(reasons.length === 0 ? [] : [h('span', { class: 'why' }, reasons.join(language() === 'zh' ? '、' : ', '))]));
  }

  private renderExports({ mn }: MonitorShown): void {
    const w = dustWords();
    const address = (format: 'csv' | 'xlsx'): string => readingsExport(mn, { format, interval: this.range === 'day' ? 'raw' : 'hour', from: this.end - lengthOf[this.range], to: this.end, lang: language() });
    // By the minute another address, and the same link: whoever stands on it stays there.
    for (const format of ['csv', 'xlsx'] as const) this.exports.querySelector(`[data-export=${format}]`)?.setAttribute('href', address(format));
    const said = `${language()}|${may(rights.exports)}`;
    if (this.exports.dataset['said'] === said) return;
    this.exports.dataset['said'] = said;
    const link = (format: 'csv' | 'xlsx'): HTMLElement => h('a', { href: address(format), download: '', 'data-export': format, 'data-focus': `export:${format}` }, format.toUpperCase());
    this.exports.replaceChildren(...(may(rights.exports) ? [h('span', {}, w.exports), link('csv'), link('xlsx')] : []));
  }
}

/** A word with a sign that needs no colour. */
export const stateTag = (state: string): HTMLElement => h('span', { class: `dust-tag ${state}`, 'data-state': state }, h('i', { 'aria-hidden': 'true' }), dustWords().states[state] ?? state);
