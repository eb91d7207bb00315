/** `ready`: the server has another build of this page; `failed`: it was taken and did not come; `broken`: a part of this page could not be loaded. */
export type UpgradeStatus = 'current' | 'ready' | 'failed' | 'broken';

/** The last time this window loaded itself again: for which build, and when (unix ms). */
export interface Attempt {
  readonly build: string;
  readonly at: number;
}

export interface AttemptMemory {
  read(): Attempt | null;
  write(attempt: Attempt): void;
}

/** How calm the wall is. */
export interface Calm {
  /** Unix ms. */
  readonly now: number;
  /** Since somebody used mouse or keyboard. */
  readonly idleMs: number;
  /** A form, a dialog, a replay or an alarm is open. */
  readonly busy: boolean;
}

export const calmAfterMs = 5 * 60_000;
export const againAfterMs = 60 * 60_000;

/** When a page that runs for weeks may load itself anew: for a build that it was told of, at a calm moment, and for each build once an hour at most. */
export class Upgrade {
  private offered: string | null = null;
  private isBroken = false;

  constructor(
    /** The build of this page; null of one that was not built, which is never replaced. */
    private readonly own: string | null,
    private readonly memory: AttemptMemory,
  ) {}

  /** The server would give out this build now. */
  hear(build: string): void {
    this.offered = build === this.own ? null : build;
  }

  /** Part of this page could not be loaded: the server may have another build, whose parts have other names. */
  break(): void {
    this.isBroken = true;
  }

  get status(): UpgradeStatus {
    if (this.own === null || (this.offered === null && !this.isBroken)) return 'current';
    if (this.memory.read()?.build === this.target) return 'failed';
    return this.isBroken ? 'broken' : 'ready';
  }

  /** The build that loading again would bring. */
  get target(): string {
    return this.offered ?? this.own ?? '';
  }

  isDue({ now, idleMs, busy }: Calm): boolean {
    const { status } = this;
    if (status === 'current' || busy) return false;
    if (status === 'failed' && now - (this.memory.read()?.at ?? 0) < againAfterMs) return false;
    return status === 'broken' || idleMs >= calmAfterMs;
  }

  /** The page is about to be loaded again, or could not be read. */
  tried(now: number): void {
    this.memory.write({ build: this.target, at: now });
  }
}
