import type { Alarm } from '../api/alarms';
import type { FeatureList, LogEvent } from '../api/types';

/** Which alarms are open, and what was last seen to. */
export interface Alarms {
  /** The oldest first: that is the order in which they are seen to. */
  readonly open: readonly Alarm[];
  /** The last one that somebody acknowledged or that ended by itself; null where none did since the page was opened. */
  readonly settled: Alarm | null;
}

export const noAlarms: Alarms = { open: [], settled: null };

const order = (a: Alarm, b: Alarm): number => a.properties.raisedAt.localeCompare(b.properties.raisedAt) || a.id.localeCompare(b.id);

/** The alarm as it is now takes the place of what was known of it. */
export function withAlarm(alarms: Alarms, alarm: Alarm): Alarms {
  const others = alarms.open.filter((a) => a.id !== alarm.id);
  return alarm.properties.status === 'open' ? { ...alarms, open: [...others, alarm].toSorted(order) } : { open: others, settled: alarm };
}

export function applyAlarms(alarms: Alarms, events: readonly LogEvent[]): Alarms {
  let now = alarms;
  for (const event of events) {
    if (event.type.startsWith('alarm.')) now = withAlarm(now, event.data as Alarm);
    else if (event.type === 'simulation.cleared') now = { open: now.open.filter((a) => !a.properties.simulated), settled: now.settled?.properties.simulated === true ? null : now.settled };
  }
  return now;
}

/**
 * The newest alarm that a wall has not gone to yet.
 * @param stops What a wall finds when it opens is no news, but no tour goes on over it.
 */
export function toAttend(waiting: Alarm | null, fresh: readonly Alarm[], open: readonly Alarm[], stops: boolean): Alarm | null {
  const next = fresh.at(-1) ?? (stops ? open.at(-1) : undefined) ?? waiting;
  return open.find((a) => a.id === next?.id) ?? null;
}

const longestPauseMs = 5000;

/** Keeps the open alarms: a snapshot, and the log from there. Whoever was cut off ends with the same ones. */
export class AlarmBook {
  alarms: Alarms = noAlarms;
  /** Events that came while the snapshot was on its way; null once there is one. */
  private waiting: LogEvent[] | null = [];
  /** Only the answer to the last question counts. */
  private asked = 0;
  private known = new Set<string>();
  private isFirst = true;

  constructor(
    private readonly read: () => Promise<FeatureList<Alarm>[]>,
    /** Something changed; `fresh` are open alarms that were not there before. Those that the page finds when it opens are no news. */
    private readonly changed: (fresh: readonly Alarm[]) => void,
    private readonly wait: (ms: number, then: () => void) => void = (ms, then) => void setTimeout(then, ms),
  ) {}

  /** @param events `null`: the log is to be read from a snapshot on. */
  heard(events: readonly LogEvent[] | null): void {
    if (events === null) {
      this.waiting = [];
      this.ask(0);
    } else if (this.waiting !== null) this.waiting.push(...events);
    else this.take(applyAlarms(this.alarms, events));
  }

  /** What the server answered to a change of one's own, before the log tells it. */
  learn(alarm: Alarm): void {
    this.take(withAlarm(this.alarms, alarm));
  }

  private ask(failures: number): void {
    this.asked += 1;
    const { asked } = this;
    this.read().then(
      (lists) => {
        if (asked !== this.asked) return;
        const since = Math.min(...lists.map((l) => l.asOf.seq));
        const open = lists.flatMap((l) => l.features);
        const missed = (this.waiting ?? []).filter((event) => event.seq > since);
        this.waiting = null;
        this.take(applyAlarms({ open: open.toSorted(order), settled: this.alarms.settled }, missed));
      },
      () => {
        if (asked === this.asked) this.wait(Math.min(longestPauseMs, 500 * 2 ** failures), () => { if (asked === this.asked) this.ask(failures + 1); });
      },
    );
  }

  private take(next: Alarms): void {
    if (next === this.alarms && !this.isFirst) return;
    this.alarms = next;
    const fresh = this.isFirst ? [] : next.open.filter((a) => !this.known.has(a.id));
    this.isFirst = false;
    this.known = new Set(next.open.map((a) => a.id));
    this.changed(fresh);
  }
}
