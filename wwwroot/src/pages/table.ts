import { h } from '../screen/dom';

/** A cell: text, or nodes; numbers stand to the right. */
export type Cell = string | { readonly nodes: readonly (Node | string)[] } | { readonly number: string };

export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/**
 * A table that is read on a phone as well as on paper: on narrow screens each row becomes a card whose cells name their columns.
 * @param label What it lists, for readers.
 * @param rows The first cell of each names the row.
 */
export function table(label: string, columns: readonly Column[], rows: readonly { readonly cells: readonly Cell[]; readonly attributes?: Readonly<Record<string, string>> }[]): HTMLElement {
  const head = h('tr', {}, ...columns.map((c) => h('th', { scope: 'col', ...(c.number === true ? { class: 'number' } : {}) }, c.title)));
  const body = rows.map(({ cells, attributes }) => h('tr', { ...attributes }, ...cells.map((cell, i) => {
    const [content, number] = contentOf(cell);
    const kind = number ? { class: 'number' } : {};
    return i === 0 ? h('th', { scope: 'row', ...kind }, ...content) : h('td', { 'data-label': columns[i]?.title ?? '', ...kind }, ...content);
  })));
  return h('div', { class: 'table-wrap' }, h('table', { class: 'rows', 'aria-label': label }, h('thead', {}, head), h('tbody', {}, ...body)));
}

function contentOf(cell: Cell): [content: readonly (Node | string)[], number: boolean] {
  if (typeof cell === 'string') return [[cell], false];
  return 'number' in cell ? [[cell.number], true] : [cell.nodes, false];
}

export const empty = (text: string): HTMLElement => h('p', { class: 'empty' }, text);

/** Terms and texts in one or two columns; what is empty is left out. */
export function told(pairs: readonly (readonly [term: string, text: string | Node | null])[]): HTMLElement {
  return h('dl', { class: 'told' }, ...pairs.flatMap(([term, text]) => (text === null || text === '' ? [] : [h('div', {}, h('dt', {}, term), h('dd', {}, text))])));
}
