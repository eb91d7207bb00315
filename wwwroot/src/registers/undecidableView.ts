import { entry as readEntry, moreUndecidables, replace, undecidables, type Field, type Register, type Undecidable } from '../api/registers';
import type { LogEvent } from '../api/types';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { ruleTitle, ruleTitles } from '../screen/rules';
import { bodyOf, draftOf, placeName, withValue } from './draft';
import { faultInWords, faultsByField } from './faults';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { createFieldInput } from './fieldInput';
import { factInWords, remedyOf } from './facts';
import { button, emptyNotice, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { atMostEvery } from './pace';
import { faultsOf, whyInWords } from './problems';
import { entryOf, writeRoute, type Route } from './route';
import { articleTag } from './rulings';
import { minuteInWords } from './values';
import { countyNameOf, registerOfKind, registerPath, titleOf, type Desk, type View } from './view';

const pageSize = 100;

/** Everything that a rule cannot decide, with the one fact that is missing and the place to fill it in. */
export class UndecidableView implements View {
  readonly element = h('div', { class: 'undecidable' });
  private items: Reading<Undecidable[]> = { state: 'reading' };
  private next: string | null = null;
  private turn = 0;
  private readonly readSoon = atMostEvery(1000, () => { if (this.element.isConnected) this.read(); });

  constructor(
    private readonly desk: Desk,
    private route: Route & { view: 'undecidable' },
  ) {
    this.read();
  }

  get title(): string {
    return deskWords().undecidableTitle;
  }

  up(): Route {
    return { view: 'start' };
  }

  changed(events: readonly LogEvent[] | null): void {
    if (events === null || events.some((e) => e.type === 'undecidable.changed' || e.type === 'simulation.cleared')) this.readSoon();
  }

  follow(route: Route & { view: 'undecidable' }): void {
    if (writeRoute(route) === writeRoute(this.route)) return;
    this.route = route;
    this.read();
  }

  key(event: KeyboardEvent): boolean {
    if (event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return false;
    const links = [...this.element.querySelectorAll<HTMLElement>('tbody th a')];
    const index = links.indexOf(document.activeElement as HTMLElement);
    links[index < 0 ? 0 : Math.min(links.length - 1, Math.max(0, index + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
    return true;
  }

  render(): void {
    const w = deskWords();
    const { route, items } = this;
    const select = (name: 'county' | 'rule', label: string, options: (readonly [string, string])[]): HTMLElement => {
      const element = h('select', { 'aria-label': label, name }, ...options.map(([value, text]) => h('option', { value, ...(route[name] === value ? { selected: '' } : {}) }, text)));
      element.addEventListener('change', () => {
        this.route = { ...this.route, [name]: element.value };
        this.desk.go(this.route);
        this.read();
      });
      return element;
    };
    const rules = Object.keys(ruleTitles).map((rule) => [rule, `${articleTag(rule).textContent ?? ''} ${ruleTitle(rule)}`] as const);
    const head = h('div', { class: 'list-head' }, h('div', { class: 'headline' }, h('h1', {}, w.undecidableTitle), h('span', { class: 'quiet' }, items.state === 'read' ? w.total(`${items.value.length}${this.next === null ? '' : '+'}`) : '')),
      h('p', { class: 'intro' }, w.undecidableIntro),
      h('div', { class: 'toolbar' }, h('div', { class: 'filters' }, select('county', w.county, [['', w.allCounties], ...this.desk.counties.map((c) => [c.properties.code, countyNameOf(this.desk, c.properties.code, '')] as const)]), select('rule', w.rule, [['', w.allRules], ...rules]))));
    const body = items.state === 'reading' ? loadingNotice() : items.state === 'failed' ? failedNotice(items.why, () => this.read())
      : items.value.length === 0 ? emptyNotice(w.noUndecidable, '') : this.table(items.value);
    const more = items.state === 'read' && this.next !== null ? [h('div', { class: 'buttons' }, button(w.more, () => this.readMore()))] : [];
    this.element.replaceChildren(head, body, ...more);
  }

  private table(items: readonly Undecidable[]): HTMLElement {
    const w = deskWords();
    const columns = [w.subject, w.rule, w.county, w.knownSince, w.missingFact];
    return h('div', { class: 'table-frame' }, h('table', { class: 'entries open-questions' }, h('thead', {}, h('tr', {}, ...columns.map((c) => h('th', { scope: 'col' }, c)))), h('tbody', {}, ...items.map((item) => this.row(item)))));
  }

  private row(item: Undecidable): HTMLElement {
    const w = deskWords();
    const register = registerOfKind(this.desk, item.subject.kind);
    const name = register === undefined ? h('span', {}, item.subject.name) : h('a', { href: writeRoute(entryOf(registerPath(register), item.subject.id)) }, item.subject.name);
    return h('tr', { 'data-key': keyOf(item) },
      h('th', { scope: 'row' }, name, h('small', {}, register === undefined ? item.subject.kind : titleOf(register)), ...(item.simulated ? [simulatedBadge()] : [])),
      h('td', { 'data-label': w.rule }, h('span', {}, articleTag(item.rule), ` ${ruleTitle(item.rule)}`)),
      h('td', { 'data-label': w.county }, countyNameOf(this.desk, item.county, w.noCounty)),
      h('td', { 'data-label': w.knownSince, class: 'time' }, minuteInWords(item.knownAt)),
      h('td', { 'data-label': w.missingFact, class: 'remedy' }, this.remedy(item, register)));
  }

  private remedy(item: Undecidable, register: Register | undefined): HTMLElement {
    const w = deskWords();
    const fact = factInWords(this.desk, register, item.missing);
    if (!may(rights.registers)) return h('div', {}, h('strong', {}, fact));
    const remedy = remedyOf(this.desk, register, item.missing);
    const open = (field: string, text: string): HTMLElement[] => (register === undefined ? [] : [h('a', { class: 'button small', href: writeRoute(entryOf(registerPath(register), item.subject.id, { field })) }, text)]);
    switch (remedy.kind) {
      case 'field':
        // A reference needs a search with room; everything else fits here.
        return register === undefined || remedy.field.type === 'reference' ? h('div', {}, h('strong', {}, fact), ...open(remedy.field.name, w.fill)) : this.inPlace(item, register, remedy.field);
      case 'place':
        return h('div', {}, h('strong', {}, fact), ...open(placeName, w.fill));
      case 'child':
        return h('div', {}, h('strong', {}, fact), h('a', { class: 'button small', href: writeRoute(entryOf(registerPath(remedy.register), null, { parent: item.subject.id })) }, w.needsElsewhere.child(titleOf(remedy.register))));
      case 'zone':
        return h('div', {}, h('strong', {}, fact), h('small', { class: 'quiet' }, w.needsElsewhere.zone));
      case 'parameter':
        return h('div', {}, h('strong', {}, fact));
      case 'entry':
        return h('div', {}, h('strong', {}, fact), ...open('', w.needsElsewhere.other));
    }
  }

  private inPlace(item: Undecidable, register: Register, field: Field): HTMLElement {
    const w = deskWords();
    let typed = '';
    const unique = { ...field, name: `${field.name}-${keyOf(item).replace(/[^\w]/g, '')}`, required: false };
    const save = h('button', { type: 'submit', class: 'button small' }, w.fillIn);
    save.disabled = true;
    const input = createFieldInput(this.desk, unique, '', (text) => { typed = text; save.disabled = text.trim() === ''; });
    const form = h('form', { class: 'fill', 'data-missing': field.name, novalidate: '' }, input.element, save);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (typed.trim() === '') return;
      save.disabled = true;
      void this.fill(item, register, field, typed).then((faults) => {
        input.setFaults(faults);
        save.disabled = false;
      });
    });
    return form;
  }

  /** Writes the one field, unless somebody did meanwhile; returns what is against it. */
  private async fill(item: Undecidable, register: Register, field: Field, text: string): Promise<string[]> {
    const w = deskWords();
    try {
      const entry = await readEntry(register, item.subject.id);
      const draft = draftOf(register, entry);
      const before = draft.values[field.name] ?? '';
      if (before !== '' && before !== text) return [w.filledByOther(titleOf(field))];
      await replace(register, entry.id, entry.properties.version, bodyOf(register, withValue(draft, field.name, text), false));
      this.desk.say(w.filled(titleOf(field)));
      this.read();
      return [];
    } catch (error) {
      const faults = faultsOf(error);
      if (faults === null) return [w.saveFailed(whyInWords(error))];
      return [...faultsByField(faults, [field.name]).values()].flat().map((fault) => faultInWords(fault, field));
    }
  }

  private read(): void {
    const turn = (this.turn += 1);
    const { county, rule } = this.route;
    undecidables({ county, rule, limit: pageSize }).then((page) => {
      if (turn !== this.turn) return;
      this.items = { state: 'read', value: page.undecidable };
      this.next = page.next;
      this.show();
    }, (error: unknown) => {
      // A failed refresh leaves what was read before.
      if (turn !== this.turn || this.items.state === 'read') return;
      this.items = { state: 'failed', why: whyInWords(error) };
      this.render();
    });
  }

  private readMore(): void {
    const { items, next, turn } = this;
    if (items.state !== 'read' || next === null) return;
    void moreUndecidables(next).then((page) => {
      if (turn !== this.turn) return;
      this.items = { state: 'read', value: [...items.value, ...page.undecidable] };
      this.next = page.next;
      this.render();
    }, (error: unknown) => this.desk.say(whyInWords(error)));
  }

  /** Whoever is typing keeps the row: rows that are still there stay as they are. */
  private show(): void {
    const body = this.element.querySelector('tbody');
    if (this.items.state !== 'read' || this.items.value.length === 0 || body === null || !body.contains(document.activeElement)) {
      this.render();
      return;
    }
    const standing = new Map([...body.children].map((row) => [(row as HTMLElement).dataset['key'], row]));
    for (const item of this.items.value) {
      const row = standing.get(keyOf(item)) ?? this.row(item);
      standing.delete(keyOf(item));
      if (row.parentElement !== body) body.append(row);
    }
    for (const row of standing.values()) row.remove();
  }
}

const keyOf = (item: Undecidable): string => `${item.rule} ${item.subject.id} ${item.missing}`;
