import type { AsOf, Fire, LogEvent, Violation } from '../api/types';
import { isMeasurement } from './concerns';
import { addToStream, longestStream, streamReach, type StreamRow } from './stream';

/**
 * What is burning and what is open, as of one place in the log. The state is a function of that place alone, never of the
 * way it was reached: a client that slept and one that listened hold the same. Ended fires are not kept; the tiles draw them.
 */
export interface LiveState {
  readonly epoch: string;
  /** The last event that is contained. */
  readonly seq: number;
  readonly fires: ReadonlyMap<string, Fire>;
  readonly violations: ReadonlyMap<string, Violation>;
  /** Newest first. */
  readonly stream: readonly StreamRow[];
  /** Places of the last events that are news, oldest first: as far as the stream reaches. Hundreds of monitors that speak every minute are none. */
  readonly news: readonly number[];
}

export interface Snapshot {
  fires: { features: Fire[]; asOf: AsOf };
  violations: { features: Violation[]; asOf: AsOf };
  /** The newest events up to the snapshot, oldest first: the stream's beginning. */
  past: LogEvent[];
}

/** What a registered heat source explains is seen, not burning: it raises no alarm. */
export const isBurning = (fire: Fire): boolean =>
  (fire.properties.status === 'suspected' || fire.properties.status === 'confirmed') && (fire.properties.attributedTo ?? null) === null;

const isOpen = (violation: Violation): boolean => violation.properties.status === 'open';

/**
 * The lists were read one after the other, so each reflects its own place in the log. The state begins at the oldest: events
 * that a later list contains already are applied again, which changes nothing once all of them are.
 */
export function fromSnapshot(snapshot: Snapshot): LiveState {
  const { fires, violations, past } = snapshot;
  const seq = Math.min(fires.asOf.seq, violations.asOf.seq);
  return {
    epoch: fires.asOf.epoch,
    seq,
    fires: new Map(fires.features.filter(isBurning).map((f) => [f.id, f])),
    violations: new Map(violations.features.filter(isOpen).map((v) => [v.id, v])),
    ...told({ stream: [], news: [] }, past.filter((event) => event.seq <= seq)),
  };
}

/** What the stream says after these events, and how far it reaches then. */
function told(before: Pick<LiveState, 'stream' | 'news'>, events: readonly LogEvent[]): Pick<LiveState, 'stream' | 'news'> {
  let { stream } = before;
  const news = [...before.news];
  for (const event of events) {
    if (isMeasurement(event)) continue;
    news.push(event.seq);
    stream = addToStream(stream, event, news.at(-streamReach) ?? 0);
  }
  return { stream, news: news.slice(-streamReach) };
}

/** Thrown when events are missing between the state and what came: only a new snapshot helps. */
export class LogGap extends Error {}

/**
 * Applies events in order; those that the state contains already are passed over.
 * @param thinned The events were read without what was only measured, or without what lies elsewhere, so their places have gaps.
 * @param reaches The place of the log up to which they tell all that concerns the reader.
 */
export function applyEvents(state: LiveState, events: readonly LogEvent[], thinned = false, reaches = 0): LiveState {
  const fires = new Map(state.fires);
  const violations = new Map(state.violations);
  let { seq } = state;
  const fresh: LogEvent[] = [];
  for (const event of events) {
    if (event.seq <= seq) continue;
    if (event.seq !== seq + 1 && !thinned) throw new LogGap(`Event ${event.seq} follows ${seq}.`);
    seq = event.seq;
    fresh.push(event);
    applyToSubjects(fires, violations, event);
  }
  seq = Math.max(seq, reaches);
  return seq === state.seq ? state : { epoch: state.epoch, seq, fires, violations, ...told(state, fresh) };
}

function applyToSubjects(fires: Map<string, Fire>, violations: Map<string, Violation>, event: LogEvent): void {
  switch (event.type) {
    case 'fire.detected':
    case 'fire.updated':
    case 'fire.split':
    case 'fire.merged':
      keepWhile(fires, event.data as Fire, isBurning);
      break;
    case 'violation.opened':
    case 'violation.updated':
    case 'violation.closed':
      keepWhile(violations, event.data as Violation, isOpen);
      break;
    case 'subject.deleted':
      fires.delete(event.id);
      break;
    case 'simulation.cleared':
      removeSimulated(fires);
      removeSimulated(violations);
      break;
    default:
  }
}

function keepWhile<T extends { id: string }>(kept: Map<string, T>, thing: T, holds: (thing: T) => boolean): void {
  if (holds(thing)) kept.set(thing.id, thing);
  else kept.delete(thing.id);
}

function removeSimulated(things: Map<string, { id: string; properties: { simulated: boolean } }>): void {
  for (const thing of things.values()) if (thing.properties.simulated) things.delete(thing.id);
}

/** The same text for the same state, whatever order things arrived in; for comparing two pages. */
export function digest(state: LiveState): string {
  const sorted = (things: ReadonlyMap<string, unknown>) =>
    [...things].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, thing]) => canonical(thing));
  // A transaction may straddle the far end of the stream's reach; that end says nothing about the state.
  const since = state.news.at(-0.9 * streamReach) ?? 0;
  const stream = state.stream.filter((row) => row.seq >= since).slice(0, 0.9 * longestStream);
  const text = JSON.stringify([sorted(state.fires), sorted(state.violations), canonical(stream)]);
  return `${state.epoch}:${state.seq}:${state.fires.size}:${state.violations.size}:${hash(text)}`;
}

/** FNV-1a, 32 bit: tells two states apart, protects nothing. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]));
}
