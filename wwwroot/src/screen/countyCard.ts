import type { County, Severity, Violation } from '../api/types';
import { words } from '../i18n';
import { articleTitle } from './rules';
import { byUrgency, caseRow, isOverdue } from './caseRows';
import { lines, pageLink, type Pick } from './caseParts';
import { h } from './dom';
import { severities, type Listing, type Model } from './model';

export const pageSize = 10;

export interface ArticleCount {
  article: number;
  rules: string[];
  overdue: number;
  bySeverity: Record<Severity, number>;
  violations: Violation[];
}

/** A county's open violations by article: most overdue first, then most. */
export function articleCounts(violations: Iterable<Violation>, county: string, now: number): ArticleCount[] {
  const counts = new Map<number, ArticleCount>();
  for (const violation of violations) {
    const { article, rule, severity, county: where } = violation.properties;
    if (where !== county) continue;
    const count = counts.get(article) ?? { article, rules: [], overdue: 0, bySeverity: { critical: 0, serious: 0, ordinary: 0 }, violations: [] };
    counts.set(article, count);
    if (!count.rules.includes(rule)) count.rules.push(rule);
    if (isOverdue(violation, now)) count.overdue += 1;
    count.bySeverity[severity] += 1;
    count.violations.push(violation);
  }
  return [...counts.values()].sort((a, b) => b.overdue - a.overdue || b.violations.length - a.violations.length || a.article - b.article);
}

/** The pages that a list has, at least one. */
export const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / pageSize));

/** The county in numbers, its open violations by article as a table, and those of one article page by page. */
export function countyBody(county: County, model: Model, actions: { pick: Pick; list(listing: Listing | null): void }): Node[] {
  const w = words();
  const { summary, responsible, code } = county.properties;
  const counts = articleCounts(model.state?.violations.values() ?? [], code, model.now);
  const nodes: Node[] = [
    lines([
      [w.open, `${summary.open} · ${w.overdueShort(summary.overdue)}`],
      [w.burning, String(summary.burning)],
      [w.today, `${w.opened} ${summary.openedToday} · ${w.closed} ${summary.closedToday}`],
      [w.responsible, responsible],
      [w.undecidable, h('a', { href: `/registers/#/undecidable?county=${code}`, 'data-focus': 'undecidable' }, `${summary.undecidable} · ${w.undecidableLink}`)],
    ]),
    h('p', { class: 'links' }, pageLink({ kind: 'county', id: code })),
    h('h3', {}, w.openViolations),
  ];
  if (counts.length === 0) return [...nodes, h('p', { class: 'empty' }, w.noOpen)];
  const listing = counts.some((c) => c.article === model.listing?.article) ? model.listing : null;
  return [...nodes, table(counts, listing, actions.list, () => (listing === null ? [] : list(counts, listing, model, actions)))];
}

/** @param listed What stands below the row of the chosen article. */
function table(counts: readonly ArticleCount[], listing: Listing | null, choose: (listing: Listing | null) => void, listed: () => Node[]): HTMLElement {
  const w = words();
  const number = (n: number, kind: string): HTMLElement => h('td', { class: n === 0 ? 'none' : kind }, n === 0 ? '–' : String(n));
  const heads = [w.byArticle, ...severities.map((s) => w.severity[s]), w.overdueWord, w.sum];
  const rows = counts.flatMap((c) => {
    const chosen = listing?.article === c.article;
    const button = h('button', { type: 'button', 'aria-expanded': String(chosen), 'data-focus': `article:${c.article}` }, h('small', {}, w.article(c.article)), articleTitle(c.article, c.rules));
    button.addEventListener('click', () => choose(chosen ? null : { article: c.article, page: 1 }));
    const row = h('tr', chosen ? { class: 'chosen' } : {}, h('th', { scope: 'row' }, button), ...severities.map((s) => number(c.bySeverity[s], s)), number(c.overdue, 'late'), h('td', { class: 'sum' }, String(c.violations.length)));
    return chosen ? [row, h('tr', { class: 'listed' }, h('td', { colspan: String(heads.length) }, ...listed()))] : [row];
  });
  return h('table', { class: 'articles-of' }, h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))), h('tbody', {}, ...rows));
}

function list(counts: readonly ArticleCount[], listing: Listing, model: Model, actions: { pick: Pick; list(listing: Listing | null): void }): Node[] {
  const w = words();
  const count = counts.find((c) => c.article === listing.article);
  const all = byUrgency(count?.violations ?? []);
  const pages = pagesOf(all.length);
  const page = Math.min(listing.page, pages);
  const turn = (to: number, text: string, key: string): HTMLButtonElement => {
    const button = h('button', { type: 'button', class: 'tool', 'data-focus': key }, text);
    button.disabled = to < 1 || to > pages;
    button.addEventListener('click', () => actions.list({ article: listing.article, page: to }));
    return button;
  };
  const rows = h('ul', { class: 'rows', 'aria-label': w.article(listing.article) }, ...all.slice((page - 1) * pageSize, page * pageSize).map((v) => caseRow(v, model, actions.pick, (count?.rules.length ?? 0) > 1)));
  return [h('p', { class: 'order' }, w.listTitle(all.length)), rows, ...(pages === 1 ? [] : [h('p', { class: 'pages' }, turn(page - 1, w.previousPage, 'previous'), h('span', {}, `${page} / ${pages}`), turn(page + 1, w.nextPage, 'next'))])];
}
