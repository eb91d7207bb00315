import type { County } from '../api/types';
import { words } from '../i18n';
import { filterWords } from '../i18n/filter';
import type { MapTarget } from '../map/target';
import { h, keyed, setAttribute, setText, svg } from './dom';
import { countyName, severities, type Model } from './model';

/** By open and overdue, worst first; equal ones by code, so that rows do not dance. */
export function ranked(counties: readonly County[]): County[] {
  return [...counties].sort((a, b) => {
    const [x, y] = [a.properties.summary, b.properties.summary];
    return y.open - x.open || y.overdue - x.overdue || y.burning - x.burning || a.properties.code.localeCompare(b.properties.code);
  });
}

/** The table of the map: every county with the numbers that its colour and label show. */
export function createRanking(actions: { pick(target: MapTarget): void; filter(...parts: string[]): void }) {
  const title = h('span');
  const keys = severities.map((s) => ({ severity: s, text: h('span') }));
  const heading = h('h2', {}, title, h('small', { class: 'keys', 'aria-hidden': 'true' }, ...keys.map(({ severity, text }) => h('span', { class: severity }, h('i'), text))));
  const headings = [h('th', { scope: 'col' }), h('th', { scope: 'col' }), h('th', { scope: 'col' }), h('th', { scope: 'col' }), h('th', { scope: 'col' })];
  const body = h('tbody');
  const empty = h('p', { class: 'empty' });
  const table = h('table', { id: 'ranking' }, h('thead', { class: 'unseen' }, h('tr', {}, ...headings)), body);
  const element = h('section', { class: 'panel ranking' }, heading, table, empty);

  const create = (county: County): HTMLTableRowElement => {
    const button = h('button', { type: 'button', 'data-row': 'ranking' });
    button.addEventListener('click', () => actions.pick({ kind: 'county', id: county.properties.code }));
    const bar = svg('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...severities.map((s) => svg('rect', { class: s, y: 0, height: 8 })));
    const filter = (...parts: string[]): HTMLButtonElement => {
      const number = h('button', { type: 'button' });
      number.addEventListener('click', () => actions.filter(...parts));
      return number;
    };
    const here = `county:${county.properties.code}`;
    return h('tr', { 'data-county': county.properties.code }, h('td', { class: 'place' }), h('th', { scope: 'row', class: 'name' }, button), h('td', {}, bar), h('td', { class: 'open' }, filter(here)), h('td', { class: 'late' }, filter(here, 'overdue')));
  };

  const update = (row: HTMLTableRowElement, county: County, place: number, highest: number, model: Model): void => {
    const { summary, code } = county.properties;
    const [rank, name, bars, open, late] = [...row.children] as [Element, Element, Element, Element, Element];
    row.classList.toggle('zero', summary.open === 0);
    row.classList.toggle('selected', model.selected?.kind === 'county' && model.selected.id === code);
    setText(rank, String(place));
    const button = name.firstElementChild as HTMLElement;
    setText(button, countyName(model, code));
    button.classList.toggle('burns', summary.burning > 0);
    setAttribute(button, 'aria-description', `${words().burning} ${summary.burning}`);
    const [all, overdue] = [open.firstElementChild as HTMLElement, late.firstElementChild as HTMLElement];
    const isHere = model.filter.counties.includes(code);
    setText(all, String(summary.open));
    setAttribute(all, 'aria-label', filterWords().filter(countyName(model, code), String(summary.open)));
    setAttribute(all, 'aria-pressed', String(isHere));
    overdue.hidden = summary.overdue === 0;
    setText(overdue, summary.overdue > 0 ? words().overdueShort(summary.overdue) : '');
    setAttribute(overdue, 'aria-label', filterWords().filter(`${countyName(model, code)} ${words().overdueWord}`, String(summary.overdue)));
    setAttribute(overdue, 'aria-pressed', String(isHere && model.filter.overdue));
    drawBar(bars.firstElementChild as Element, summary.bySeverity, highest);
  };

  const render = (model: Model): void => {
    const w = words();
    setText(title, w.countiesTitle);
    for (const { severity, text } of keys) setText(text, w.severity[severity]);
    [w.legendTitle, w.county, w.severity.critical, w.open, w.overdue].forEach((text, i) => setText(headings[i] as Element, i === 0 ? '#' : i === 2 ? severities.map((s) => w.severity[s]).join(' / ') : text));
    const rows = ranked(model.numbers?.counties ?? []);
    const highest = Math.max(1, ...rows.map((c) => c.properties.summary.open));
    empty.hidden = rows.length > 0;
    setText(empty, w.loading);
    const places = new Map(rows.map((c, i) => [c, i + 1]));
    keyed(body, rows, (c) => c.properties.code, create, (row, c) => update(row, c, places.get(c) ?? 0, highest, model));
  };
  return { element, render };
}

function drawBar(bar: Element, bySeverity: Record<string, number>, highest: number): void {
  let x = 0;
  severities.forEach((severity, index) => {
    const length = ((bySeverity[severity] ?? 0) / highest) * 100;
    const rect = bar.children[index];
    rect?.setAttribute('x', x.toFixed(2));
    rect?.setAttribute('width', length.toFixed(2));
    x += length;
  });
}
