import { ApiProblem } from '../api/http';
import type { EventPage, FeatureList, Fire, LogEvent, Violation } from '../api/types';
import { applyEvents, fromSnapshot, LogGap, type LiveState } from './state';

/** Where a follower reads; the tests put a log in memory here. */
export interface LogSource {
  events(after: number, epoch: string | null): Promise<EventPage>;
  /** As far back as a stream reaches, oldest first; what was only measured may be left out. */
  latest(until: number, epoch: string): Promise<LogEvent[]>;
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
      const { reaches } = page;
      if (reaches !== undefined && reaches < state.seq) throw new LogGap(`The log reaches ${reaches} and not ${state.seq}.`);
      state = applyEvents(state, page.events, reaches !== undefined, reaches);
      if (page.events.length > 0) this.heard(page.events);
      if (state.seq >= page.last) return state;
      if (page.events.length === 0 && reaches === undefined) throw new LogGap(`The log ends at ${state.seq} and says ${page.last}.`);
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
      past: seq === 0 ? [] : await this.source.latest(seq, epoch),
    });
  }
}

function isLostHistory(error: unknown): boolean {
  return error instanceof LogGap || (error instanceof ApiProblem && error.status === 410);
}
