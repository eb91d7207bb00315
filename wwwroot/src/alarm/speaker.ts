/** What makes the sound. Browsers let a page be heard only after somebody touched it. */
export interface Speaker {
  /** It would be heard now. */
  readonly ready: boolean;
  /** To be called from a click or key: asks to be let be heard. */
  open(): void;
  /** Two tones, one time. */
  chime(): void;
}

/** Hz and seconds: a falling fourth and more, as heard through a room's talk. */
const tones = [{ hertz: 880, at: 0, long: 0.26 }, { hertz: 622, at: 0.3, long: 0.42 }] as const;
const loud = 0.5;
/** Seconds within which a tone comes and goes, so that it does not click. */
const slope = 0.02;

/** Synthesised, so that no file has to be there. */
export function createSpeaker(changed: () => void): Speaker {
  let context: AudioContext | null = null;
  const make = (): AudioContext | null => {
    if (typeof AudioContext === 'undefined') return null;
    const made = new AudioContext();
    made.addEventListener('statechange', changed);
    return made;
  };
  const sound = (on: AudioContext, { hertz, at, long }: (typeof tones)[number]): void => {
    const begin = on.currentTime + at;
    const gain = new GainNode(on, { gain: 0 });
    const tone = new OscillatorNode(on, { type: 'triangle', frequency: hertz });
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(loud, begin + slope);
    gain.gain.setValueAtTime(loud, begin + long - slope);
    gain.gain.linearRampToValueAtTime(0, begin + long);
    tone.connect(gain).connect(on.destination);
    // A wall runs for weeks: what has sounded is taken apart.
    tone.addEventListener('ended', () => { tone.disconnect(); gain.disconnect(); });
    tone.start(begin);
    tone.stop(begin + long);
  };
  return {
    get ready() { return context?.state === 'running'; },
    open() {
      context ??= make();
      if (context !== null && context.state !== 'running') context.resume().then(changed, () => {}); // refused: it is said that it is not ready
    },
    chime() {
      if (context?.state !== 'running') return;
      for (const tone of tones) sound(context, tone);
    },
  };
}
