import type { ToldPrecision } from '../api/fires';
import type { Circle } from '../api/registers';
import type { Activity, CountySummary, Feed, Severity, Span, Trend } from '../api/types';
import { language, words } from '../i18n';
import type { DustCount } from './dustCount';
import type { CountyNumbers } from '../live/counties';
import type { LinkStatus } from '../live/link';
import type { PlayerStatus, Speed } from '../live/player';
import type { LiveState } from '../live/state';
import type { ShownLayers } from '../map/layers';
import type { MapTarget } from '../map/target';
import type { Catalogue } from './catalogue';
import type { CaseFilter } from './filter';

/** All that the panels show. Each draws itself from this and nothing else. */
export interface Model {
  /** Unix ms; stands still while the link is dead, so that no clock pretends to know. */
  now: number;
  link: LinkStatus;
  provenAt: number | null;
  /** How long nothing has proven that the screen is true; runs on while `now` stands still. */
  silentMs: number;
  state: LiveState | null;
  numbers: CountyNumbers | null;
  feeds: Feed[] | null;
  trend: Trend | null;
  activity: Activity | null;
  /** The bars of the span could not be read. */
  activityFailed: boolean;
  span: Span;
  /** Null while the wall shows what is. */
  replay: ReplayView | null;
  /** How often sources were right; null until it was read. */
  precision: ToldPrecision | null;
  selected: MapTarget | null;
  layers: ShownLayers;
  /** Which cases are looked at. `state` and `numbers` are whole nevertheless: see `filterStage`. */
  filter: CaseFilter;
  /** What of a county's open violations is listed; null for the articles only. */
  listing: Listing | null;
  /** Of the map as it rests. */
  zoom: number;
  /** How the dust monitors are; null until it was read. */
  dust: DustCount | null;
  /** Null until the server has given it. */
  catalogue: Catalogue | null;
  radii: readonly Circle[];
  /** Grows with every event about the selected thing, and names the law in force: what was read before is old. */
  touched: string;
}

/** What is told of a replay. All other parts of the model are then those of its moment. */
export interface ReplayView {
  /** Unix ms. */
  readonly moment: number;
  readonly status: PlayerStatus;
  readonly playing: boolean;
  readonly speed: Speed;
  /** So many violations are too many for the map; 0 where all are drawn. */
  readonly notDrawn: number;
  /** The moment lies before the first event of all. */
  readonly isBlank: boolean;
  /** A critical fire that came up meanwhile, in the present. */
  readonly news: { readonly county: string | null; readonly at: number } | null;
}

export interface Listing {
  readonly article: number;
  /** From 1. */
  readonly page: number;
}

export interface Totals {
  open: number;
  overdue: number;
  burning: number;
  /** Seen now, and explained by a heat source: none of those that burn. */
  attributed: number;
  critical: number;
  /** Null where a county does not tell. */
  undecidable: number | null;
  openedToday: number;
  closedToday: number;
  byRule: Map<string, number>;
}

/** The city is the sum of its counties, as counted by the server. */
export function totals(numbers: CountyNumbers): Totals {
  const summaries = numbers.counties.map((c) => c.properties.summary);
  const sum = (of: (s: CountySummary) => number): number => summaries.reduce((total, s) => total + of(s), 0);
  const byRule = new Map<string, number>();
  for (const s of summaries) for (const [rule, n] of Object.entries(s.byRule)) byRule.set(rule, (byRule.get(rule) ?? 0) + n);
  return {
    open: sum((s) => s.open),
    overdue: sum((s) => s.overdue),
    burning: sum((s) => s.burning),
    attributed: sum((s) => s.attributed ?? 0),
    critical: sum((s) => s.bySeverity.critical ?? 0),
    undecidable: summaries.some((s) => s.undecidable === null) ? null : sum((s) => s.undecidable ?? 0),
    openedToday: sum((s) => s.openedToday),
    closedToday: sum((s) => s.closedToday),
    byRule,
  };
}

export const severities: readonly Severity[] = ['critical', 'serious', 'ordinary'];

/** What names things: on the wall its model, elsewhere whatever a page has read. */
export type Names = Pick<Model, 'numbers' | 'catalogue' | 'now'>;

export function countyName(model: Pick<Model, 'numbers'>, code: string | null): string {
  if (code === null) return words().outsideCity;
  const county = model.numbers?.counties.find((c) => c.properties.code === code)?.properties;
  return (language() === 'en' ? county?.nameEn : null) ?? county?.name ?? code;
}

/** Anything simulated on the screen puts the badge on the whole screen. */
export function showsSimulated(model: Model): boolean {
  const { state, numbers, feeds } = model;
  if (state !== null && [...state.fires.values(), ...state.violations.values()].some((thing) => thing.properties.simulated)) return true;
  if (numbers?.counties.some((c) => c.properties.summary.simulated > 0)) return true;
  return feeds?.some((f) => f.simulated && f.today > 0) ?? false;
}
