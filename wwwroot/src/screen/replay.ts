import * as calls from '../api/calls';
import { serverNow } from '../api/http';
import type { CountyNumbers } from '../live/counties';
import { Player, type PastSource, type Speed } from '../live/player';
import { isBurning, type LiveState } from '../live/state';
import { streamReach } from '../live/stream';
import type { ReplayView } from './model';

/** The wall, as far as a replay moves it. */
export interface Stage {
  /** What stands at the replayed moment. `jumped`: not by playing on. Returns how many violations the map does not draw. */
  show(state: LiveState, numbers: CountyNumbers, moment: number, jumped: boolean): number;
  /** The banner and the bar say something else now. */
  told(view: ReplayView | null): void;
  /** What is, as the log has it by now. */
  live(state: LiveState | null, numbers: CountyNumbers | null): void;
}

const tickMs = 250;
const calmTickMs = 1000;
const settleMs = 180; // a hand that drags rests so long before the server is asked

/** Shows the past while the present goes on unseen, and lets the present in again as it is by then. */
export class Replay {
  private player: Player | null = null;
  private state: LiveState | null = null;
  private numbers: CountyNumbers | null = null;
  private news: ReplayView['news'] = null;
  private notDrawn = 0;
  private shown: unknown = null;
  private snapshots = 0;
  private timer: ReturnType<typeof setInterval> | null = null;
  private settling: ReturnType<typeof setTimeout> | null = null;
  private said = '';
  /** The numbers that the stage shows. */
  private drawn = '';
  private speed: Speed = 10;

  constructor(
    private readonly stage: Stage,
    private readonly calm: () => boolean,
  ) {}

  get isOn(): boolean {
    return this.player !== null;
  }

  get moment(): number | undefined {
    return this.player === null ? undefined : Math.floor(this.player.moment / 1000) * 1000;
  }

  /** The present goes on. True where it is not to be shown now. */
  keepsState(state: LiveState): boolean {
    const before = this.state;
    this.state = state;
    if (this.player === null) return false;
    const fresh = before === null ? [] : [...state.fires.values()].filter((f) => isBurning(f) && !before.fires.has(f.id) && severityOf(state, f.properties.violation) === 'critical');
    const [newest] = fresh;
    if (newest !== undefined) this.news = { county: newest.properties.county, at: Date.parse(newest.properties.knownAt) };
    this.tell();
    return true;
  }

  keepsNumbers(numbers: CountyNumbers): boolean {
    const first = this.numbers === null;
    this.numbers = numbers;
    if (this.player === null) return false;
    if (first) this.draw();
    return true;
  }

  /** @param settle Wait for a hand that is still moving. */
  seek(moment: number, settle = false): void {
    if (moment >= serverNow()) {
      this.leave();
      return;
    }
    this.player ??= this.start(moment);
    const { player } = this;
    player.aim(moment);
    if (this.settling !== null) clearTimeout(this.settling);
    this.settling = setTimeout(() => void player.seek(moment), settle ? settleMs : 0);
  }

  private start(moment: number): Player {
    const player = new Player(past, moment, serverNow, () => this.draw(), () => this.leave());
    player.speed = this.speed;
    let before = performance.now();
    this.timer = setInterval(() => {
      const now = performance.now();
      player.tick(now - before);
      before = now;
    }, this.calm() ? calmTickMs : tickMs);
    return player;
  }

  leave(): void {
    if (this.player === null) return;
    if (this.timer !== null) clearInterval(this.timer);
    if (this.settling !== null) clearTimeout(this.settling);
    [this.player, this.timer, this.settling, this.news, this.shown, this.notDrawn, this.said] = [null, null, null, null, null, 0, ''];
    this.stage.told(null);
    this.stage.live(this.state, this.numbers);
  }

  toggle(): void {
    this.player?.play(!this.player.playing);
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    if (this.player !== null) this.player.speed = speed;
    this.tell();
  }

  next(): void {
    void this.player?.next();
  }

  previous(): void {
    const there = this.player?.previous() ?? null;
    if (there !== null) this.seek(there);
  }

  retry(): void {
    if (this.player !== null) this.seek(this.player.moment);
  }

  /** What changed on the stage, and nothing else. */
  private draw(): void {
    const { player } = this;
    if (player === null) return;
    if (player.shown !== null && player.status !== 'loading' && this.numbers !== null) {
      const numbers = player.numbers(this.numbers.counties);
      const jumped = this.shown === null || player.snapshots !== this.snapshots;
      const version = player.shown.state === this.shown ? JSON.stringify(numbers?.counties.map((c) => c.properties.summary)) : null;
      if (numbers !== null && (version === null || version !== this.drawn)) {
        this.drawn = JSON.stringify(numbers.counties.map((c) => c.properties.summary));
        this.notDrawn = this.stage.show(player.shown.state, numbers, player.moment, jumped);
        this.shown = player.shown.state;
        this.snapshots = player.snapshots;
      }
    }
    this.tell();
  }

  private tell(): void {
    const { player } = this;
    if (player === null) return;
    const view: ReplayView = { moment: player.moment, status: player.status, playing: player.playing, speed: player.speed, notDrawn: this.notDrawn, news: this.news, isBlank: player.shown?.state.seq === 0 };
    const said = JSON.stringify(view);
    if (said === this.said) return;
    this.said = said;
    this.stage.told(view);
  }
}

const severityOf = (state: LiveState, violation: string | null): string | undefined => state.violations.get(violation ?? '')?.properties.severity;

const past: PastSource = {
  counties: (moment) => calls.pastNumbers(moment),
  burning: (moment) => calls.allPages(calls.pastFiresPage(moment)),
  openViolations: (moment) => calls.allPages(calls.pastViolationsPage(moment)),
  latest: async (until, epoch) => (await calls.latestEvents(until, epoch, streamReach)).events,
  after: (seq, epoch) => calls.newsAfter(seq, epoch),
};
