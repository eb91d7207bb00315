import type { County } from '../api/types';

/** Where a tour stops: a county's code, or null for the whole city. */
export type Stop = string | null;

const orders = ['fires', 'overdue', 'open', 'code'] as const;
export type TourOrder = (typeof orders)[number];

/** What an address says of the tour: `?tour=20s&order=fires&rest=60s&counties=141002,141024`. */
export interface TourSettings {
  /** How long a county is shown. */
  readonly everyMs: number;
  /** How long nobody may have touched the wall before it goes on. */
  readonly restMs: number;
  readonly order: TourOrder;
  /** Null: all that one may see, and the whole city after them. */
  readonly counties: readonly string[] | null;
}

const usualMs = 20_000;
const usualRestMs = 60_000;
const shortestMs = 5_000; // below it the map only flies
const longestMs = 3_600_000;

/** Null where the address asks for no tour. What it says and cannot be read is as it usually is. */
export function readTour(search: string): TourSettings | null {
  const said = new URLSearchParams(search);
  const tour = said.get('tour');
  if (tour === null || /^(?:off|no|false|0\D?)$/.test(tour)) return null;
  const codes = (said.get('counties') ?? '').split(',').filter((code) => /^\d{6}$/.test(code));
  return {
    everyMs: length(tour) ?? usualMs,
    restMs: restOf(search),
    order: orders.find((order) => order === said.get('order')) ?? 'fires',
    counties: codes.length === 0 ? null : codes,
  };
}

/** `rest=`: of the tour, and of whatever else waits until nobody touches the wall. */
export const restOf = (search: string): number => length(new URLSearchParams(search).get('rest') ?? '') ?? usualRestMs;

/** `20`, `20s`, `2m`, `1h` in milliseconds, within bounds; null where it is none of them. */
function length(text: string): number | null {
  const said = /^(\d{1,5})([smh]?)$/.exec(text);
  if (said === null) return null;
  const unit = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 }[said[2] as '' | 's' | 'm' | 'h'];
  return Math.min(longestMs, Math.max(shortestMs, Number(said[1]) * unit));
}

type Numbers = readonly number[];

const weights: Readonly<Record<TourOrder, (county: County) => Numbers>> = {
  fires: ({ properties: { summary: s } }) => [s.burning, s.overdue, s.open],
  overdue: ({ properties: { summary: s } }) => [s.overdue, s.open, s.burning],
  open: ({ properties: { summary: s } }) => [s.open, s.overdue, s.burning],
  code: () => [],
};

/** The stops of one round, worst first; equal ones by code. Where all counties are toured, the whole city ends the round. */
export function stopsOf(counties: readonly County[], { order, counties: chosen }: Pick<TourSettings, 'order' | 'counties'>): Stop[] {
  const toured = counties.filter((c) => chosen === null || chosen.includes(c.properties.code));
  const codes = toured
    .map((c) => ({ code: c.properties.code, weight: weights[order](c) }))
    .sort((a, b) => heavier(a.weight, b.weight) || a.code.localeCompare(b.code))
    .map(({ code }) => code);
  return chosen === null && codes.length > 1 ? [...codes, null] : codes;
}

function heavier(a: Numbers, b: Numbers): number {
  const at = a.findIndex((n, i) => n !== b[i]);
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
}
