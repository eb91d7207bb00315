import * as api from '../api/records';
import type { FindingKindEntry, LogEvent } from '../api/types';
import { language } from '../i18n';
import { inLanguage, valueWords } from '../i18n/facts';
import { recordWords } from '../i18n/records';
import { deskWords } from '../i18n/registers';
import { beijingDay } from '../i18n/time';
import { words } from '../i18n';
import { serverNow } from '../api/http';
import { h } from '../screen/dom';
import { button, emptyNotice, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { atMostEvery } from './pace';
import { whyInWords } from './problems';
import { writeRoute, type RecordsRoute, type Route } from './route';
import { minuteInWords } from './values';
import { countyNameOf, titleOf, type Desk, type View } from './view';

const pageSize = '100';
const states = ['filed', 'confirmed', 'rectified', 'dismissed'] as const;

interface Row {
  id: string;
  name: string;
  simulated: boolean;
  cells: readonly (readonly [label: string, text: string])[];
  /** False for what has no page of its own. */
  opens: boolean;
}

type Kind = readonly [code: string, title: string];

export const stateInWords = (state: string): string => {
  const word = valueWords[state];
  return word === undefined ? state : inLanguage(word, language());
};
export const zoneStateInWords = (status: string): string => words().zoneStatus[status as keyof ReturnType<typeof words>['zoneStatus']] ?? status;
export const kindInWords = (kinds: readonly FindingKindEntry[], code: string): string => {
  const kind = kinds.find((k) => k.code === code);
  return kind === undefined ? code : language() === 'zh' ? kind.titleZh : kind.titleEn;
};
export const daysInWords = (from: string | null, to: string | null): string => (from === null ? '' : `${from} – ${to ?? recordWords().untilFurther}`);

/** The list of findings or of zones: by kind, county and state, newest change first. */
export class RecordsView implements View {
  readonly element = h('div', { class: 'list records' });
  private rows: Reading<Row[]> = { state: 'reading' };
  private kinds: { findings: readonly FindingKindEntry[]; zones: readonly api.ZoneKindEntry[] } | null = null;
  private next: string | null = null;
  private turn = 0;
  private readonly readSoon = atMostEvery(1000, () => { if (this.element.isConnected) this.read(); });

  constructor(
    private readonly desk: Desk,
    private route: RecordsRoute,
  ) {
    this.read();
  }

  get title(): string {
    return recordWords()[this.route.of];
  }

  up(): Route {
    return { view: 'start' };
  }

  follow(route: RecordsRoute): void {
    this.route = route;
    this.rows = { state: 'reading' };
    this.render();
    this.read();
  }

  changed(events: readonly LogEvent[] | null): void {
    const own = this.route.of === 'findings' ? 'finding.' : 'zone.';
    if (events === null || events.some((e) => e.type.startsWith(own) || e.type === 'simulation.cleared')) this.readSoon();
  }

  key(event: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || document.activeElement instanceof HTMLSelectElement) return false;
    const links = [...this.element.querySelectorAll<HTMLElement>('tbody a')];
    const index = links.indexOf(document.activeElement as HTMLElement);
    links[Math.min(links.length - 1, Math.max(0, index + step))]?.focus();
    return true;
  }

  render(): void {
    const w = recordWords();
    const { rows } = this;
    const body = rows.state === 'reading' ? loadingNotice() : rows.state === 'failed' ? failedNotice(rows.why, () => this.read()) : rows.value.length === 0 ? emptyNotice(w.none, '') : this.table(rows.value);
    const isFirst = this.route.cursor === '';
    const pager = rows.state !== 'read' || (isFirst && this.next === null) ? [] : [h('nav', { class: 'pager', 'aria-label': w.more }, ...(isFirst ? [] : [button(w.first, () => this.show({ cursor: '' }))]), ...(this.next === null ? [] : [button(w.more, () => this.show({ cursor: this.next ?? '' }))]))];
    const focused = this.element.contains(document.activeElement) ? (document.activeElement?.getAttribute('name') ?? document.activeElement?.getAttribute('href')) : null;
    this.element.replaceChildren(h('div', { class: 'list-head' }, h('div', { class: 'headline' }, h('h1', {}, this.title)), h('p', { class: 'intro' }, w[`${this.route.of}Intro`]), this.filters()), body, ...pager);
    if (focused !== null) this.element.querySelector<HTMLElement>(`[name='${focused}'], [href='${focused}']`)?.focus({ preventScroll: true });
  }

  private filters(): HTMLElement {
    const w = recordWords();
    const select = (name: 'kind' | 'county' | 'state', label: string, options: readonly Kind[]): HTMLElement => {
      const element = h('select', { 'aria-label': label, name }, ...options.map(([value, text]) => h('option', { value, ...(this.route[name] === value ? { selected: '' } : {}) }, text)));
      element.addEventListener('change', () => this.show({ [name]: element.value, cursor: '' }));
      return element;
    };
    const isZones = this.route.of === 'zones';
    const kinds: Kind[] = this.kinds === null ? [] : isZones ? this.kinds.zones.map((k) => [k.code, titleOf(k)]) : this.kinds.findings.map((k) => [k.code, language() === 'zh' ? k.titleZh : k.titleEn]);
    const standing: Kind[] = isZones ? [['', w.inForce], ['draft', w.drafts], ['published', zoneStateInWords('published')], ['retired', w.retired], ['all', w.all]] : [['', w.allStates], ...states.map((s): Kind => [s, stateInWords(s)])];
    const day = h('input', { type: 'date', name: 'at', 'aria-label': w.at, value: this.route.at === '' ? beijingDay(serverNow()) : this.route.at });
    day.addEventListener('change', () => this.show({ at: day.value, cursor: '' }));
    return h('div', { class: 'toolbar' }, h('div', { class: 'filters' },
      select('kind', w.kind, [['', w.allKinds], ...kinds]),
      select('county', w.county, [['', deskWords().allCounties], ...this.desk.counties.map((c): Kind => [c.properties.code, countyNameOf(this.desk, c.properties.code, '')])]),
      select('state', w.state, standing), ...(isZones && this.route.state === '' ? [h('label', { class: 'inline' }, w.at, day)] : [])));
  }

  private table(rows: readonly Row[]): HTMLElement {
    const heads = rows[0]?.cells.map(([label]) => label) ?? [];
    return h('div', { class: 'table-frame', role: 'region', tabindex: '0', 'aria-label': this.title }, h('table', { class: 'entries' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, this.title), ...heads.map((label) => h('th', { scope: 'col' }, label)))),
      h('tbody', {}, ...rows.map((row) => this.row(row)))));
  }

  private row({ id, name, simulated, cells, opens }: Row): HTMLElement {
    const link = opens ? h('a', { href: writeRoute({ view: 'record', of: this.route.of, id }) }, name) : h('span', {}, name);
    const tr = h('tr', { 'data-id': id }, h('th', { scope: 'row' }, link, ...(simulated ? [simulatedBadge()] : [])), ...cells.map(([label, text]) => h('td', { 'data-label': label }, text)));
    if (opens) tr.addEventListener('click', (event) => { if (!(event.target instanceof HTMLAnchorElement)) link.click(); });
    return tr;
  }

  private show(change: Partial<RecordsRoute>): void {
    this.route = { ...this.route, ...change };
    this.desk.go(this.route);
    this.rows = { state: 'reading' };
    this.render();
    this.read();
  }

  private read(): void {
    const turn = (this.turn += 1);
    void this.page().then((value) => { if (turn === this.turn) this.rows = { state: 'read', value }; }, (error: unknown) => {
      if (turn === this.turn && this.rows.state !== 'read') this.rows = { state: 'failed', why: whyInWords(error) };
    }).then(() => { if (turn === this.turn) this.render(); });
  }

  private async page(): Promise<Row[]> {
    const { of, kind, county, state, at, cursor } = this.route;
    this.kinds ??= { findings: await api.findingKinds(), zones: await api.zoneKinds() };
    const page = of === 'findings' ? await api.findings({ kind, county, state, cursor, limit: pageSize }) : await api.zones({ kind, county, status: state, at: state === '' ? at : '', cursor, limit: pageSize });
    this.next = page.next === null ? null : new URL(page.next, location.origin).searchParams.get('cursor');
    return page.features.map((feature) => ('filedBy' in feature.properties ? this.findingRow(feature as api.Finding) : this.zoneRow(feature as api.ZoneVersion)));
  }

  private findingRow({ id, properties: p }: api.Finding): Row {
    const w = recordWords();
    const name = kindInWords(this.kinds?.findings ?? [], p.kind);
    return { id, name: name === '' ? p.name : name, simulated: p.simulated, opens: true, cells: [[w.county, countyNameOf(this.desk, p.county, '')], [w.state, stateInWords(p.state)], [w.source, stateInWords(p.filedBy)], [w.foundAt, minuteInWords(p.at)], [w.text, p.text ?? ''], [w.photos, (p.photos ?? []).length === 0 ? '' : String(p.photos?.length)]] };
  }

  private zoneRow({ id, properties: p }: api.ZoneVersion): Row {
    const w = recordWords();
    const area = `${(p.areaSquareMetres / 1e6).toFixed(p.areaSquareMetres < 1e7 ? 2 : 0)} km²`;
    return { id, name: p.name, simulated: p.simulated, opens: !p.derived, cells: [[w.kind, p.kindTitle[language()]], [w.state, p.derived ? w.derived : zoneStateInWords(p.status)], [w.document, p.documentNumber ?? ''], [w.effective, daysInWords(p.effectiveFrom, p.effectiveTo)], [w.counties, p.counties.map((code) => countyNameOf(this.desk, code, '')).join(' ')], [w.area, area]] };
  }
}
