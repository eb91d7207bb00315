import { acknowledgeAlarm, openAlarmsPage, type Alarm } from '../api/alarms';
import { allPages } from '../api/calls';
import { ApiProblem } from '../api/http';
import type { LogEvent } from '../api/types';
import { alarmWords } from '../i18n/alarms';
import { AlarmBook, toAttend } from '../live/alarms';
import type { MapTarget } from '../map/target';
import type { Model } from '../screen/model';
import type { Tour } from '../screen/tour';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { Siren, type SirenState } from './siren';
import { createSpeaker } from './speaker';
import { createAlarmStrip } from './strip';

export interface AlarmPlace {
  readonly model: Model;
  readonly tour: Tour;
  /** Somebody is in the middle of something that must not be taken from under his hands. */
  isBusy(): boolean;
  live(): void;
  /** Where the focus goes when what had it is gone. */
  focus(): void;
  render(): void;
}

/** For tests and support, as `window.airmap.alarm`. */
export interface AlarmHook {
  readonly state: SirenState;
  /** Something calls for a sound, heard or not. */
  readonly wanted: boolean;
  readonly open: number;
  /** Of the oldest open alarm. */
  readonly violation: string | null;
}

export const targetOf = ({ properties: p }: Alarm): MapTarget => (p.subject.kind === 'fire' ? { kind: 'fire', id: p.subject.id } : { kind: 'violation', id: p.violation });

/** Longer than between two taps of one hand. */
const calmMs = 600;

/** Alarms on the wall: what is open, heard, flown to and acknowledged. */
export function createAlarm(place: AlarmPlace) {
  const { model } = place;
  /** The newest alarm that the wall has not gone to yet. */
  let waiting: Alarm | null = null;
  let problem: string | null = null;
  /** The tour stands aside. */
  let interrupted = false;
  const busy = new Set<string>();
  /** `performance.now()` until which the next alarm is not seen to: a second tap was meant for the one before. */
  let calmUntil = 0;

  let opened = false;
  const book: AlarmBook = new AlarmBook(() => allPages(openAlarmsPage()), (fresh) => {
    const { open } = book.alarms;
    waiting = toAttend(waiting, fresh, open, !opened && place.tour.rotates);
    opened = true;
    siren.want(open.some((a) => a.properties.sounds));
    if (open.length === 0) {
      problem = null;
      if (interrupted) place.tour.resume();
      interrupted = false;
      if (strip.holdsFocus) place.focus();
    }
    place.render();
    if (fresh.length > 0) attend();
  });
  const siren = new Siren(createSpeaker(() => { siren.follow(); place.render(); }), storage());

  const go = (alarm: Alarm): void => {
    waiting = null;
    interrupted = true;
    place.tour.interrupt(targetOf(alarm));
  };
  /** Goes to what is new, once the wall knows the case itself, shows the present, and is not in anybody's hands. */
  const attend = (): void => {
    if (waiting === null || model.state === null || model.replay !== null || place.isBusy()) return;
    if (model.state.violations.has(waiting.properties.violation)) go(waiting);
  };

  const acknowledge = async (alarm: Alarm | undefined): Promise<void> => {
    if (alarm === undefined || performance.now() < calmUntil || busy.has(alarm.id) || !may(rights.alarms)) return;
    busy.add(alarm.id);
    problem = null;
    place.render();
    try {
      const known = await acknowledgeAlarm(alarm.id);
      calmUntil = performance.now() + calmMs;
      book.learn(known);
    } catch (error) {
      const w = alarmWords();
      problem = !(error instanceof ApiProblem) ? w.uncertain : w.failed(error.status === 404 ? w.gone : error.status === 403 ? w.mayNot : error.message);
    }
    busy.delete(alarm.id);
    place.render();
  };
  /** As the touch of the sound's button began: by its end some browsers have opened the sound themselves, and the click was for that. Null where a click came without a touch. */
  let wasReady: boolean | null = null;
  const strip = createAlarmStrip(siren, {
    acknowledge: (alarm) => void acknowledge(alarm),
    show: (alarm) => { place.live(); go(alarm); },
    live: () => {
      place.live();
      attend();
    },
    sound: () => {
      if (siren.isMuted) siren.mute(false);
      else if (wasReady ?? siren.isReady) siren.mute(true);
      wasReady = null;
      siren.open();
      place.render();
    },
  });
  // Whatever is touched first lets the page be heard; a wall that was started so may be heard at once.
  for (const touch of ['pointerdown', 'keydown'] as const) {
    addEventListener(touch, (event) => {
      if (strip.isSoundButton(event.target)) wasReady = siren.isReady;
      else if (!siren.isReady) siren.open();
    });
  }
  siren.open();

  const hook: AlarmHook = {
    get state() { return siren.state; },
    get wanted() { return siren.isWanted; },
    get open() { return book.alarms.open.length; },
    get violation() { return book.alarms.open[0]?.properties.violation ?? null; },
  };
  return {
    element: strip.element,
    hook,
    heard: (events: readonly LogEvent[] | null): void => book.heard(events),
    attend,
    /** The oldest one, by the key. */
    acknowledge: (): void => void acknowledge(book.alarms.open[0]),
    get isOpen(): boolean {
      return book.alarms.open.length > 0;
    },
    render: (): void => {
      strip.render({ alarms: book.alarms, may: may(rights.alarms), busy, problem }, model);
      attend();
    },
  };
}

/** Null where the browser forbids it. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
