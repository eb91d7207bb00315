import { adminWords } from '../i18n/admin';
import { button } from '../registers/notices';
import { count, minuteInWords } from '../registers/values';
import { h } from '../screen/dom';

export interface Column<T> {
  title: string;
  cell(row: T): (Node | string)[];
  class?: string;
}

/** Rows with their first column as head; on a narrow screen each becomes a card. */
export function table<T>(label: string, columns: readonly Column<T>[], rows: readonly T[], attributes: (row: T) => Record<string, string>): HTMLElement {
  const [first, ...others] = columns;
  const body = rows.map((row) => h('tr', attributes(row), h('th', { scope: 'row' }, ...(first?.cell(row) ?? [])),
    ...others.map((c) => h('td', { 'data-label': c.title, class: c.class ?? '' }, h('span', { class: 'cell' }, ...c.cell(row))))));
  const head = h('tr', {}, ...columns.map((c) => h('th', { scope: 'col', class: c.class ?? '' }, c.title)));
  return h('div', { class: 'table-frame', role: 'region', tabindex: '0', 'aria-label': label }, h('table', { class: 'entries plain' }, h('thead', {}, head), h('tbody', {}, ...body)));
}

/** So many rows at first, and so many more at each wish: ten thousand rows at once would stop the page. */
export const rowsAtOnce = 200;

export function moreRows(shown: number, all: number, more: () => void): HTMLElement[] {
  if (shown >= all) return [];
  const w = adminWords();
  return [h('div', { class: 'pager' }, h('span', { class: 'quiet' }, w.shownOf(count(shown), count(all))), button(w.more, more, { 'data-act': 'more' }))];
}

export const momentOrNever = (text: string | null): string => (text === null ? adminWords().never : minuteInWords(text));
export const stateChip = (kind: 'good' | 'bad' | 'warn' | 'plain', text: string): HTMLElement => h('span', { class: `chip state ${kind}` }, text);

/** Up and down go through the rows' links. */
export function moveThroughRows(root: HTMLElement, event: KeyboardEvent): boolean {
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || document.activeElement instanceof HTMLSelectElement) return false;
  const links = [...root.querySelectorAll<HTMLElement>('tbody th :is(a, button)')];
  const index = links.indexOf(document.activeElement as HTMLElement);
  links[index < 0 ? 0 : Math.min(links.length - 1, Math.max(0, index + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
  return links.length > 0;
}
