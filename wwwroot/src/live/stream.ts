import type { Fire, FireStatus, LogEvent, Severity, Violation } from '../api/types';

/** One line of the live stream: time, county, what, which article, who. */
export interface StreamRow {
  readonly key: string;
  readonly seq: number;
  readonly at: string;
  readonly county: string | null;
  readonly what: 'fire' | 'violation' | 'ended' | 'closed' | 'lapsed' | 'confirmed' | 'imported' | 'cleared' | 'feed' | 'feedBack' | 'silent' | 'back';
  readonly fire: string | null;
  /** The violation that the line is about; of a fire's line the fire is. */
  readonly violation: string | null;
  /** What broke the rule. */
  readonly subject: Violation['properties']['subject'] | null;
  readonly status: FireStatus | null;
  readonly sources: readonly string[];
  readonly radiusMetres: number | null;
  readonly rule: string | null;
  readonly article: number | null;
  readonly severity: Severity | null;
  readonly who: string | null;
  /** Of a closed violation, in milliseconds. */
  readonly lastedMs: number | null;
  readonly count: number | null;
  readonly simulated: boolean;
}

/** Rows beyond this are forgotten, as are rows of events further back among those that are news: both bounds hold for every client alike. */
export const longestStream = 200;
export const streamReach = 400;

/** @param since The farthest place of the log that the stream reaches now. */
export function addToStream(rows: readonly StreamRow[], event: LogEvent, since: number): readonly StreamRow[] {
  const within = (rows.at(-1)?.seq ?? since) >= since ? rows : rows.filter((r) => r.seq >= since);
  switch (event.type) {
    case 'fire.detected':
    case 'fire.split':
      // What a heat source explains is no news.
      return isAttributed(event) ? within : prepend(within, fireRow(event, 'fire'));
    case 'fire.updated':
    case 'fire.merged':
      return updateOfFire(within, event);
    case 'violation.opened':
      return openedRow(within, event);
    case 'violation.updated':
      return withLaw(within, event) ?? within;
    case 'violation.closed':
      return closedRow(within, event);
    case 'fires.imported':
      return prepend(within, { ...plainRow(event, 'imported'), count: countOf(event.data) });
    case 'simulation.cleared':
      return prepend(within.filter((r) => !r.simulated), plainRow(event, 'cleared'));
    case 'feed.stale':
      return prepend(within, feedRow(event, 'feed'));
    case 'feed.back':
      return prepend(within, feedRow(event, 'feedBack'));
    case 'monitor.silent':
      return prepend(within, monitorRow(event, 'silent'));
    case 'monitor.back':
      return prepend(within, monitorRow(event, 'back'));
    default:
      return within;
  }
}

const isAttributed = (event: LogEvent): boolean => ((event.data as Fire).properties.attributedTo ?? null) !== null;

function prepend(rows: readonly StreamRow[], row: StreamRow): readonly StreamRow[] {
  return [row, ...rows.slice(0, longestStream - 1)];
}

/** A joining detection refreshes the line of its fire; a verdict or a lapse is news of its own. */
function updateOfFire(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const { status, verdict, sources, radiusMetres } = (event.data as Fire).properties;
  const isVerdict = verdict?.knownAt === event.at;
  if (isVerdict && (status === 'out' || status === 'refuted')) return prepend(rows, fireRow(event, 'ended'));
  if (isVerdict && status === 'confirmed') return prepend(rows, fireRow(event, 'confirmed'));
  if (status === 'lapsed') return isAttributed(event) ? rows : prepend(rows, fireRow(event, 'lapsed'));
  return rows.map((row) => (row.what === 'fire' && row.fire === event.id ? { ...row, status, sources: Object.keys(sources), radiusMetres } : row));
}

/**
 * What happens to a fire and to its violation in one transaction has one time and makes one line. Null where there is no line
 * to join. The line of the fire's beginning learns the present severity too, so that it calms down with it.
 */
function withLaw(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] | null {
  const { rule, article, severity, responsible, subject, openedAt, closedAt } = (event.data as Violation).properties;
  const isJoined = (row: StreamRow): boolean => row.fire === subject.id && row.at === event.at;
  if (!rows.some((row) => row.fire === subject.id)) return null;
  const lastedMs = closedAt === null ? null : Date.parse(closedAt) - Date.parse(openedAt);
  const joined = rows.some(isJoined);
  const changed = rows.map((row) => {
    if (isJoined(row)) return { ...row, rule, article, severity, who: responsible, lastedMs };
    return row.what === 'fire' && row.fire === subject.id ? { ...row, severity } : row;
  });
  return joined || event.type === 'violation.updated' ? changed : null;
}

function openedRow(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const { rule, article, severity, responsible, simulated } = (event.data as Violation).properties;
  return withLaw(rows, event) ?? prepend(rows, { ...plainRow(event, 'violation'), ...aboutOf(event), rule, article, severity, who: responsible, simulated });
}

function closedRow(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const { rule, article, severity, responsible, simulated, openedAt, closedAt } = (event.data as Violation).properties;
  const lastedMs = closedAt === null ? null : Date.parse(closedAt) - Date.parse(openedAt);
  return withLaw(rows, event) ?? prepend(rows, { ...plainRow(event, 'closed'), ...aboutOf(event), rule, article, severity, who: responsible, lastedMs, simulated });
}

function aboutOf(event: LogEvent): Pick<StreamRow, 'fire' | 'violation' | 'subject'> {
  const { subject } = (event.data as Violation).properties;
  return subject.kind === 'fire' ? { fire: subject.id, violation: null, subject: null } : { fire: null, violation: event.id, subject };
}

function fireRow(event: LogEvent, what: StreamRow['what']): StreamRow {
  const { status, sources, radiusMetres, simulated } = (event.data as Fire).properties;
  return { ...plainRow(event, what), fire: event.id, status, sources: Object.keys(sources), radiusMetres, simulated };
}

function monitorRow(event: LogEvent, what: StreamRow['what']): StreamRow {
  const { monitor, name, simulated } = event.data as { monitor: string; name: string; simulated: boolean };
  return { ...plainRow(event, what), subject: { kind: 'monitor', id: monitor, name }, simulated };
}

function feedRow(event: LogEvent, what: StreamRow['what']): StreamRow {
  const { feed, simulated } = event.data as { feed: string; simulated: boolean };
  return { ...plainRow(event, what), subject: { kind: 'feed', id: feed, name: feed }, simulated };
}

function plainRow(event: LogEvent, what: StreamRow['what']): StreamRow {
  return {
    key: `${what}:${event.seq}`,
    seq: event.seq,
    at: event.at,
    county: event.county,
    what,
    fire: null,
    violation: null,
    subject: null,
    status: null,
    sources: [],
    radiusMetres: null,
    rule: null,
    article: null,
    severity: null,
    who: null,
    lastedMs: null,
    count: null,
    simulated: false,
  };
}

function countOf(data: unknown): number | null {
  const counts = data as { count?: unknown; fires?: unknown } | null;
  const count = counts?.count ?? counts?.fires;
  return typeof count === 'number' ? count : null;
}
