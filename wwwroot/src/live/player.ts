import { ApiProblem } from '../api/http';
import type { County, EventPage, FeatureList, Fire, LogEvent, Violation } from '../api/types';
import type { CountyNumbers } from './counties';
import { countToday, isLandmark, momentOf, numbersOf, todayOf, type Today } from './past';
import { applyEvents, fromSnapshot, type LiveState } from './state';

/** Where a player reads; moments are unix ms. */
export interface PastSource {
  counties(moment: number): Promise<FeatureList<County>>;
  burning(moment: number): Promise<FeatureList<Fire>[]>;
  openViolations(moment: number): Promise<FeatureList<Violation>[]>;
  latest(until: number, epoch: string): Promise<LogEvent[]>;
  /** A page of the log without what was only measured; fewer than `pageSize` where the log ends. */
  after(seq: number, epoch: string): Promise<EventPage>;
}

/** `forgotten`: the log no longer reaches back so far; `waiting`: the next events are on their way. */
export type PlayerStatus = 'loading' | 'ready' | 'waiting' | 'failed' | 'forgotten';

export const speeds = [1, 10, 60] as const;
export type Speed = (typeof speeds)[number];

/** What the player shows. */
export interface Shown {
  readonly state: LiveState;
  readonly today: Today;
}

const pageSize = 1000;
const readAhead = 200; // events; below it the next page is asked for
const clocksMs = 2_000; // what this machine's clock and the server's may differ by
const presentMs = 3_000; // as near to the present as one comes by playing

/** Shows the past as it was known, from a snapshot of a moment and then by the log alone, so that playing on costs no snapshot. */
export class Player {
  moment: number;
  status: PlayerStatus = 'loading';
  playing = false;
  speed: Speed = 10;
  shown: Shown | null = null;
  /** How often a snapshot was taken: between two of them, what comes comes by playing on. */
  snapshots = 0;
  /** Events that are read and lie ahead, oldest first. */
  private ahead: LogEvent[] = [];
  /** Until there the log is read: the last event of a page, or the moment at which the log was read to its end. */
  private readUntil = 0;
  private readSeq = 0;
  /** Moments of landmarks that lie behind, newest last. */
  private behind: number[] = [];
  private turn = 0;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly source: PastSource,
    moment: number,
    private readonly now: () => number,
    private readonly changed: () => void,
    /** Playing on reached the present. */
    private readonly arrived: () => void,
  ) {
    this.moment = moment;
  }

  /** A moment is meant and not asked for yet: answers that are on their way are of another one. */
  aim(moment: number): void {
    this.turn += 1;
    this.moment = moment;
    this.status = 'loading';
    this.changed();
  }

  /** Moves to a moment. Whoever asks again meanwhile is the one who is answered. */
  async seek(moment: number): Promise<void> {
    this.aim(moment);
    const { turn } = this;
    try {
      const [counties, fires, violations] = await Promise.all([this.source.counties(moment), this.source.burning(moment), this.source.openViolations(moment)]);
      const { epoch, seq } = counties.asOf;
      // The three answers name the same place, unless the log was replaced between them.
      if ([...fires, ...violations].some((l) => l.asOf.epoch !== epoch || l.asOf.seq !== seq)) throw new TypeError('The log was replaced.');
      const past = seq === 0 ? [] : await this.source.latest(seq, epoch);
      if (turn !== this.turn) return;
      const state = fromSnapshot({
        fires: { features: fires.flatMap((l) => l.features), asOf: { epoch, seq } },
        violations: { features: violations.flatMap((l) => l.features), asOf: { epoch, seq } },
        past,
      });
      this.shown = { state, today: todayOf(counties.features) };
      this.behind = past.filter(isLandmark).map(momentOf);
      [this.ahead, this.readSeq, this.readUntil, this.reading] = [[], seq, moment, null];
      this.status = 'ready';
      this.snapshots += 1;
      void this.read();
    } catch (error) {
      if (turn !== this.turn) return;
      this.status = error instanceof ApiProblem && error.status === 410 ? 'forgotten' : 'failed';
      this.playing = false;
    }
    this.changed();
  }

  /** So much time passed in the world. */
  tick(elapsedMs: number): void {
    if (!this.playing || (this.status !== 'ready' && this.status !== 'waiting')) return;
    this.advance(this.moment + elapsedMs * this.speed);
  }

  play(playing: boolean): void {
    this.playing = playing && this.status !== 'forgotten' && this.status !== 'failed';
    this.changed();
  }

  /** To the next event that is one to look at; plays no further than the log is read. */
  async next(): Promise<void> {
    if (this.shown === null || this.status === 'loading') return;
    const { turn } = this;
    for (;;) {
      const there = this.ahead.find((e) => isLandmark(e) && momentOf(e) > this.moment);
      if (there !== undefined) {
        this.advance(momentOf(there));
        return;
      }
      const before = this.readSeq;
      await this.read();
      if (turn !== this.turn || this.status === 'failed') return;
      if (this.readSeq === before) {
        this.arrived();
        return;
      }
    }
  }

  /** The moment of the last event to look at before this one; null where none is known. */
  previous(): number | null {
    return this.behind.findLast((at) => at < this.moment) ?? null;
  }

  private advance(to: number): void {
    const reached = Math.min(to, this.readUntil);
    const due = this.ahead.findIndex((e) => momentOf(e) > reached);
    const events = this.ahead.splice(0, due < 0 ? this.ahead.length : due);
    // What a clearing leaves of the day is the server's to count.
    if (events.some((e) => e.type === 'simulation.cleared')) {
      void this.seek(reached);
      return;
    }
    if (this.shown !== null) {
      const { state, today } = this.shown;
      this.shown = { state: events.length === 0 ? state : applyEvents(state, events, true), today: countToday(today, events, this.moment, reached) };
      this.behind.push(...events.filter(isLandmark).map(momentOf));
    }
    this.moment = reached;
    this.status = reached < to ? 'waiting' : 'ready';
    if (reached < to || this.ahead.length < readAhead) void this.read();
    if (to >= this.now() - presentMs) this.arrived();
    this.changed();
  }

  /** Reads the next page, once at a time; where the log ended, what was added since. */
  private read(): Promise<void> {
    if (this.reading !== null || this.shown === null) return this.reading ?? Promise.resolve();
    // At its end the log is known until the moment of asking.
    const asked = this.now() - clocksMs;
    if (this.ahead.length >= pageSize || (this.ahead.length > 0 && this.readUntil > this.moment + 60_000 * this.speed) || asked <= this.readUntil) return Promise.resolve();
    const { turn } = this;
    this.reading = this.source.after(this.readSeq, this.shown.state.epoch).then(
      ({ events }) => {
        if (turn !== this.turn) return;
        this.ahead.push(...events);
        this.readSeq = events.at(-1)?.seq ?? this.readSeq;
        this.readUntil = events.length < pageSize ? Math.max(asked, this.readUntil) : Date.parse(events.at(-1)?.at ?? '');
        this.reading = null;
      },
      (error: unknown) => {
        if (turn !== this.turn) return;
        this.reading = null;
        this.status = error instanceof ApiProblem && error.status === 410 ? 'forgotten' : 'failed';
        this.playing = false;
        this.changed();
      },
    );
    return this.reading;
  }

  numbers(outlines: readonly County[]): CountyNumbers | null {
    return this.shown === null ? null : numbersOf(outlines, this.shown.state, this.shown.today, this.moment);
  }
}
