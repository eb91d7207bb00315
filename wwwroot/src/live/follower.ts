import { ApiProblem } from '../api/http';
import type { EventPage, FeatureList, Fire, LogEvent, Violation } from '../api/types';
import { applyEvents, fromSnapshot, LogGap, type LiveState } from './state';
import { streamReach } from './stream';

/** Where a follower reads; the tests put a log in memory here. */
export interface LogSource {
  events(after: number, epoch: string | null): Promise<EventPage>;
  burning(): Promise<FeatureList<Fire>[]>;
  openViolations(): Promise<FeatureList<Violation>[]>;
}

/**
 * Keeps the state at the head of the log. The doorbell, the clock and a reconnect all call `catchUp`; whoever calls while
 * it runs gets one more round after it, so that no ring is lost and no two rounds overlap.
 */
export class LogFollower {
  private current: LiveState | null = null;
  private running: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly source: LogSource,
    private readonly changed: (state: LiveState) => void,
    /** Events beyond the snapshot as they are read; null where a snapshot takes their place. */
    private readonly heard: (events: readonly LogEvent[] | null) => void = () => {},
  ) {}

  get state(): LiveState | null {
    return this.current;
  }

  /** Resolves when the state contains all that the log held when it was called; rejects when the server cannot be read. */
  catchUp(): Promise<void> {
    if (this.running !== null) {
      this.again = true;
      return this.running;
    }
    this.running = this.rounds().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await this.round();
    } while (this.again);
  }

  private async round(): Promise<void> {
    const before = this.current;
    // A log that is replaced while it is read costs one more try; a second loss in a row is an outage and is reported.
    try {
      this.current = await this.toHead(before ?? (await this.takeSnapshot()));
    } catch (error) {
      if (!isLostHistory(error)) throw error;
      this.current = await this.toHead(await this.takeSnapshot());
    }
    if (this.current !== before) this.changed(this.current);
  }

  private async toHead(from: LiveState): Promise<LiveState> {
    let state = from;
    for (;;) {
      const page = await this.source.events(state.seq, state.epoch);
      if (page.epoch !== state.epoch) throw new LogGap(`Epoch ${page.epoch} follows ${state.epoch}.`);
      state = applyEvents(state, page.events);
      if (page.events.length > 0) this.heard(page.events);
      if (state.seq >= page.last) return state;
      if (page.events.length === 0) throw new LogGap(`The log ends at ${state.seq} and says ${page.last}.`);
    }
  }

  private async takeSnapshot(): Promise<LiveState> {
    this.heard(null);
    const [fires, violations] = await Promise.all([this.source.burning(), this.source.openViolations()]);
    const lists = [...fires, ...violations];
    const epoch = lists[0]?.asOf.epoch ?? '';
    if (lists.some((l) => l.asOf.epoch !== epoch)) throw new LogGap('The log was replaced while the snapshot was read.');
    const seq = Math.min(...lists.map((l) => l.asOf.seq));
    return fromSnapshot({
      fires: { features: fires.flatMap((l) => l.features), asOf: { epoch, seq } },
      violations: { features: violations.flatMap((l) => l.features), asOf: { epoch, seq } },
      past: await this.past(seq, epoch),
    });
  }

  /** The stream's beginning. The log may have been trimmed: then it starts at the oldest that is kept. */
  private async past(seq: number, epoch: string): Promise<LogEvent[]> {
    if (seq === 0) return [];
    const after = Math.max(0, seq - streamReach);
    try {
      return await this.between(after, seq, epoch);
    } catch (error) {
      if (after === 0 || !isLostHistory(error)) throw error;
      return this.between(0, seq, epoch);
    }
  }

  private async between(after: number, seq: number, epoch: string): Promise<LogEvent[]> {
    const events: LogEvent[] = [];
    for (let at = after; at < seq; ) {
      const page = await this.source.events(at, epoch);
      const last = page.events.at(-1);
      if (last === undefined) break;
      events.push(...page.events);
      at = last.seq;
    }
    return events;
  }
}

function isLostHistory(error: unknown): boolean {
  return error instanceof LogGap || (error instanceof ApiProblem && error.status === 410);
}
