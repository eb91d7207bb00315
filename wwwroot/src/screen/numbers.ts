import { words, type Messages } from '../i18n';
import { h, setText } from './dom';
import { totals, type Model, type Totals } from './model';

type Key = 'burning' | 'critical' | 'overdue' | 'openedToday' | 'closedToday' | 'open';
const large: readonly Key[] = ['burning', 'critical', 'overdue'];
const small: readonly Key[] = ['openedToday', 'closedToday', 'open'];

/** 此刻: the counts that matter now, readable from eight metres. */
export function createNumbers() {
  const title = h('h2');
  const cells = new Map<Key, { cell: HTMLElement; term: HTMLElement; value: HTMLElement }>();
  const cell = (key: Key): HTMLElement => {
    const term = h('dt');
    const value = h('dd', { 'data-count': key });
    const element = h('div', { class: key }, term, value);
    cells.set(key, { cell: element, term, value });
    return element;
  };
  const element = h('section', { class: 'panel now' }, title, h('dl', { class: 'large' }, ...large.map(cell)), h('dl', { class: 'small' }, ...small.map(cell)));

  const render = (model: Model): void => {
    const w: Messages = words();
    const sums: Totals | null = model.numbers === null ? null : totals(model.numbers);
    setText(title, model.replay === null ? w.nowTitle : w.thenTitle);
    for (const [key, { cell: box, term, value }] of cells) {
      setText(term, w[key]);
      setText(value, sums === null ? '–' : String(sums[key]));
      box.classList.toggle('zero', sums !== null && sums[key] === 0);
    }
  };
  return { element, render };
}
