import { words } from '../i18n';
import { h, keyed, setAttribute, setText } from './dom';
import type { Model } from './model';

interface Day {
  day: string;
  opened: number;
  closed: number;
}

/** All rules together, day by day: is the city closing more than it opens? */
export function days(model: Model): Day[] {
  const trend = model.trend;
  if (trend === null) return [];
  const rules = Object.values(trend.rules);
  const sum = (of: (rule: { opened: number[]; closed: number[] }) => number[], i: number): number => rules.reduce((n, rule) => n + (of(rule)[i] ?? 0), 0);
  return trend.days.map((day, i) => ({ day, opened: sum((r) => r.opened, i), closed: sum((r) => r.closed, i) }));
}

export function createWeek() {
  const title = h('span');
  const openedKey = h('span');
  const closedKey = h('span');
  const note = h('small', { class: 'keys' }, h('span', { class: 'opened' }, h('i'), openedKey), h('span', { class: 'closed' }, h('i'), closedKey));
  const list = h('ol');
  const element = h('section', { class: 'panel week' }, h('h2', {}, title, note), list);

  const create = (): HTMLLIElement => h('li', {}, h('div', { class: 'bars' }, h('div', { class: 'opened' }, h('b')), h('div', { class: 'closed' }, h('b'))), h('span'));
  const render = (model: Model): void => {
    const w = words();
    setText(title, w.weekTitle);
    setText(openedKey, w.opened);
    setText(closedKey, w.closed);
    const week = days(model);
    const highest = Math.max(1, ...week.map((d) => Math.max(d.opened, d.closed)));
    keyed(list, week, (d) => d.day, create, (li, d) => {
      const [bars, label] = [...li.children] as [HTMLElement, HTMLElement];
      const [opened, closed] = [...bars.children] as [HTMLElement, HTMLElement];
      for (const [bar, n] of [[opened, d.opened], [closed, d.closed]] as const) {
        bar.style.height = `${(n / highest) * 100}%`;
        setText(bar.firstElementChild as Element, n === 0 ? '' : String(n));
      }
      setText(label, d.day.slice(5).replace('-', '/'));
      setAttribute(li, 'aria-label', `${d.day} ${w.opened} ${d.opened} ${w.closed} ${d.closed}`);
    });
  };
  return { element, render };
}
