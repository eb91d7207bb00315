import { words, type Messages } from '../i18n';
import { filterWords } from '../i18n/filter';
import { h, setAttribute, setText } from './dom';
import { isFiltered, partsOf } from './filter';
import { totals, type Model, type Totals } from './model';

type Key = 'burning' | 'critical' | 'overdue' | 'openedToday' | 'closedToday' | 'open';
const large: readonly Key[] = ['burning', 'critical', 'overdue'];
const small: readonly Key[] = ['openedToday', 'closedToday', 'open'];

/** The part of the filter; null for all. */
const partOf = (key: Key): string | null => ({ burning: 'burning', critical: 'critical', overdue: 'overdue', openedToday: 'opened', closedToday: 'closed', open: null })[key];

/** 此刻: the counts that matter now, readable from eight metres. A click on one looks at those cases alone; `open` are all of them. */
export function createNumbers(actions: { filter(part: string | null): void }) {
  const title = h('h2');
  const cells = new Map<Key, { cell: HTMLElement; term: HTMLElement; button: HTMLElement }>();
  const cell = (key: Key): HTMLElement => {
    const term = h('dt');
    const button = h('button', { type: 'button' });
    button.addEventListener('click', () => actions.filter(partOf(key)));
    const value = h('dd', { 'data-count': key }, button);
    const element = h('div', { class: `${key} filterable` }, term, value);
    cells.set(key, { cell: element, term, button });
    return element;
  };
  const element = h('section', { class: 'panel now' }, title, h('dl', { class: 'large' }, ...large.map(cell)), h('dl', { class: 'small' }, ...small.map(cell)));

  const render = (model: Model): void => {
    const w: Messages = words();
    const sums: Totals | null = model.numbers === null ? null : totals(model.numbers);
    setText(title, model.replay === null ? w.nowTitle : w.thenTitle);
    const parts = new Set(partsOf(model.filter));
    for (const [key, { cell: box, term, button }] of cells) {
      const number = sums === null ? '–' : String(sums[key]);
      const part = partOf(key);
      setText(term, w[key]);
      setText(button, number);
      setAttribute(button, 'aria-label', filterWords().filter(w[key], number));
      setAttribute(button, 'aria-pressed', String(part === null ? !isFiltered(model.filter) : parts.has(part)));
      box.classList.toggle('zero', sums !== null && sums[key] === 0);
    }
  };
  return { element, render };
}
