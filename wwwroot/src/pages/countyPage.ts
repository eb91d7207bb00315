import * as calls from '../api/calls';
import { serverNow } from '../api/http';
import { countsOf, firesPage, outlines, precisionOf, trendOf, violationsPage } from '../api/pages';
import { monitorHealth } from '../api/readings';
import { zones } from '../api/records';
import type { County, LogEvent } from '../api/types';
import { language, words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { changesLaw, isMeasurement } from '../live/concerns';
import { h } from '../screen/dom';
import { articleTable, articleTrends, severitySpec, trendSpec, type ArticleTrend } from './articleTable';
import { ChartFigure } from './charts/chart';
import { feedRows, fireRows, monitorRows, registerRows, zoneRows } from './countyLists';
import { readKnown, type Known } from './known';
import { numbersOf } from './numbers';
import type { Composition, Refusal } from './page';
import { PagedList } from './pagedList';
import { precisionSpec } from './precision';
import { Section, type Part } from './section';
import { empty } from './table';
import { violationRows } from './violationRows';

const trendDays = 30;
const fireDays = 30;
const dayMs = 86_400_000;

/** `/county/?c=141024`: everything about one county. Without a county it offers them all. */
export async function composeCounty(code: string): Promise<Composition | Refusal> {
  const known = await readKnown(false);
  const found = known.counties.find((c) => c.properties.code === code);
  if (found === undefined) return { code: code === '' ? 'none' : 'gone', refusal: () => chooseAmong(known, code) };
  if (found.properties.summary === null) return { code: 'forbidden', refusal: () => ({ title: pageWords().notYours(nameOf(found)), body: [h('p', {}, pageWords().notYoursHint)] }) };
  return new CountyPage(known, found as County);
}

const nameOf = ({ properties: p }: { properties: { name: string; nameEn: string | null } }): string => (language() === 'en' ? (p.nameEn ?? p.name) : p.name);

function chooseAmong(known: Known, code: string): { title: string; body: Node[] } {
  const p = pageWords();
  const links = known.counties.filter((c) => c.properties.summary !== null).map((c) => h('li', {}, h('a', { class: 'button', href: `/county/?c=${c.properties.code}` }, nameOf(c))));
  return { title: p.chooseCounty, body: [...(code === '' ? [] : [h('p', { class: 'notice bad' }, p.noCounty(code))]), h('ul', { class: 'choices' }, ...links)] };
}

class CountyPage implements Composition {
  readonly sections: readonly Section[];
  private readonly code: string;
  private readonly trend = new ChartFigure('trend');
  private readonly severity = new ChartFigure('severity');
  private readonly precision = new ChartFigure('precision');
  private readonly violations: PagedList<Awaited<ReturnType<typeof violationsPage>>['features'][number]>;
  private readonly fires: PagedList<Awaited<ReturnType<typeof firesPage>>['features'][number]>;
  private article: number | null = null;
  private overdue = false;

  constructor(
    private readonly known: Known,
    private county: County,
  ) {
    this.code = county.properties.code;
    this.violations = new PagedList({
      id: 'violations',
      first: (limit) => violationsPage({ county: this.code, status: 'open', limit, ...(this.article === null ? {} : { article: this.article }), ...(this.overdue ? { overdue: 'true' } : {}) }),
      draw: (items) => violationRows(items, this.known, { subject: true, state: false }),
      total: () => (this.article === null ? (this.overdue ? this.summary.overdue : this.summary.open) : null),
      title: () => pageWords().openViolations,
      none: () => pageWords().noOpen,
      tools: (again) => this.violationTools(again),
    });
    this.fires = new PagedList({
      id: 'fires',
      first: (limit) => firesPage(this.code, new Date(serverNow() - fireDays * dayMs).toISOString(), limit),
      draw: (items) => fireRows(items, serverNow()),
      total: () => null,
      title: () => pageWords().fires,
      none: () => pageWords().noFires,
    });
    this.sections = this.parts().map((part) => new Section(part as Part<unknown>));
    this.violations.restart();
    this.fires.restart();
  }

  private get summary(): County['properties']['summary'] {
    return this.county.properties.summary;
  }

  head() {
    const p = pageWords();
    return {
      crumb: { text: p.countyPage, href: '/county/' }, title: nameOf(this.county), simulated: this.summary.simulated > 0,
      tags: [h('span', {}, this.code), h('span', {}, `${words().responsible}：${this.county.properties.responsible}`), h('span', {}, `${this.county.properties.areaSquareKilometres} km²`)],
      links: [{ text: p.onMap, href: `/#s=county:${this.code}` }],
    };
  }

  /** The county's own numbers come with the list of all; a lost log or another outline begins the page anew. */
  async renew(events: readonly LogEvent[] | null): Promise<Composition | Refusal | null> {
    if (events?.some((e) => e.type === 'counties.imported') === true) return composeCounty(this.code);
    if (events !== null && !events.some((e) => this.isCase(e))) return null;
    const next = (await outlines(false)).features.find((c) => c.properties.code === this.code);
    if (next === undefined || next.properties.summary === null) return composeCounty(this.code);
    this.county = next as County;
    if (events === null || events.some((e) => e.type.startsWith('violation.') || e.type.startsWith('simulation.'))) this.violations.again();
    if (events === null || events.some((e) => e.type.startsWith('fire') || e.type.startsWith('simulation.'))) this.fires.again();
    return this;
  }

  private isHere = (event: LogEvent): boolean => event.county === this.code || event.type.startsWith('simulation.') || event.type === 'fires.imported';
  private isCase = (event: LogEvent): boolean => this.isHere(event) && !isMeasurement(event);

  private parts(): Part<never>[] {
    const { code, known } = this;
    const p = pageWords;
    const part = <T>(given: Part<T>): Part<never> => given as unknown as Part<never>;
    return [
      part({ id: 'now', title: () => p().now, wide: true, read: () => Promise.resolve(null), isOld: () => false, draw: () => [numbersOf(this.summary), h('p', { class: 'links' }, h('a', { href: `/registers/#/undecidable?county=${code}` }, p().undecidableList))] }),
      part({ id: 'articles', title: () => p().byArticle, wide: true, read: () => trendOf(code, trendDays), isOld: this.isCase, draw: (trend) => this.drawArticles(articleTrends(this.summary, trend), trend.days) }),
      part({ id: 'open', title: () => p().openViolations, wide: true, read: () => Promise.resolve(null), isOld: () => false, draw: () => { this.violations.render(); return [this.violations.element]; } }),
      part({ id: 'fires', title: () => p().fires, wide: true, read: () => precisionOf(code), isOld: (e) => this.isHere(e) && e.type.startsWith('fire'), draw: (rows) => { this.fires.render(); return [this.fires.element, ...this.drawPrecision(rows)]; } }),
      part({ id: 'monitors', title: () => p().monitors, wide: true, read: () => monitorHealth(code), isOld: (e) => this.isHere(e) && e.type.startsWith('monitor.'), draw: (list) => [monitorRows(list, serverNow())] }),
      part({ id: 'subjects', title: () => p().registersTitle, read: () => countsOf(code), isOld: this.isCase, draw: (counts) => [registerRows(counts, code, known)] }),
      part({ id: 'feeds', title: () => p().feeds, read: calls.feeds, isOld: (e) => e.type.startsWith('feed.'), draw: ({ feeds }) => [feedRows(feeds, serverNow())] }),
      part({ id: 'zones', title: () => p().zones, wide: true, read: async () => (await zones({ county: code, limit: '1000' })).features, isOld: changesLaw, draw: (list) => [zoneRows(list)] }),
    ];
  }

  private drawArticles(rows: readonly ArticleTrend[], days: readonly string[]): Node[] {
    this.trend.show(trendSpec(rows, days, this.article));
    this.severity.show(severitySpec(this.summary));
    return [h('div', { class: 'charts' }, this.trend.element, this.severity.element), rows.length === 0 ? empty(pageWords().trendNone) : articleTable(rows)];
  }

  private drawPrecision(rows: Awaited<ReturnType<typeof precisionOf>>): Node[] {
    const spec = precisionSpec(rows);
    if (spec === null) return [h('p', { class: 'quiet' }, pageWords().precisionNone)];
    this.precision.show(spec);
    return [h('div', { class: 'charts' }, this.precision.element)];
  }

  private violationTools(again: () => void): Node[] {
    const [w, p] = [words(), pageWords()];
    const articles = [...new Set(Object.keys(this.summary.byRule).map((rule) => Number(/^A(\d+)/.exec(rule)?.[1] ?? 0)))].toSorted((a, b) => a - b);
    const select = h('select', { 'aria-label': p.article, 'data-focus': 'article' }, h('option', { value: '' }, p.allArticles), ...articles.map((n) => h('option', { value: String(n), ...(n === this.article ? { selected: '' } : {}) }, w.article(n))));
    select.addEventListener('change', () => {
      this.article = select.value === '' ? null : Number(select.value);
      again();
      this.sections.find((s) => s.element.id === 'articles')?.render();
    });
    const late = h('input', { type: 'checkbox', 'data-focus': 'overdue' });
    late.checked = this.overdue;
    late.addEventListener('change', () => {
      this.overdue = late.checked;
      again();
    });
    return [select, h('label', { class: 'inline' }, late, p.onlyOverdue)];
  }
}
