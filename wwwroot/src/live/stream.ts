import type { Fire, FireStatus, LogEvent, Severity, Violation } from '../api/types';

/** One line of the live stream: time, county, what, which article, who. */
export interface StreamRow {
  /** What the row is about; news of the same thing changes the row instead of adding one. */
  readonly key: string;
  readonly seq: number;
  readonly at: string;
  readonly county: string | null;
  readonly what: 'fire' | 'violation' | 'ended' | 'closed' | 'lapsed' | 'confirmed' | 'imported' | 'cleared' | 'feed';
  readonly fire: string | null;
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

/** Rows beyond this are forgotten, as are rows further back in the log: both bounds hold for every client alike. */
export const longestStream = 200;
export const streamReach = 400;

export function addToStream(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const within = rows.length > 0 && (rows.at(-1)?.seq ?? 0) <= event.seq - streamReach ? rows.filter((r) => r.seq > event.seq - streamReach) : rows;
  switch (event.type) {
    case 'fire.detected':
    case 'fire.split':
      return prepend(within, fireRow(event, 'fire'));
    case 'fire.updated':
      return updateOfFire(within, event);
    case 'violation.opened':
    case 'violation.updated':
      return violationRow(within, event);
    case 'violation.closed':
      return closedRow(within, event);
    case 'fires.imported':
      return prepend(within, { ...plainRow(event, 'imported'), count: countOf(event.data) });
    case 'simulation.cleared':
      return prepend(within.filter((r) => !r.simulated), plainRow(event, 'cleared'));
    case 'feed.stale':
    case 'feed.back':
      return prepend(within, plainRow(event, 'feed'));
    default:
      return within;
  }
}

function prepend(rows: readonly StreamRow[], row: StreamRow): readonly StreamRow[] {
  return [row, ...rows.slice(0, longestStream - 1)];
}

function replace(rows: readonly StreamRow[], key: string, change: (row: StreamRow) => StreamRow): readonly StreamRow[] | null {
  const index = rows.findIndex((r) => r.key === key);
  const row = rows[index];
  return row === undefined ? null : rows.with(index, change(row));
}

/** A joining detection refreshes the line of its fire; a verdict or a lapse is news of its own. */
function updateOfFire(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const { status, verdict, sources, radiusMetres } = (event.data as Fire).properties;
  if (status === 'out' || status === 'refuted') return once(rows, fireRow(event, 'ended'));
  if (status === 'lapsed') return once(rows, fireRow(event, 'lapsed'));
  if (verdict?.verdict === 'confirmed' && !rows.some((r) => r.key === `confirmed:${event.id}`)) return prepend(rows, fireRow(event, 'confirmed'));
  return replace(rows, `fire:${event.id}`, (row) => ({ ...row, status, sources: Object.keys(sources), radiusMetres })) ?? rows;
}

function once(rows: readonly StreamRow[], row: StreamRow): readonly StreamRow[] {
  return rows.some((r) => r.key === row.key) ? rows : prepend(rows, row);
}

/** A fire and its violation are born in one transaction and make one line. */
function violationRow(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const { rule, article, severity, responsible, subject, simulated, openedAt } = (event.data as Violation).properties;
  const law = { rule, article, severity, who: responsible };
  const own = subject.kind === 'fire' ? `fire:${subject.id}` : `violation:${event.id}`;
  const changed = replace(rows, own, (row) => ({ ...row, ...law }));
  if (changed !== null) return changed;
  if (event.type === 'violation.updated') return rows;
  const fire = subject.kind === 'fire' ? subject.id : null;
  return prepend(rows, { ...plainRow(event, 'violation'), key: own, fire, ...law, simulated, at: event.at || openedAt });
}

function closedRow(rows: readonly StreamRow[], event: LogEvent): readonly StreamRow[] {
  const { rule, article, severity, responsible, subject, simulated, openedAt, closedAt } = (event.data as Violation).properties;
  const lastedMs = closedAt === null ? null : Date.parse(closedAt) - Date.parse(openedAt);
  const law = { rule, article, severity, who: responsible, lastedMs };
  if (subject.kind === 'fire') {
    const merged = replace(rows, `ended:${subject.id}`, (row) => ({ ...row, ...law }));
    if (merged !== null) return merged;
  }
  return once(rows, { ...plainRow(event, 'closed'), fire: subject.kind === 'fire' ? subject.id : null, ...law, simulated });
}

function fireRow(event: LogEvent, what: StreamRow['what']): StreamRow {
  const { status, sources, radiusMetres, simulated } = (event.data as Fire).properties;
  return { ...plainRow(event, what), fire: event.id, status, sources: Object.keys(sources), radiusMetres, simulated };
}

function plainRow(event: LogEvent, what: StreamRow['what']): StreamRow {
  return {
    key: event.id ? `${what}:${event.id}` : `${what}:${event.seq}`,
    seq: event.seq,
    at: event.at,
    county: event.county,
    what,
    fire: null,
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
