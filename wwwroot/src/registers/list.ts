import { entries, exportAddress, registerCounts, type Entry, type ExportFormat, type Field, type Register } from '../api/registers';
import type { LogEvent } from '../api/types';
import { dustWords } from '../i18n/dust';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { draftOf, formFields } from './draft';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { button, emptyNotice, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { atMostEvery } from './pace';
import { whyInWords } from './problems';
import { entryOf, healthOf, listOf, writeRoute, type ListRoute, type Route } from './route';
import { count, minuteInWords, valueInWords } from './values';
import { countyNameOf, registerAt, registerOfKind, titleOf, type Desk, type View } from './view';

const pageSize = 100;
const mostColumns = 5;
const patienceMs = 300; // of typing, before the search begins

/** Trails of cursors by list, so that "previous" works; a link into the middle knows only "first". */
const trails = new Map<string, string[]>();

interface Page {
  rows: Entry[];
  next: string | null;
}

/** The entries of a register, a page at a time, newest change first. */
export class ListView implements View {
  readonly element = h('div', { class: 'list' });
  private readonly register: Register;
  private page: Reading<Page> = { state: 'reading' };
  private total: number | null = null;
  private typing: ReturnType<typeof setTimeout> | null = null;
  private reading = 0;
  private readonly readSoon = atMostEvery(1000, () => { if (this.element.isConnected) this.read(); });
  private readonly head = h('div', { class: 'list-head' });
  private readonly body = h('div', { class: 'list-body' });
  private readonly search = h('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false' });

  constructor(
    private readonly desk: Desk,
    private route: ListRoute,
  ) {
    this.register = registerAt(desk, route.register);
    this.search.value = route.q;
    this.search.addEventListener('input', () => this.searchSoon());
    this.element.append(this.head, this.body);
    this.read();
  }

  get title(): string {
    return titleOf(this.register);
  }

  up(): Route {
    return { view: 'start' };
  }

  changed(events: readonly LogEvent[] | null): void {
    if (events === null || events.some((e) => e.type === 'simulation.cleared' || (e.type.startsWith('subject.') && isOf(e, this.register)))) this.readSoon();
  }

  dispose(): void {
    if (this.typing !== null) clearTimeout(this.typing);
    this.reading += 1;
  }

  named(): void {
    this.renderBody();
    if (this.route.parent !== '') this.renderHead();
  }

  key(event: KeyboardEvent): boolean {
    const inSearch = document.activeElement === this.search;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (document.activeElement instanceof HTMLSelectElement) return false;
      this.move(event.key === 'ArrowDown' ? 1 : -1);
      return true;
    }
    if (inSearch && event.key === 'Enter') {
      this.searchNow();
      return true;
    }
    if (inSearch && event.key === 'Escape') {
      this.search.value = '';
      this.searchNow();
      this.move(1);
      return true;
    }
    if (inSearch) return false;
    if (event.key === '/') this.search.focus();
    else if (event.key === 'n' && may(rights.registers)) this.desk.go(entryOf(this.route.register, null, { parent: this.route.parent }));
    else return false;
    return true;
  }

  render(): void {
    this.renderHead();
    this.renderBody();
  }

  private renderHead(): void {
    const w = deskWords();
    const { route } = this;
    const select = (name: 'county' | 'simulated', label: string, options: (readonly [string, string])[]): HTMLElement => {
      const element = h('select', { 'aria-label': label, name }, ...options.map(([value, text]) => h('option', { value, ...(route[name] === value ? { selected: '' } : {}) }, text)));
      element.addEventListener('change', () => this.show({ [name]: element.value, cursor: '' }));
      return element;
    };
    this.search.placeholder = w.search;
    this.search.setAttribute('aria-label', w.search);
    const counties = this.desk.counties.map((c) => [c.properties.code, countyNameOf(this.desk, c.properties.code, '')] as const);
    const parent = this.parentName();
    const focused = document.activeElement === this.search;
    this.head.replaceChildren(
      h('div', { class: 'headline' }, h('h1', {}, titleOf(this.register)), h('span', { class: 'quiet', 'data-total': '' }, this.totalInWords()),
        ...(parent === null ? [] : [h('span', { class: 'chip' }, w.belongsTo(parent), button('×', () => this.show({ parent: '', cursor: '' }), { class: 'chip-close', 'aria-label': w.clearFilters }))])),
      h('div', { class: 'toolbar' }, h('div', { class: 'filters', role: 'search' }, this.search, select('county', w.county, [['', w.allCounties], ...counties]),
        select('simulated', w.dataKind, [['', w.allData], ['exclude', w.realOnly], ['only', w.simulatedOnly]])),
      h('div', { class: 'buttons' }, ...(this.register.kind === 'monitor' ? [h('a', { class: 'button', href: writeRoute(healthOf({ county: route.county })), 'data-act': 'health' }, dustWords().health)] : []), ...(may(rights.exports) ? [this.exportMenu()] : []), ...this.waysToAdd(route.parent))));
    if (focused) this.search.focus();
  }

  /** The server counts the whole register; how many match is known once the last page is read. */
  private totalInWords(): string {
    const w = deskWords();
    if (!this.isFiltered) return this.total === null ? '' : w.total(count(this.total));
    const trail = trails.get(this.trailKey) ?? [];
    const before = this.route.cursor === '' ? 0 : trail.includes(this.route.cursor) ? (trail.indexOf(this.route.cursor) + 1) * pageSize : null;
    return this.page.state === 'read' && this.page.value.next === null && before !== null ? w.matching(count(before + this.page.value.rows.length)) : w.filtered;
  }

  private showTotal(): void {
    const total = this.head.querySelector('[data-total]');
    if (total !== null) total.textContent = this.totalInWords();
  }

  private exportMenu(): HTMLElement {
    const w = deskWords();
    const { q, county, simulated, parent } = this.route;
    const links = (Object.entries(w.formats) as [ExportFormat, string][]).map(([format, title]) => h('a', { href: exportAddress(this.register, format, { q, county, simulated, parent }), download: '', 'data-export': format }, title));
    const menu = h('details', { class: 'menu' }, h('summary', { class: 'button' }, w.exportAs), h('div', { class: 'menu-items' }, h('p', { class: 'quiet' }, w.exportHint), ...links));
    menu.addEventListener('focusout', (event) => { if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false; });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
      event.stopPropagation();
    });
    return menu;
  }

  private renderBody(): void {
    const w = deskWords();
    const { page } = this;
    if (page.state === 'failed') this.body.replaceChildren(failedNotice(page.why, () => this.read()));
    else if (page.state === 'reading') this.body.replaceChildren(loadingNotice());
    else if (page.value.rows.length > 0) this.renderTable(page.value);
    else if (this.isFiltered || this.route.cursor !== '') this.body.replaceChildren(emptyNotice(w.nothingFound, '', button(w.clearFilters, () => this.clear())));
    else this.body.replaceChildren(emptyNotice(w.empty, w.emptyHint, ...this.waysToAdd('')));
  }

  private waysToAdd(parent: string): HTMLElement[] {
    const w = deskWords();
    const { register } = this.route;
    const add = h('a', { class: 'button primary', href: writeRoute(entryOf(register, null, { parent })), 'aria-keyshortcuts': 'n', 'data-new': '' }, w.add);
    return may(rights.registers) ? [h('a', { class: 'button', href: writeRoute({ view: 'import', register }) }, w.importFile), add] : [];
  }

  private renderTable({ rows, next }: Page): void {
    const w = deskWords();
    const focused = this.body.contains(document.activeElement) ? (document.activeElement?.closest('tr')?.dataset['id'] ?? null) : null;
    const columns = columnsOf(this.register).filter((f) => f.name !== this.register.parentField || this.route.parent === '');
    const unit = (f: Field): string => (f.unit === null ? '' : ` (${f.unit})`);
    const header = h('tr', {}, h('th', { scope: 'col' }, titleOf(this.register.fields.find((f) => f.name === 'name') as Field)), h('th', { scope: 'col' }, w.county),
      ...columns.map((f) => h('th', { scope: 'col', class: isNumeric(f) ? 'number' : '' }, titleOf(f) + unit(f))), h('th', { scope: 'col' }, w.changedAt));
    const table = h('table', { class: 'entries' }, h('thead', {}, header), h('tbody', {}, ...rows.map((row) => this.row(row, columns))));
    this.body.replaceChildren(h('div', { class: 'table-frame', role: 'region', tabindex: '-1', 'aria-label': titleOf(this.register) }, table), this.pager(rows.length, next));
    if (focused !== null) this.body.querySelector<HTMLElement>(`tr[data-id='${focused}'] a`)?.focus({ preventScroll: true });
  }

  private row(entry: Entry, columns: readonly Field[]): HTMLElement {
    const w = deskWords();
    const { properties } = entry;
    const draft = draftOf(this.register, entry);
    const link = h('a', { href: writeRoute(entryOf(this.route.register, entry.id)) }, properties.name);
    const name = h('th', { scope: 'row' }, link, ...(properties.code === null ? [] : [h('small', {}, properties.code)]), ...(properties.simulated ? [simulatedBadge()] : []));
    const county = properties.county !== null ? countyNameOf(this.desk, properties.county, '') : entry.geometry === null ? w.noCounty : w.outsideCity;
    const cells = columns.map((f) => {
      const text = draft.values[f.name] ?? '';
      return h('td', { class: isNumeric(f) ? 'number' : '', 'data-label': titleOf(f) }, isNumeric(f) ? text : valueInWords(this.desk, f, text));
    });
    const tr = h('tr', { 'data-id': entry.id }, name, h('td', { 'data-label': w.county, class: properties.county === null ? 'quiet' : '' }, county), ...cells, h('td', { class: 'time', 'data-label': w.changedAt }, minuteInWords(properties.changedAt)));
    tr.addEventListener('click', (event) => { if (!(event.target instanceof HTMLAnchorElement)) link.click(); });
    return tr;
  }

  private pager(shown: number, next: string | null): HTMLElement {
    const w = deskWords();
    const trail = trails.get(this.trailKey) ?? [];
    const known = this.route.cursor === '' || trail.includes(this.route.cursor);
    const index = trail.indexOf(this.route.cursor) + 1;
    const range = known ? w.shownRange(count(index * pageSize + 1), count(index * pageSize + shown)) : '';
    const first = button(w.firstPage, () => this.show({ cursor: '' }));
    const previous = button(w.previousPage, () => this.show({ cursor: trail[index - 2] ?? '' }), { 'data-page': 'previous' });
    const following = button(w.nextPage, () => {
      const cursor = cursorOf(next);
      trails.set(this.trailKey, [...trail.slice(0, index), cursor]);
      this.show({ cursor });
    }, { 'data-page': 'next' });
    first.disabled = this.route.cursor === '';
    previous.disabled = this.route.cursor === '' || !known;
    following.disabled = next === null;
    return h('nav', { class: 'pager', 'aria-label': w.shownRange('', '') }, h('span', { class: 'quiet' }, range), first, previous, following);
  }

  private get trailKey(): string {
    return writeRoute({ ...this.route, cursor: '' });
  }

  private get isFiltered(): boolean {
    const { q, county, simulated, parent } = this.route;
    return [q, county, simulated, parent].some((said) => said !== '');
  }

  private parentName(): string | null {
    if (this.route.parent === '' || this.register.parentKind === null) return null;
    return this.desk.names.of(registerOfKind(this.desk, this.register.parentKind), this.route.parent) ?? '…';
  }

  private searchSoon(): void {
    if (this.typing !== null) clearTimeout(this.typing);
    this.typing = setTimeout(() => this.searchNow(), patienceMs);
  }

  private searchNow(): void {
    if (this.typing !== null) clearTimeout(this.typing);
    if (this.search.value.trim() !== this.route.q) this.show({ q: this.search.value.trim(), cursor: '' }, true);
  }

  private clear(): void {
    this.search.value = '';
    this.show(listOf(this.route.register));
  }

  /** Shows another part of the register without a new page, so that the search keeps its focus. */
  private show(change: Partial<ListRoute>, replace = false): void {
    this.route = { ...this.route, ...change };
    this.desk.go(this.route, { replace });
    this.page = { state: 'reading' };
    this.render();
    this.read();
  }

  /** The address changed under the view: back, forward or by hand. */
  follow(route: ListRoute): void {
    if (writeRoute(route) === writeRoute(this.route)) return;
    this.route = route;
    if (document.activeElement !== this.search) this.search.value = route.q;
    this.page = { state: 'reading' };
    this.render();
    this.read();
  }

  private move(step: number): void {
    const rows = [...this.body.querySelectorAll<HTMLElement>('tbody th a')];
    const index = rows.indexOf(document.activeElement as HTMLElement);
    if (index === 0 && step < 0) this.search.focus();
    else rows[index < 0 ? 0 : Math.min(rows.length - 1, index + step)]?.focus();
  }

  private read(): void {
    const turn = (this.reading += 1);
    const { q, county, simulated, parent, cursor } = this.route;
    entries(this.register, { q, county, simulated, parent, cursor, limit: pageSize }).then(
      (list) => ({ state: 'read', value: { rows: list.features, next: list.next } }) as const,
      (error: unknown) => ({ state: 'failed', why: whyInWords(error) }) as const,
    ).then((page) => {
      // What came later answers a later question; a failed refresh leaves what was read before.
      if (turn !== this.reading || (page.state === 'failed' && this.page.state === 'read')) return;
      this.page = page;
      this.showTotal();
      this.renderBody();
    });
    registerCounts().then((counts) => {
      this.total = counts.find((c) => c.kind === this.register.kind)?.entries ?? null;
      this.showTotal();
    }, () => {});
  }
}

const isNumeric = (field: Field): boolean => field.type === 'number' || field.type === 'integer';

/** What tells entries apart comes first: choices, numbers and flags; then references and days. Free text is for the entry's own page. */
export function columnsOf(register: Register): Field[] {
  const weight = (f: Field): number => (f.name === register.parentField ? -1 : { choice: 0, number: 1, integer: 1, flag: 2, reference: 3, moment: 3, day: 4, text: 9, secret: 9 }[f.type]);
  const own = formFields(register).filter((f) => !['code', 'name', 'since', 'simulated', 'note'].includes(f.name) && f.type !== 'secret');
  const chosen = new Set(own.toSorted((a, b) => weight(a) - weight(b)).slice(0, mostColumns));
  return own.filter((f) => chosen.has(f));
}

const cursorOf = (next: string | null): string => (next === null ? '' : (new URL(next, location.origin).searchParams.get('cursor') ?? ''));

function isOf(event: LogEvent, register: Register): boolean {
  const data = event.data as { properties?: { register?: string } } | null;
  return data?.properties?.register === register.kind;
}
