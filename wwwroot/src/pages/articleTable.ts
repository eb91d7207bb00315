import type { CountySummary, Trend } from '../api/types';
import { words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { articleOf, articleTitle } from '../screen/rules';
import type { ChartSpec } from './charts/options';
import { table } from './table';

export interface ArticleTrend {
  readonly article: number;
  readonly rules: readonly string[];
  readonly open: number;
  /** By day, the last one today. */
  readonly opened: readonly number[];
  readonly closed: readonly number[];
}

const plus = (a: readonly number[], b: readonly number[]): number[] => Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Articles with open violations or a history, most open first. */
export function articleTrends(summary: CountySummary, { rules }: Trend): ArticleTrend[] {
  const found = new Map<number, ArticleTrend>();
  for (const rule of new Set([...Object.keys(summary.byRule), ...Object.keys(rules)])) {
    const article = articleOf(rule);
    const row = found.get(article) ?? { article, rules: [], open: 0, opened: [], closed: [] };
    found.set(article, { article, rules: [...row.rules, rule], open: row.open + (summary.byRule[rule] ?? 0), opened: plus(row.opened, rules[rule]?.opened ?? []), closed: plus(row.closed, rules[rule]?.closed ?? []) });
  }
  return [...found.values()].toSorted((a, b) => b.open - a.open || sum(b.opened) - sum(a.opened) || a.article - b.article);
}

export function articleTable(rows: readonly ArticleTrend[]): HTMLElement {
  const [w, p] = [words(), pageWords()];
  const both = (row: ArticleTrend, days: number): { number: string } => ({ number: `${sum(row.opened.slice(-days))} / ${sum(row.closed.slice(-days))}` });
  return table(p.byArticle, [{ title: p.article }, { title: p.openNow, number: true }, { title: `${p.last7} ${p.openedClosed}`, number: true }, { title: `${p.last30} ${p.openedClosed}`, number: true }],
    rows.map((row) => ({ cells: [`${w.article(row.article)} ${articleTitle(row.article, row.rules)}`, { number: String(row.open) }, both(row, 7), both(row, 30)], attributes: { 'data-article': String(row.article) } })));
}

/** @param chosen An article, or null for all of them. */
export function trendSpec(rows: readonly ArticleTrend[], days: readonly string[], chosen: number | null): ChartSpec {
  const [w, p] = [words(), pageWords()];
  const shown = chosen === null ? rows : rows.filter((r) => r.article === chosen);
  const zero = days.map(() => 0);
  const [opened, closed] = [shown.reduce((all, r) => plus(all, r.opened), zero), shown.reduce((all, r) => plus(all, r.closed), zero)];
  const most = Math.max(0, ...opened);
  const [only] = chosen === null ? [] : shown;
  return {
    id: 'trend', title: only === undefined ? p.trendTitle : p.trendOf(`${w.article(only.article)} ${articleTitle(only.article, only.rules)}`), unit: '', categoryTitle: p.day,
    description: most === 0 && sum(closed) === 0 ? p.trendNone : p.trendWords(sum(opened), sum(closed), days[opened.indexOf(most)] ?? '', most),
    categories: days.map((d) => d.slice(5)),
    series: [{ name: p.opened, values: opened, tone: 'opened', kind: 'bar' }, { name: p.closed, values: closed, tone: 'closed', kind: 'bar' }],
  };
}

export function severitySpec({ bySeverity }: CountySummary): ChartSpec {
  const [w, p] = [words(), pageWords()];
  const order = ['critical', 'serious', 'ordinary'] as const;
  return {
    id: 'severity', title: p.severityTitle, unit: '', categoryTitle: p.severity, lying: true, categoryTones: order,
    description: p.severityWords(bySeverity.critical, bySeverity.serious, bySeverity.ordinary),
    categories: order.map((s) => w.severity[s]),
    series: [{ name: p.openNow, values: order.map((s) => bySeverity[s]), tone: 'opened', kind: 'bar' }],
  };
}
