import { words } from '../i18n';
import { h, keyed, setText, svg } from './dom';
import { articleOf, ruleTitle, totals, type Model } from './model';

interface ArticleRow {
  rule: string;
  open: number;
  critical: boolean;
  opened: number[];
  closed: number[];
}

/** Rules with open violations or a history of the week; the one article of the first days is always there. */
export function articleRows(model: Model): ArticleRow[] {
  const byRule = model.numbers === null ? new Map<string, number>() : totals(model.numbers).byRule;
  const rules = new Set(['A36.OpenBurning', ...byRule.keys(), ...Object.keys(model.trend?.rules ?? {})]);
  const burning = model.numbers !== null && totals(model.numbers).critical > 0;
  return [...rules]
    .map((rule) => ({
      rule,
      open: byRule.get(rule) ?? 0,
      critical: burning && articleOf(rule) === 36,
      opened: model.trend?.rules[rule]?.opened ?? [],
      closed: model.trend?.rules[rule]?.closed ?? [],
    }))
    .sort((a, b) => Number(b.critical) - Number(a.critical) || b.open - a.open || articleOf(a.rule) - articleOf(b.rule));
}

const width = 100;
const height = 30;

/** Points of a line over the days; both lines of a chart share their highest value. */
export function polyline(values: readonly number[], highest: number): string {
  const step = width / Math.max(1, values.length - 1);
  return values.map((v, i) => `${(i * step).toFixed(1)},${(height - 2 - (v / Math.max(1, highest)) * (height - 4)).toFixed(1)}`).join(' ');
}

export function createArticles() {
  const title = h('span');
  const note = h('small');
  const list = h('ul');
  const element = h('section', { class: 'panel articles' }, h('h2', {}, title, note), list);

  const create = (): HTMLLIElement => {
    const chart = svg('svg', { class: 'sparkline', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img' }, svg('polyline', { class: 'closed' }), svg('polyline', { class: 'opened' }));
    return h('li', {}, h('span', { class: 'number' }), h('span', { class: 'title' }), chart, h('b', { class: 'open' }));
  };
  const update = (li: HTMLLIElement, row: ArticleRow): void => {
    const w = words();
    const [number, name, chart, open] = [...li.children] as [Element, Element, Element, Element];
    li.className = row.critical ? 'hot' : row.open === 0 ? 'quiet' : '';
    setText(number, w.article(articleOf(row.rule)));
    setText(name, ruleTitle(row.rule));
    setText(open, String(row.open));
    const highest = Math.max(...row.opened, ...row.closed, 1);
    chart.children[0]?.setAttribute('points', polyline(row.closed, highest));
    chart.children[1]?.setAttribute('points', polyline(row.opened, highest));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    chart.setAttribute('aria-label', w.trendLabel(row.opened.length, sum(row.opened), sum(row.closed)));
  };
  const undecided = h('li', { class: 'quiet undecided' }, h('span', { class: 'number' }), h('span', { class: 'title' }), h('b', { class: 'open' }));

  const render = (model: Model): void => {
    const w = words();
    setText(title, w.articlesTitle);
    setText(note, w.lastSevenDays);
    undecided.remove();
    keyed(list, articleRows(model), (r) => r.rule, create, update);
    setText(undecided.children[0] as Element, w.undecidable);
    setText(undecided.children[1] as Element, w.undecidableWhat);
    setText(undecided.children[2] as Element, model.numbers === null ? '–' : String(totals(model.numbers).undecidable));
    list.append(undecided);
  };
  return { element, render };
}
