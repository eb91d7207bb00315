import { monitorHealth, type MonitorHealth } from '../api/readings';
import { serverNow } from '../api/http';
import type { LogEvent } from '../api/types';
import { stateTag } from '../dust/panel';
import { dustWords, reasonsInWords } from '../i18n/dust';
import { language } from '../i18n';
import { deskWords } from '../i18n/registers';
import { recordWords } from '../i18n/records';
import { ago } from '../i18n/time';
import { h } from '../screen/dom';
import { CareSections } from './careSections';
import { sortHealth, sortOf, type HealthColumn } from './healthOrder';
import { button, emptyNotice, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { atMostEvery } from './pace';
import { whyInWords } from './problems';
import { entryOf, healthOf, listOf, writeRoute, type HealthRoute, type Route } from './route';
import { minuteInWords } from './values';
import { countyNameOf, type Desk, type View } from './view';

const everyMs = 10_000; // monitors speak all the time
const minuteMs = 60_000; // and whoever falls silent says nothing
const states = ['silent', 'suspect', 'ok'] as const;

/** Which dust monitors can be believed, why the others cannot, and what the line refused. */
export class HealthView implements View {
  readonly element = h('div', { class: 'list health' });
  private list: Reading<MonitorHealth[]> = { state: 'reading' };
  private readonly care: CareSections;
  private turn = 0;
  private readonly readSoon = atMostEvery(everyMs, () => { if (this.element.isConnected) this.read(); });
  private readonly clock = setInterval(() => this.read(), minuteMs);

  constructor(
    private readonly desk: Desk,
    private route: HealthRoute,
  ) {
    this.care = new CareSections(desk, () => this.read());
    this.read();
  }

  get title(): string {
    return dustWords().healthTitle;
  }

  up(): Route {
    return listOf('monitors');
  }

  dispose(): void {
    clearInterval(this.clock);
    this.care.dispose();
    this.turn += 1;
  }

  follow(route: HealthRoute): void {
    const other = route.county !== this.route.county;
    this.route = route;
    if (other) this.begin();
    this.render();
  }

  changed(events: readonly LogEvent[] | null): void {
    if (events === null || events.some((e) => /^(?:reading|monitor|subject|violation|simulation)\./.test(e.type))) this.readSoon();
  }

  key(event: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || document.activeElement instanceof HTMLSelectElement) return false;
    const links = [...this.element.querySelectorAll<HTMLElement>('tbody th a')];
    const index = links.indexOf(document.activeElement as HTMLElement);
    links[index < 0 ? 0 : Math.min(links.length - 1, Math.max(0, index + step))]?.focus();
    return true;
  }

  render(): void {
    const w = dustWords();
    const { list } = this;
    const all = list.state === 'read' ? list.value : [];
    const of = (state: string): number => all.filter((m) => m.state === state).length;
    const shown = sortHealth(all.filter((m) => this.route.state === '' || m.state === this.route.state), sortOf(this.route.sort), (code) => countyNameOf(this.desk, code, ''));
    const active = document.activeElement;
    const focused = active !== null && this.element.contains(active) ? keyOf(active) : null;
    const body = list.state === 'reading' ? loadingNotice() : list.state === 'failed' ? failedNotice(list.why, () => this.begin())
      : all.length === 0 ? emptyNotice(w.noMonitors, w.noMonitorsHint) : shown.length === 0 ? emptyNotice(w.noMatch, '', button(deskWords().clearFilters, () => this.show({ state: '', county: '' }))) : this.table(shown);
    this.element.replaceChildren(
      h('div', { class: 'list-head' },
        h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, recordWords().back), h('h1', {}, w.healthTitle), h('span', { class: 'quiet', 'data-counts': '' }, list.state === 'read' ? w.counts(of('ok'), of('suspect'), of('silent')) : '')),
        h('p', { class: 'intro' }, w.healthIntro), h('div', { class: 'toolbar' }, this.filters())),
      body, ...this.care.render());
    if (focused !== null) [...this.element.querySelectorAll<HTMLElement>('[name], [data-key], a')].find((node) => keyOf(node) === focused)?.focus({ preventScroll: true });
  }

  private filters(): HTMLElement {
    const w = dustWords();
    const select = (name: 'county' | 'state', label: string, options: readonly (readonly [string, string])[]): HTMLElement => {
      const element = h('select', { 'aria-label': label, name }, ...options.map(([value, text]) => h('option', { value, ...(this.route[name] === value ? { selected: '' } : {}) }, text)));
      element.addEventListener('change', () => this.show({ [name]: element.value }));
      return element;
    };
    return h('div', { class: 'filters' },
      select('county', w.county, [['', deskWords().allCounties], ...this.desk.counties.map((c) => [c.properties.code, countyNameOf(this.desk, c.properties.code, '')] as const)]),
      select('state', w.state, [['', w.all], ...states.map((s) => [s, w.states[s] ?? s] as const)]));
  }

  private table(rows: readonly MonitorHealth[]): HTMLElement {
    const w = dustWords();
    const sort = sortOf(this.route.sort);
    const head = (column: HealthColumn, text: string): HTMLElement => {
      const here = sort.column === column;
      const act = button(text, () => this.show({ sort: here && !sort.falls ? `-${column}` : column }), { class: 'sort', 'data-key': `sort:${column}`, 'aria-label': w.sortBy(text) });
      return h('th', { scope: 'col', 'aria-sort': here ? (sort.falls ? 'descending' : 'ascending') : 'none' }, act);
    };
    return h('div', { class: 'table-frame', role: 'region', tabindex: '0', 'aria-label': w.healthTitle }, h('table', { class: 'entries' },
      h('thead', {}, h('tr', {}, head('name', w.monitor), head('county', w.county), head('state', w.state), h('th', { scope: 'col' }, w.reasons), head('last', w.last))),
      h('tbody', {}, ...rows.map((m) => this.row(m)))));
  }

  private row(m: MonitorHealth): HTMLElement {
    const w = dustWords();
    const link = h('a', { href: writeRoute(entryOf('monitors', m.monitor)) }, m.name);
    const last = m.lastDataAt === null ? w.never : ago(serverNow() - Date.parse(m.lastDataAt));
    const tr = h('tr', { 'data-id': m.monitor, 'data-state': m.state },
      h('th', { scope: 'row' }, link, h('small', {}, m.mn), ...(m.simulated ? [simulatedBadge()] : [])),
      h('td', { 'data-label': w.county }, countyNameOf(this.desk, m.county, deskWords().noCounty)),
      h('td', { 'data-label': w.state }, stateTag(m.state)),
      h('td', { 'data-label': w.reasons, class: 'reasons' }, reasonsInWords(m.reasons).join(language() === 'zh' ? '、' : ', ')),
      h('td', { 'data-label': w.last, class: 'time', ...(m.lastDataAt === null ? {} : { title: minuteInWords(m.lastDataAt) }) }, last));
    tr.addEventListener('click', (event) => { if (!(event.target instanceof HTMLAnchorElement)) link.click(); });
    return tr;
  }

  private show(change: Partial<HealthRoute>): void {
    const other = change.county !== undefined && change.county !== this.route.county;
    this.route = healthOf({ ...this.route, ...change });
    this.desk.go(this.route, { replace: true });
    if (other) this.begin();
    this.render();
  }

  private begin(): void {
    this.list = { state: 'reading' };
    this.render();
    this.read();
  }

  private read(): void {
    const turn = (this.turn += 1);
    const both = [
      monitorHealth(this.route.county).then((value) => { if (turn === this.turn) this.list = { state: 'read', value }; }, (error: unknown) => {
        // A failed refresh leaves what was read before.
        if (turn === this.turn && this.list.state !== 'read') this.list = { state: 'failed', why: whyInWords(error) };
      }),
      this.care.read(this.route.county),
    ];
    void Promise.all(both).then(() => { if (turn === this.turn) this.render(); });
  }
}

const keyOf = (node: Element): string | null => (node as HTMLElement).dataset['key'] ?? node.getAttribute('name') ?? node.getAttribute('href');
