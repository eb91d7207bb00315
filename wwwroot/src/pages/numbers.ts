import type { CountySummary } from '../api/types';
import { words } from '../i18n';
import { h } from '../screen/dom';

/** 此刻: the numbers of a county, large. */
export function numbersOf(summary: CountySummary): HTMLElement {
  const w = words();
  const figures: [name: string, title: string, n: number | null][] = [
    ['burning', w.burning, summary.burning], ['critical', w.severity.critical, summary.bySeverity.critical], ['overdue', w.overdue, summary.overdue],
    ['open', w.open, summary.open], ['opened', w.openedToday, summary.openedToday], ['closed', w.closedToday, summary.closedToday], ['undecidable', w.undecidable, summary.undecidable],
  ];
  return h('dl', { class: 'figures' }, ...figures.map(([name, title, n]) => h('div', { class: `${name}${n === 0 ? ' zero' : ''}` }, h('dt', {}, title), h('dd', { 'data-count': name }, n === null ? '–' : String(n)))));
}
