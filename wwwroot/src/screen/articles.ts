import { words } from '../i18n';
import { filterWords } from '../i18n/filter';
import { h, keyed, setAttribute, setText, svg } from './dom';
import { totals, type Model } from './model';
import { articleOf, articleTitle } from './rules';

export interface ArticleRow {
  article: number;
  rules: string[];
  open: number;
  critical: boolean;
  opened: number[];
  closed: number[];
}

const shown = 7; // articles on the wall; the counties' cards have all of them

/** Articles with open violations or a history of the week, what burns first; the article of open burning is always there. */
export function articleRows(model: Model): ArticleRow[] {
  const byRule = model.numbers === null ? new Map<string, number>() : totals(model.numbers).byRule;
  const trend = model.trend?.rules ?? {};
  const burning = model.numbers !== null && totals(model.numbers).critical > 0;
  const rows = new Map<number, ArticleRow>();
  for (const rule of new Set(['A36.OpenBurning', ...byRule.keys(), ...Object.keys(trend)])) {
    const article = articleOf(rule);
    const row = rows.get(article) ?? { article, rules: [], open: 0, critical: burning && article === 36, opened: [], closed: [] };
    rows.set(article, {
      ...row,
      rules: [...row.rules, rule],
      open: row.open + (byRule.get(rule) ?? 0),
      opened: sumByDay(row.opened, trend[rule]?.opened ?? []),
      closed: sumByDay(row.closed, trend[rule]?.closed ?? []),
    });
  }
  return [...rows.values()].sort((a, b) => Number(b.critical) - Number(a.critical) || b.open - a.open || a.article - b.article);
}

const sumByDay = (a: readonly number[], b: readonly number[]): number[] => Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));

const width = 100;
const height = 30;

/** Points of a line over the days; both lines of a chart share their highest value. */
export function polyline(values: readonly number[], highest: number): string {
  const step = width / Math.max(1, values.length - 1);
  return values.map((v, i) => `${(i * step).toFixed(1)},${(height - 2 - (v / Math.max(1, highest)) * (height - 4)).toFixed(1)}`).join(' ');
}

export function createArticles(actions: { filter(part: string): void }) {
  const title = h('span');
  const note = h('small');
  const list = h('ul');
  const element = h('section', { class: 'panel articles' }, h('h2', {}, title, note), list);

  const create = (): HTMLLIElement => {
    const chart = svg('svg', { class: 'sparkline', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img' }, svg('polyline', { class: 'closed' }), svg('polyline', { class: 'opened' }));
    const button = h('button', { type: 'button' });
    button.addEventListener('click', () => actions.filter(`a${button.dataset['article'] ?? ''}`));
    return h('li', {}, h('span', { class: 'number' }), h('span', { class: 'title' }), chart, h('b', { class: 'open' }, button));
  };
  const update = (li: HTMLLIElement, row: ArticleRow, model: Model): void => {
    const w = words();
    const [number, name, chart, open] = [...li.children] as [Element, Element, Element, Element];
    const button = open.firstElementChild as HTMLElement;
    li.className = `filterable ${row.critical ? 'hot' : row.open === 0 ? 'quiet' : ''}`;
    setText(number, w.article(row.article));
    setText(name, articleTitle(row.article, row.rules));
    setText(button, String(row.open));
    button.dataset['article'] = String(row.article);
    setAttribute(button, 'aria-label', filterWords().filter(`${w.article(row.article)} ${articleTitle(row.article, row.rules)}`, String(row.open)));
    setAttribute(button, 'aria-pressed', String(model.filter.articles.includes(row.article)));
    const highest = Math.max(...row.opened, ...row.closed, 1);
    chart.children[0]?.setAttribute('points', polyline(row.closed, highest));
    chart.children[1]?.setAttribute('points', polyline(row.opened, highest));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    chart.setAttribute('aria-label', w.trendLabel(row.opened.length, sum(row.opened), sum(row.closed)));
  };
  const rest = h('li', { class: 'quiet undecided' }, h('span', { class: 'number' }), h('span', { class: 'title' }), h('b', { class: 'open' }));
  const questions = h('a', { class: 'title', href: '/registers/#/undecidable' });
  const undecided = h('li', { class: 'quiet undecided' }, h('span', { class: 'number' }), questions, h('b', { class: 'open' }));

  const render = (model: Model): void => {
    const w = words();
    setText(title, w.articlesTitle);
    setText(note, w.lastSevenDays);
    undecided.remove();
    rest.remove();
    const rows = articleRows(model);
    keyed(list, rows.slice(0, shown), (r) => String(r.article), create, (li, row) => update(li, row, model));
    const others = rows.slice(shown);
    setText(rest.children[1] as Element, w.otherArticles(others.length));
    setText(rest.children[2] as Element, String(others.reduce((sum, r) => sum + r.open, 0)));
    if (others.length > 0) list.append(rest);
    setText(undecided.children[0] as Element, w.undecidable);
    setText(undecided.children[1] as Element, w.undecidableWhat);
    setText(undecided.children[2] as Element, String((model.numbers === null ? null : totals(model.numbers).undecidable) ?? '–'));
    list.append(undecided);
  };
  return { element, render };
}
