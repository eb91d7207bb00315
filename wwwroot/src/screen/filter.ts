import type { County, CountySummary, Fire, Severity, Violation } from '../api/types';
import type { CountyNumbers } from '../live/counties';
import { numbersOf } from '../live/past';
import type { LiveState } from '../live/state';
import type { StreamRow } from '../live/stream';
import { isOverdue } from './caseRows';

/** What of the cases is looked at. Values of one kind widen, kinds narrow each other: `a28,a30,overdue` is what is overdue of either article. */
export interface CaseFilter {
  /** In order. */
  readonly articles: readonly number[];
  readonly severities: readonly Severity[];
  readonly overdue: boolean;
  readonly burning: boolean;
  /** Known since midnight in Beijing, or closed since then. */
  readonly today: 'opened' | 'closed' | null;
  /** Codes, in order. */
  readonly counties: readonly string[];
}

export const noFilter: CaseFilter = { articles: [], severities: [], overdue: false, burning: false, today: null, counties: [] };

const severityOrder: readonly Severity[] = ['critical', 'serious', 'ordinary'];
const mostArticle = 99;

/** The parts of a filter, as the address and the tiles name them. What is none is passed over: a link of a later version still shows something. */
export function readFilter(text: string | null): CaseFilter {
  const parts = new Set((text ?? '').split(','));
  const numbers = [...parts].flatMap((p) => (/^a[1-9]\d?$/.test(p) ? [Number(p.slice(1))] : []));
  return {
    articles: [...new Set(numbers)].filter((n) => n <= mostArticle).toSorted((a, b) => a - b),
    severities: severityOrder.filter((s) => parts.has(s)),
    overdue: parts.has('overdue'),
    burning: parts.has('burning'),
    today: parts.has('opened') ? 'opened' : parts.has('closed') ? 'closed' : null,
    counties: [...parts].flatMap((p) => (/^county:\d{6}$/.test(p) ? [p.slice(7)] : [])).toSorted(),
  };
}

/** Each part that is set, in one order. */
export const partsOf = (f: CaseFilter): string[] => [
  ...f.articles.map((n) => `a${n}`), ...f.severities, ...(f.overdue ? ['overdue'] : []), ...(f.burning ? ['burning'] : []), ...(f.today === null ? [] : [f.today]), ...f.counties.map((c) => `county:${c}`),
];

export const writeFilter = (filter: CaseFilter): string => partsOf(filter).join();
export const isFiltered = (filter: CaseFilter): boolean => partsOf(filter).length > 0;
/** Beside where they are. */
export const narrowsCases = (filter: CaseFilter): boolean => isFiltered({ ...filter, counties: [] });

/** A part set or taken away. Opened and closed today exclude each other. */
export function toggled(filter: CaseFilter, part: string): CaseFilter {
  const parts = partsOf(filter);
  if (parts.includes(part)) return readFilter(parts.filter((p) => p !== part).join());
  const rivals = new Set(['opened', 'closed']);
  return readFilter([...parts.filter((p) => !rivals.has(part) || !rivals.has(p)), part].join());
}

/** What the tiles are asked for; they know no closed ones. */
export const tileFilter = (filter: CaseFilter): string => (filter.today === 'closed' ? writeFilter({ ...filter, today: null }) : writeFilter(filter));

const dayOf = (at: number): number => Math.floor((at + 8 * 3_600_000) / 86_400_000);
const isHere = (filter: CaseFilter, county: string | null): boolean => filter.counties.length === 0 || (county !== null && filter.counties.includes(county));

/** @param burns Ids of the fires that burn. */
export function matches({ articles, severities, overdue, burning, today, counties }: CaseFilter, violation: Violation, burns: ReadonlyMap<string, Fire>, now: number): boolean {
  const { properties: v } = violation;
  return (counties.length === 0 || (v.county !== null && counties.includes(v.county)))
    && (articles.length === 0 || articles.includes(v.article))
    && (severities.length === 0 || severities.includes(v.severity))
    && (!overdue || isOverdue(violation, now))
    && (!burning || (v.subject.kind === 'fire' && burns.has(v.subject.id)))
    && (today === null || (today === 'opened' && dayOf(Date.parse(v.knownAt)) === dayOf(now)));
}

/** The state as it is looked at; itself without a filter. A fire goes with its violation where more is asked than that it burns. */
export function filteredState(state: LiveState, filter: CaseFilter, now: number): LiveState {
  if (!isFiltered(filter)) return state;
  const violations = new Map([...state.violations].filter(([, v]) => matches(filter, v, state.fires, now)));
  const byItself = !narrowsCases({ ...filter, burning: false });
  const fires = new Map([...state.fires].filter(([, f]) => isHere(filter, f.properties.county) && (byItself || violations.has(f.properties.violation ?? ''))));
  const seen = (row: StreamRow): boolean => isHere(filter, row.county) && rowMatches(row, filter, state, now);
  return { ...state, fires, violations, stream: isFiltered(filter) ? state.stream.filter(seen) : state.stream };
}

/** A line tells of an opening, a change or an end: what is asked of a case holds for what the line says of it. */
function rowMatches(row: StreamRow, filter: CaseFilter, state: LiveState, now: number): boolean {
  const violation = state.violations.get(row.violation ?? state.fires.get(row.fire ?? '')?.properties.violation ?? '');
  const article = row.article ?? violation?.properties.article ?? null;
  const severity = row.severity ?? violation?.properties.severity ?? null;
  const { articles, severities, overdue, burning, today } = filter;
  const isEnd = row.what === 'closed' || row.what === 'ended';
  return (articles.length === 0 || (article !== null && articles.includes(article)))
    && (severities.length === 0 || (severity !== null && severities.includes(severity)))
    && (!overdue || (violation !== undefined && isOverdue(violation, now)))
    && (!burning || (row.fire !== null && state.fires.has(row.fire)))
    && (today === null || (dayOf(Date.parse(row.at)) === dayOf(now) && (today === 'closed' ? isEnd : row.what === 'fire' || row.what === 'violation')));
}

/** The counties' numbers of what is looked at, by the server's definitions; `open` is what map and ranking show. */
export function filteredNumbers(numbers: CountyNumbers, seen: LiveState, filter: CaseFilter, now: number): CountyNumbers {
  const counted = numbersOf(numbers.counties, seen, new Map(), now).counties;
  const counties = numbers.counties.map((whole, i): County => {
    const told = whole.properties.summary;
    const own = counted[i]?.properties.summary ?? told;
    const here = isHere(filter, whole.properties.code);
    const summary: CountySummary = { ...own, undecidable: told.undecidable, openedToday: here ? told.openedToday : 0, closedToday: here ? told.closedToday : 0 };
    return { ...whole, properties: { ...whole.properties, summary: { ...summary, open: shownNumber(summary, filter) } } };
  });
  return { asOf: numbers.asOf, counties };
}

/** Closed ones are counted by the server for all articles together: nothing else of them is held here. */
function shownNumber(summary: CountySummary, filter: CaseFilter): number {
  if (filter.today === 'closed') return narrowsCases({ ...filter, today: null }) ? 0 : summary.closedToday;
  return filter.burning ? summary.burning : summary.open;
}
