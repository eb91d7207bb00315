import type { Speaker } from './speaker';

/** Quiet: nothing to be heard. Blocked: it ought to sound, and the browser waits for a click. */
export type SirenState = 'quiet' | 'sounding' | 'muted' | 'blocked';

export const everyMs = 2400;

const storageKey = 'airmap.alarm.muted';

type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** The sound of one screen: repeated as long as something calls for it, unless this screen is muted or may not be heard yet. */
export class Siren {
  private wanted = false;
  private silenced: boolean;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly speaker: Speaker, private readonly memory: Memory | null) {
    this.silenced = recall(memory);
  }

  get state(): SirenState {
    if (!this.wanted) return 'quiet';
    if (this.silenced) return 'muted';
    return this.speaker.ready ? 'sounding' : 'blocked';
  }

  /** Something calls for it, heard or not. */
  get isWanted(): boolean {
    return this.wanted;
  }

  get isMuted(): boolean {
    return this.silenced;
  }

  /** Whether it would be heard, were there something. */
  get isReady(): boolean {
    return this.speaker.ready;
  }

  want(is: boolean): void {
    this.wanted = is;
    // The sound of a screen may have been taken away (asleep, its loudspeaker unplugged) and be there again.
    if (is && !this.speaker.ready) this.speaker.open();
    this.follow();
  }

  mute(is: boolean): void {
    this.silenced = is;
    try {
      this.memory?.setItem(storageKey, is ? '1' : '0');
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
    this.follow();
  }

  /** From a click or key. */
  open(): void {
    this.speaker.open();
    this.follow();
  }

  /** What it hangs on changed: begins at once, and ends at once. */
  follow(): void {
    const sounds = this.state === 'sounding';
    if (sounds === (this.timer !== null)) return;
    if (this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
    } else {
      this.speaker.chime();
      this.timer = setInterval(() => this.speaker.chime(), everyMs);
    }
  }
}

function recall(memory: Memory | null): boolean {
  try {
    return memory?.getItem(storageKey) === '1';
  } catch {
    return false;
  }
}
