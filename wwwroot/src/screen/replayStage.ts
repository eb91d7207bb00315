import { serverNow } from '../api/http';
import type { Span } from '../api/types';
import { words } from '../i18n';
import type { CountyNumbers } from '../live/counties';
import { blankNumbers } from '../live/past';
import type { LiveState } from '../live/state';
import type { WallMap } from '../map/wallMap';
import { createActivityBar, spanFor } from './activityBar';
import { h, setText } from './dom';
import type { Model } from './model';
import { Replay } from './replay';
import { createReplayBanner } from './replayBanner';

/** What the stage needs of the wall. */
export interface Wall {
  readonly model: Model;
  map(): WallMap | null;
  state(state: LiveState): void;
  /** The state as it is looked at. */
  seen(state: LiveState): LiveState;
  fires(state: LiveState, announce: boolean): void;
  numbers(numbers: CountyNumbers): void;
  outlines(counties: CountyNumbers['counties']): void;
  figures(): void;
  address(): void;
  render(): void;
}

const addressEveryMs = 5000; // browsers take a hundred changes of the address in half a minute, and no more

/** Time on the wall: bar, banner and frame, and what of the wall follows them. */
export function createReplayStage(wall: Wall, calm: () => boolean) {
  const { model } = wall;
  let written = 0;
  const drawPast = (state: LiveState, moment: number): number => wall.map()?.setPast([...wall.seen(state).violations.values()], moment) ?? 0;
  const replay = new Replay({
    show: (state, numbers, moment, jumped) => {
      model.state = state;
      const notDrawn = drawPast(state, moment);
      wall.fires(state, !jumped);
      wall.numbers(numbers);
      return notDrawn;
    },
    told: (view) => {
      model.replay = view;
      if (view?.playing !== true || performance.now() - written > addressEveryMs) {
        written = performance.now();
        wall.address();
      }
      wall.render();
    },
    // As it would be had nobody looked back.
    live: (state, numbers) => {
      wall.map()?.setPast(null, null);
      [model.state, model.numbers] = [null, numbers];
      if (state !== null) wall.state(state);
      if (numbers !== null) wall.numbers(numbers);
      wall.render();
    },
  }, calm);
  const showSpan = (span: Span): void => {
    if (span === model.span) return;
    [model.span, model.activity, model.activityFailed] = [span, null, false];
    wall.figures();
    wall.render();
  };
  const bar = createActivityBar({
    span: showSpan, seek: (moment, settle) => replay.seek(moment, settle), speed: (speed) => replay.setSpeed(speed),
    toggle: () => replay.toggle(), next: () => replay.next(), previous: () => replay.previous(),
  });
  const { element: banner, frame, render: renderBanner } = createReplayBanner({ live: () => replay.leave(), retry: () => replay.retry() });
  const note = h('p', { class: 'replay-note', hidden: '' });

  return {
    bar,
    banner,
    frame,
    /** For the card: what it tells is as known now. */
    note,
    get time(): { time?: number } {
      return replay.moment === undefined ? {} : { time: replay.moment };
    },
    /** True where the present is not to be shown now. */
    keepsState: (state: LiveState): boolean => replay.keepsState(state),
    keepsNumbers: (numbers: CountyNumbers): boolean => {
      if (!replay.keepsNumbers(numbers)) return false;
      if (model.numbers === null) wall.outlines(blankNumbers(numbers.counties));
      return true;
    },
    leave: () => replay.leave(),
    /** Another filter looks at the same moment. */
    again: (): void => {
      if (model.replay !== null && model.state !== null) drawPast(model.state, model.replay.moment);
    },
    /** False where nothing is replayed. */
    key: (act: 'toggle' | 'next' | 'previous'): boolean => {
      if (replay.isOn) replay[act]();
      return replay.isOn;
    },
    /** The moment that an address names. */
    follow: (time: number | undefined): void => {
      if (time === undefined) replay.leave();
      else if (time !== replay.moment) {
        showSpan(spanFor(time, serverNow()));
        replay.seek(time);
      }
    },
    render: (now: number): void => {
      renderBanner(model, now);
      note.hidden = model.replay === null;
      setText(note, words().replayCard);
    },
  };
}
