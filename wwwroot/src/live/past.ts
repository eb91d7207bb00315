import type { County, CountySummary, LogEvent, Severity } from '../api/types';
import { isMeasurement } from './concerns';
import type { CountyNumbers } from './counties';
import type { LiveState } from './state';

/** What was opened and closed in a county on the Beijing day of a moment, and became known until then. */
export interface DayCount {
  opened: number;
  closed: number;
}

export type Today = ReadonlyMap<string, DayCount>;

/** Beijing has had one offset for all of the days that a log reaches back to. */
const beijingDay = (moment: number): number => Math.floor((moment + 8 * 3_600_000) / 86_400_000);

export const todayOf = (counties: readonly County[]): Today =>
  new Map(counties.map(({ properties: { code, summary } }) => [code, { opened: summary.openedToday, closed: summary.closedToday }]));

/** The day's counts after these events; another day begins with none. */
export function countToday(today: Today, events: readonly LogEvent[], from: number, to: number): Today {
  const day = beijingDay(to);
  const counts = new Map(beijingDay(from) === day ? today : []);
  for (const { type, county, at } of events) {
    if (county === null || (type !== 'violation.opened' && type !== 'violation.closed') || beijingDay(Date.parse(at)) !== day) continue;
    const { opened, closed } = counts.get(county) ?? { opened: 0, closed: 0 };
    counts.set(county, type === 'violation.opened' ? { opened: opened + 1, closed } : { opened, closed: closed + 1 });
  }
  return counts;
}

/**
 * The counties' numbers of a replayed state, by the server's own definitions, so that playing on asks for nothing. What waited for a fact then is not known.
 * @param outlines The counties, whose present numbers are put aside.
 */
export function numbersOf(outlines: readonly County[], state: LiveState, today: Today, moment: number): CountyNumbers {
  const counted = new Map<string, CountySummary>();
  const of = (code: string | null): CountySummary => {
    const summary = counted.get(code ?? '') ?? quiet(today.get(code ?? ''));
    counted.set(code ?? '', summary);
    return summary;
  };
  for (const { properties: p } of state.violations.values()) {
    const summary = of(p.county);
    summary.open += 1;
    if (p.dueAt !== null && Date.parse(p.dueAt) < moment) summary.overdue += 1;
    if (p.simulated) summary.simulated += 1;
    summary.byRule[p.rule] = (summary.byRule[p.rule] ?? 0) + 1;
    summary.bySeverity[p.severity] += 1;
  }
  for (const { properties } of state.fires.values()) of(properties.county).burning += 1;
  const counties = outlines.map((c) => ({ ...c, properties: { ...c.properties, summary: of(c.properties.code) } }));
  return { asOf: { epoch: state.epoch, seq: state.seq }, counties };
}

/** The counties where nothing is known yet. */
export const blankNumbers = (outlines: readonly County[]): County[] => outlines.map((c) => ({ ...c, properties: { ...c.properties, summary: quiet(undefined) } }));

function quiet(today: DayCount | undefined): CountySummary {
  const bySeverity: Record<Severity, number> = { critical: 0, serious: 0, ordinary: 0 };
  return { open: 0, overdue: 0, burning: 0, undecidable: null, byRule: {}, bySeverity, openedToday: today?.opened ?? 0, closedToday: today?.closed ?? 0, simulated: 0 };
}

/**
 * The first whole millisecond at which an event is known: the server's times are finer than the moments that one asks for.
 */
export const momentOf = (event: LogEvent): number => Date.parse(event.at) + 1;

/** What one jumps to: something began, ended or was decided. */
export const isLandmark = (event: LogEvent): boolean => !isMeasurement(event) && /^(?:fires?\.|violation\.(?:opened|closed)$|simulation\.)/.test(event.type);
