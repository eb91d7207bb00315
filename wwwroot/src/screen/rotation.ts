import type { Stop, TourSettings } from './tourOrder';

/** `resting`: somebody uses the wall, or did a moment ago; `interrupted`: something else leads it. */
export type RotationStatus = 'waiting' | 'running' | 'paused' | 'resting' | 'interrupted';

const remembered = 50; // stops that "previous" leads back to

/**
 * Which stop is shown, and for how long. Order and numbers may change under way: what comes next is the worst that was not shown in this round.
 * All times are milliseconds of one clock that never runs back.
 */
export class Rotation {
  status: RotationStatus = 'waiting';
  private until = 0;
  private touchedAt = Number.NEGATIVE_INFINITY;
  private before: RotationStatus = 'waiting';
  private readonly shown = new Set<Stop>();
  private trail: Stop[] = [];
  private place = -1;

  constructor(
    private readonly settings: Pick<TourSettings, 'everyMs' | 'restMs'>,
    private readonly stops: () => readonly Stop[],
    private readonly go: (stop: Stop) => void,
  ) {}

  /** Undefined before the first stop. */
  get current(): Stop | undefined {
    return this.trail[this.place];
  }

  /** Undefined while there is nowhere to go. */
  get upcoming(): Stop | undefined {
    if (this.place < this.trail.length - 1) return this.trail[this.place + 1];
    const stops = this.stops();
    // By their places: the whole city is null, and a stop like any other.
    const fresh = stops.findIndex((stop) => !this.shown.has(stop));
    return stops[fresh >= 0 ? fresh : Math.max(0, stops.findIndex((stop) => stop !== this.current))];
  }

  /** Of this round: the current stop's number, from 1, and how many there are. */
  get progress(): readonly [number, number] {
    return [Math.max(1, this.shown.size), this.stops().length];
  }

  /** Until the next stop, or until it goes on by itself; null where neither comes by time. */
  remainingMs(now: number): number | null {
    return this.status === 'running' || this.status === 'resting' ? Math.max(0, this.until - now) : null;
  }

  /** Lets time pass. While the wall is busy the rest begins anew. */
  tick(now: number, busy: boolean): void {
    if (busy) this.touch(now);
    if (this.status === 'waiting' && this.stops().length > 0) this.run(now);
    else if ((this.status === 'running' || this.status === 'resting') && now >= this.until) this.run(now);
  }

  /** Somebody uses the wall. */
  touch(now: number): void {
    this.touchedAt = now;
    if (this.status !== 'running' && this.status !== 'resting' && this.status !== 'waiting') return;
    this.status = 'resting';
    this.until = now + this.settings.restMs;
  }

  toggle(now: number): void {
    if (this.status === 'paused') this.run(now, this.current);
    else if (this.status !== 'interrupted') this.status = 'paused';
  }

  /** One stop on or back by hand. Who has paused it stays there. */
  step(now: number, by: 1 | -1): void {
    if (this.status === 'interrupted' || (by < 0 && this.place < 1)) return;
    const paused = this.status === 'paused';
    this.run(now, by < 0 ? this.trail[(this.place -= 1)] : undefined);
    if (paused) this.status = 'paused';
  }

  /** Something else leads the wall until `resume`. */
  interrupt(): void {
    if (this.status === 'interrupted') return;
    this.before = this.status;
    this.status = 'interrupted';
  }

  /** Goes on where it stopped; where somebody used the wall meanwhile, after a rest. */
  resume(now: number): void {
    if (this.status !== 'interrupted') return;
    this.status = this.before;
    if (this.before === 'paused') return;
    const rest = this.touchedAt + this.settings.restMs - now;
    if (rest > 0) [this.status, this.until] = ['resting', now + rest];
    else if (this.current !== undefined) this.run(now, this.current);
  }

  private run(now: number, to: Stop | undefined = undefined): void {
    const stop = to === undefined ? this.advance() : to;
    if (stop === undefined) return;
    this.status = 'running';
    this.until = now + this.settings.everyMs;
    this.go(stop);
  }

  private advance(): Stop | undefined {
    const next = this.upcoming;
    if (next === undefined) return undefined;
    if (this.place < this.trail.length - 1) {
      this.place += 1;
      return next;
    }
    if (this.shown.has(next)) this.shown.clear();
    this.shown.add(next);
    this.trail = [...this.trail, next].slice(-remembered);
    this.place = this.trail.length - 1;
    return next;
  }
}
