import { dismissPending, pendingMonitors, quarantined, refusals, release, type PendingMonitor, type Quarantined, type Refusal } from '../api/readings';
import { serverNow } from '../api/http';
import { dustWords, factorInWords, reasonInWords } from '../i18n/dust';
import { ago } from '../i18n/time';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { button, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { whyInWords } from './problems';
import { ask } from './question';
import { askRelease } from './releaseQuestion';
import { entryOf, writeRoute } from './route';
import { count, minuteInWords } from './values';
import { countyNameOf, type Desk } from './view';

/** What somebody has to look after beside the monitors' own health: readings in doubt, devices that wait, and what the line refused. */
export class CareSections {
  private doubted: Reading<Quarantined[]> = { state: 'reading' };
  private waiting: Reading<PendingMonitor[]> = { state: 'reading' };
  private refused: Reading<Refusal[]> = { state: 'reading' };
  /** A failure of an act, or its success, until the next one. */
  private said: HTMLElement | null = null;
  private turn = 0;

  constructor(
    private readonly desk: Desk,
    private readonly changed: () => void,
  ) {}

  dispose(): void {
    this.turn += 1;
  }

  async read(county: string): Promise<void> {
    const turn = (this.turn += 1);
    const into = async <T>(asked: Promise<T>, was: () => Reading<T>, take: (read: Reading<T>) => void): Promise<void> => {
      try {
        const value = await asked;
        if (turn === this.turn) take({ state: 'read', value });
      } catch (error) {
        // A failed refresh leaves what was read before.
        if (turn === this.turn && was().state !== 'read') take({ state: 'failed', why: whyInWords(error) });
      }
    };
    await Promise.all([
      into(quarantined(county), () => this.doubted, (r) => { this.doubted = r; }),
      ...(may(rights.registers) ? [
        into(pendingMonitors(), () => this.waiting, (r) => { this.waiting = r; }),
        into(refusals(), () => this.refused, (r) => { this.refused = r; }),
      ] : []),
    ]);
  }

  render(): HTMLElement[] {
    const w = dustWords();
    const line = may(rights.registers);
    const waiting = this.waiting.state === 'read' && this.waiting.value.length === 0 ? [] : [this.section('waiting', w.pendingTitle, w.pendingIntro, this.waiting, '', (rows) => this.pendingTable(rows))];
    return [
      ...(this.said === null ? [] : [this.said]),
      this.section('doubted', w.quarantineTitle, w.quarantineIntro, this.doubted, w.noQuarantine, (rows) => this.quarantineTable(rows)),
      ...(line ? [...waiting, this.section('refusals', w.refusalsTitle, w.refusalsIntro, this.refused, w.noRefusals, (rows) => this.refusalTable(rows))] : []),
    ];
  }

  private section<T>(name: string, title: string, intro: string, reading: Reading<T[]>, none: string, table: (rows: readonly T[]) => HTMLElement): HTMLElement {
    const body = reading.state === 'reading' ? loadingNotice() : reading.state === 'failed' ? failedNotice(reading.why, this.changed)
      : reading.value.length === 0 ? h('p', { class: 'notice quiet' }, none) : table(reading.value);
    return h('section', { class: `care ${name}` }, h('h2', {}, title), h('p', { class: 'intro' }, intro), body);
  }

  private table(label: string, head: readonly HTMLElement[], rows: readonly HTMLElement[]): HTMLElement {
    return h('div', { class: 'table-frame', role: 'region', tabindex: '0', 'aria-label': label },
      h('table', { class: 'entries open-questions' }, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows)));
  }

  private quarantineTable(rows: readonly Quarantined[]): HTMLElement {
    const w = dustWords();
    return this.table(w.quarantineTitle, [...heads(w.monitor, w.county, w.factor, w.reason), numbers(w.readings), numbers(w.values), ...heads(w.span), unseen(w.release)], rows.map((r) => h('tr', { 'data-doubted': `${r.mn} ${r.factor} ${r.quality}` },
      h('th', { scope: 'row' }, h('a', { href: writeRoute(entryOf('monitors', r.monitor)) }, r.name), h('small', {}, r.mn), ...(r.simulated ? [simulatedBadge()] : [])),
      h('td', { 'data-label': w.county }, countyNameOf(this.desk, r.county, deskWords().noCounty)), h('td', { 'data-label': w.factor, title: r.factor }, factorInWords(r.factor)),
      h('td', { 'data-label': w.reason, class: 'reasons' }, reasonInWords(r.quality)), h('td', { 'data-label': w.readings, class: 'number' }, count(r.readings)),
      h('td', { 'data-label': w.values, class: 'number' }, r.least === null || r.most === null ? w.none : r.least === r.most ? String(r.least) : w.range2(String(r.least), String(r.most))),
      h('td', { 'data-label': w.span, class: 'time' }, `${minuteInWords(r.from)} – ${minuteInWords(r.to)}`),
      h('td', {}, ...(may(rights.verdicts) ? [button(w.release, () => void this.release(r), { class: 'button small', 'data-key': `release:${r.mn} ${r.factor} ${r.quality}` })] : [])))));
  }

  private pendingTable(rows: readonly PendingMonitor[]): HTMLElement {
    const w = dustWords();
    return this.table(w.pendingTitle, [...heads('MN', w.address), numbers(w.packets), ...heads(w.lastAt), unseen(w.register)], rows.map((r) => h('tr', { 'data-pending': r.mn },
      h('th', { scope: 'row' }, r.mn), h('td', { 'data-label': w.address }, r.address), h('td', { 'data-label': w.packets, class: 'number' }, count(r.packets)),
      h('td', { 'data-label': w.lastAt, class: 'time' }, ago(serverNow() - Date.parse(r.lastAt))),
      h('td', {}, registerLink(r.mn), ' ', button(w.dismiss, () => void this.dismiss(r), { class: 'button small', 'data-key': `dismiss:${r.mn}` })))));
  }

  private refusalTable(rows: readonly Refusal[]): HTMLElement {
    const w = dustWords();
    return this.table(w.refusalsTitle, [...heads('MN', w.address, w.reason), numbers(w.times), ...heads(w.lastAt), unseen(w.register)], rows.map((r) => h('tr', { 'data-refused': r.mn },
      h('th', { scope: 'row' }, r.mn === '' ? w.noMn : r.mn), h('td', { 'data-label': w.address }, r.address), h('td', { 'data-label': w.reason }, reasonInWords(r.reason)),
      h('td', { 'data-label': w.times, class: 'number' }, count(r.count)), h('td', { 'data-label': w.lastAt, class: 'time' }, ago(serverNow() - Date.parse(r.lastAt))),
      h('td', {}, ...(r.reason === 'unknown-mn' && r.mn !== '' ? [registerLink(r.mn)] : [])))));
  }

  private async release(group: Quarantined): Promise<void> {
    const answer = await askRelease(group);
    if (answer !== null) await this.act(release(group, answer.reason, answer.scale), dustWords().released);
  }

  private async dismiss(device: PendingMonitor): Promise<void> {
    const w = dustWords();
    if (await ask({ title: w.dismissTitle, body: [w.dismissWhat(device.mn)], yes: w.dismiss, no: w.cancel })) await this.act(dismissPending(device.mn), null);
  }

  private async act(done: Promise<void>, word: string | null): Promise<void> {
    try {
      await done;
      this.said = word === null ? null : h('p', { class: 'notice quiet', role: 'status' }, word);
    } catch (error) {
      this.said = failedNotice(whyInWords(error), null);
    }
    this.changed();
  }
}

const heads = (...titles: string[]): HTMLElement[] => titles.map((title) => h('th', { scope: 'col' }, title));
const numbers = (title: string): HTMLElement => h('th', { scope: 'col', class: 'number' }, title);
const unseen = (title: string): HTMLElement => h('th', { scope: 'col' }, h('span', { class: 'unseen' }, title));
const registerLink = (mn: string): HTMLElement => h('a', { class: 'button small', href: writeRoute(entryOf('monitors', null, { field: 'mn', value: mn })) }, dustWords().register);
