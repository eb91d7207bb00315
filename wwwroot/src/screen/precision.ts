import { words } from '../i18n';
import { fireWords } from '../i18n/fires';
import { h, keyed, setAttribute, setText, svg } from './dom';
import { countyName, type Model } from './model';
import { precisionBySource, type Share, type SourcePrecision } from './precisionOf';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** How often those who report fires were right, by what people found: the city, or the county that is chosen. */
export function createPrecision() {
  const title = h('span');
  const where = h('small');
  const exercise = h('span', { class: 'hatched' });
  const headings = [h('th', { scope: 'col' }), h('th', { scope: 'col' }), h('th', { scope: 'col' })] as const;
  const body = h('tbody');
  const table = h('table', {}, h('thead', {}, h('tr', {}, ...headings)), body);
  const empty = h('p', { class: 'empty' });
  const element = h('section', { class: 'panel precision' }, h('h2', {}, title, exercise, where), table, empty);

  const create = (): HTMLTableRowElement => h('tr', {}, h('th', { scope: 'row' }), cell(), cell());
  const update = (row: HTMLTableRowElement, { kind, month, year }: SourcePrecision): void => {
    const [name, ofMonth, ofYear] = [...row.children] as [Element, Element, Element];
    setText(name, words().sources[kind]);
    fill(ofMonth, month);
    fill(ofYear, year);
  };

  const render = (model: Model): void => {
    const w = fireWords();
    const county = model.selected?.kind === 'county' ? model.selected.id : null;
    const rows = precisionBySource(model.precision?.rows ?? [], county, model.now);
    setText(title, w.precisionTitle);
    setText(exercise, words().simulated);
    exercise.hidden = model.precision?.simulated !== true;
    setText(where, county === null ? w.city : countyName(model, county));
    setAttribute(element, 'title', w.precisionHint);
    [words().seenBy, w.thisMonth, w.lastYear].forEach((text, i) => setText(headings[i] as Element, text));
    table.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
    setText(empty, model.precision === null ? words().loading : w.noVerdicts);
    keyed(body, rows, (r) => r.kind, create, update);
  };
  return { element, render };
}

/** Share, interval and number in words; below them the interval as a bar with the share in it. */
function cell(): HTMLTableCellElement {
  const bar = svg('svg', { viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: 'track', x: 0, y: 2, width: 100, height: 2 }), svg('rect', { class: 'interval', y: 1, height: 4 }), svg('rect', { class: 'share', y: 0, height: 6, width: 2 }));
  return h('td', {}, h('div', { 'aria-hidden': 'true' }, h('b'), h('small')), h('span', { class: 'unseen' }), bar);
}

function fill(td: Element, { verdicts, share, least, most }: Share): void {
  const w = fireWords();
  const [line, told, bar] = [...td.children] as [Element, Element, Element];
  const [figure, rest] = [...line.children] as [Element, Element];
  setText(figure, share === null ? '–' : percent(share));
  setText(rest, share === null ? w.noVerdictsShort : `${Math.round(least * 100)}–${percent(most)} ${w.verdictsCount(verdicts)}`);
  setText(told, share === null ? w.noVerdictsShort : w.precisionCell(percent(share), percent(least), percent(most), verdicts));
  setAttribute(bar, 'class', share === null ? 'none' : null);
  setAttribute(bar.children[1] as Element, 'x', (least * 100).toFixed(1));
  setAttribute(bar.children[1] as Element, 'width', ((most - least) * 100).toFixed(1));
  setAttribute(bar.children[2] as Element, 'x', ((share ?? 0) * 98).toFixed(1));
}
