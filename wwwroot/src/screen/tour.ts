import { tourWords } from '../i18n/tour';
import type { MapTarget, MapView } from '../map/target';
import { h, setAttribute, setText, svg } from './dom';
import { countyName, type Model } from './model';
import { Rotation } from './rotation';
import { stopsOf, type Stop, type TourSettings } from './tourOrder';

/** For whoever has something more urgent to show. */
export interface Tour {
  /** Stops the rotation, selects the target and flies there. Without a rotation it remembers what was shown. */
  interrupt(target: MapTarget): void;
  /** Counties are shown one after the other, or will be once nobody uses the wall. */
  readonly rotates: boolean;
  /** Goes on where it stopped, or shows again what was shown; not while somebody uses the wall. */
  resume(): void;
}

/** What was shown before an interruption; no view stands for the whole city. */
export interface Place {
  readonly view: MapView | null;
  readonly selected: MapTarget | null;
}

/** What the tour needs of the wall. */
export interface TouredWall {
  readonly model: Model;
  /** Opens the card and flies there; null is the whole city. */
  show(target: MapTarget | null): void;
  here(): Place;
  back(place: Place): void;
  /** Something is open that must not be taken away. */
  busy(): boolean;
}

export type TourAct = 'toggle' | 'next' | 'previous';

const icons = { pause: 'M2 1h2.6v8H2zM5.4 1H8v8H5.4z', play: 'M2 .8v8.4L9 5z', previous: 'M7.5 1v8L2 5z', next: 'M2.5 1v8L8 5z' };
const everyMs = 1000;

/** Shows county after county while nobody uses the wall, and says so in a corner of the map. */
export function createTour(wall: TouredWall, settings: TourSettings | null, now: () => number = () => performance.now()) {
  const { model } = wall;
  const rotation = settings === null ? null : new Rotation(settings, () => stopsOf(model.numbers?.counties ?? [], settings), (stop) => wall.show(stop === null ? null : { kind: 'county', id: stop }));
  const chip = createChip();
  let left: Place | null = null;
  let usedAt = Number.NEGATIVE_INFINITY;
  let interruptedAt = 0;

  const act = (what: TourAct): void => {
    if (what === 'toggle') rotation?.toggle(now());
    else rotation?.step(now(), what === 'next' ? 1 : -1);
    render();
  };
  for (const what of ['toggle', 'next', 'previous'] as const) chip.buttons[what].addEventListener('click', () => act(what));

  const nameOf = (stop: Stop | undefined): string => (stop === undefined ? '' : stop === null ? tourWords().wholeCity : countyName(model, stop));
  const stateOf = (tour: Rotation): string => {
    const w = tourWords();
    const seconds = Math.ceil((tour.remainingMs(now()) ?? 0) / 1000);
    if (tour.status === 'paused') return w.paused;
    if (tour.status === 'interrupted') return w.interrupted;
    return tour.status === 'resting' ? w.resting(seconds) : w.nextIn(seconds, nameOf(tour.upcoming));
  };
  const render = (): void => {
    chip.element.hidden = rotation === null || model.replay !== null || rotation.status === 'waiting';
    if (rotation === null || chip.element.hidden) return;
    const share = rotation.status === 'running' && settings !== null ? 1 - (rotation.remainingMs(now()) ?? 0) / settings.everyMs : 0;
    chip.say(nameOf(rotation.current), rotation.current === undefined ? '' : tourWords().place(...rotation.progress), stateOf(rotation), rotation.status, share);
  };

  if (rotation !== null) {
    setInterval(() => {
      rotation.tick(now(), wall.busy());
      render();
    }, everyMs);
  }
  const tour: Tour = {
    rotates: rotation !== null,
    interrupt(target) {
      left ??= wall.here();
      interruptedAt = now();
      rotation?.interrupt();
      wall.show(target);
      render();
    },
    resume() {
      const place = left;
      left = null;
      if (rotation !== null) rotation.resume(now());
      // Who used the wall meanwhile has seen to what it shows.
      else if (place !== null && usedAt < interruptedAt) wall.back(place);
      render();
    },
  };
  return {
    ...tour,
    element: chip.element,
    render,
    /** What the wall shows is the tour's, or what it stands aside for: the address stays the link that somebody gave. */
    get drives(): boolean {
      return rotation !== null && (left !== null || rotation.status === 'running');
    },
    /** Something more urgent leads the wall. */
    get interrupted(): boolean {
      return left !== null;
    },
    /** Somebody uses the wall; what is done to the tour itself is no such use. */
    used(event: Event): void {
      if (event.target instanceof Node && chip.element.contains(event.target)) return;
      usedAt = now();
      rotation?.touch(usedAt);
    },
    /** A link that shows something is looked at first. */
    restFirst(): void {
      rotation?.touch(now());
    },
    /** False where there is no tour to lead, and the key is not ours. */
    key(what: TourAct): boolean {
      if (!this.takesKeys) return false;
      act(what);
      return true;
    },
    get takesKeys(): boolean {
      return rotation !== null && model.replay === null && rotation.status !== 'waiting';
    },
  };
}

function createChip() {
  const icon = (of: keyof typeof icons): SVGSVGElement => svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, svg('path', { d: icons[of] }));
  const buttons = { previous: h('button', { type: 'button' }, icon('previous')), toggle: h('button', { type: 'button' }, icon('pause')), next: h('button', { type: 'button' }, icon('next')) };
  const [title, place, where, state, passed] = [h('span', { class: 'title' }), h('span', { class: 'place' }), h('b'), h('span', { class: 'state' }), h('i')] as const;
  const element = h('section', { class: 'tour', hidden: '' }, h('p', {}, title, where, place), h('p', {}, state), h('div', { class: 'acts' }, buttons.previous, buttons.toggle, buttons.next), h('div', { class: 'passed', 'aria-hidden': 'true' }, passed));
  return {
    element,
    buttons,
    say(name: string, number: string, text: string, status: string, share: number): void {
      const w = tourWords();
      const stands = status === 'paused';
      setAttribute(element, 'aria-label', w.title);
      setAttribute(element, 'data-status', status);
      setText(title, w.title);
      setText(where, name);
      setText(place, number);
      setText(state, text);
      passed.style.scale = `${share.toFixed(3)} 1`;
      setAttribute(buttons.previous, 'aria-label', w.previous);
      setAttribute(buttons.next, 'aria-label', w.next);
      setAttribute(buttons.toggle, 'aria-label', stands ? w.goOn : w.pause);
      setAttribute(buttons.toggle.firstElementChild?.firstElementChild as Element, 'd', stands ? icons.play : icons.pause);
    },
  };
}
