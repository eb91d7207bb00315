import { words } from '../i18n';
import { h, setAttribute } from './dom';

/** What the bar reaches over: unix ms. `end` is the present. */
export interface Reach {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The moment for a key, by steps of a bin and of eight; null for a key that is none of the slider's. The end is the present. */
export function momentForKey(key: string, moment: number, { start, end, step }: Reach): number | null {
  const move: Record<string, number> = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -8 * step, PageUp: 8 * step };
  if (key === 'Home') return start;
  if (key === 'End') return end;
  const by = move[key];
  return by === undefined ? null : Math.max(start, Math.min(end, moment + by));
}

const nearEnd = 0.004; // of the width: who lets go there means now

/** A share of the width as a moment. */
export function momentAt(share: number, { start, end }: Reach): number {
  const within = Math.max(0, Math.min(1, share));
  return within > 1 - nearEnd ? end : start + within * (end - start);
}

/**
 * Lies over the bars: a slider for keyboard, mouse and finger, with a playhead.
 * @param describe Says what happened about a moment, for whoever points there.
 */
export function createTimeSlider(actions: { seek(moment: number, settle: boolean): void }, describe: (moment: number) => string) {
  const head = h('i', { class: 'playhead' });
  const hint = h('i', { class: 'hover-line' });
  const element = h('div', { class: 'slider', role: 'slider', tabindex: '0' }, hint, head);
  let reach: Reach = { start: 0, end: 1, step: 1 };
  let moment = 1;
  let dragging = false;

  const at = (event: PointerEvent): number => {
    const box = element.getBoundingClientRect();
    return momentAt((event.clientX - box.left) / Math.max(1, box.width), reach);
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    dragging = true;
    element.setPointerCapture(event.pointerId);
    actions.seek(at(event), true);
  });
  element.addEventListener('pointermove', (event) => {
    hint.style.left = `${(((event.clientX - element.getBoundingClientRect().left) / Math.max(1, element.clientWidth)) * 100).toFixed(2)}%`;
    element.title = describe(at(event));
    if (dragging) actions.seek(at(event), true);
  });
  const drop = (event: PointerEvent): void => {
    if (!dragging) return;
    dragging = false;
    actions.seek(at(event), false);
  };
  element.addEventListener('pointerup', drop);
  element.addEventListener('pointercancel', () => { dragging = false; });
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const there = momentForKey(event.key, moment, event.shiftKey ? { ...reach, step: 60_000 } : reach);
    if (there === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (there !== moment) actions.seek(there, true);
  });

  /** @param shown Null in the present. */
  const render = (over: Reach, shown: number | null, text: string): void => {
    reach = over;
    moment = shown ?? over.end;
    const share = (moment - over.start) / Math.max(1, over.end - over.start);
    const place = `${(Math.max(0, Math.min(1, share)) * 100).toFixed(3)}%`;
    if (head.style.left !== place) head.style.left = place;
    element.classList.toggle('outside', share < 0);
    setAttribute(element, 'aria-label', words().timeSlider);
    setAttribute(element, 'aria-valuemin', String(Math.round(over.start / 1000)));
    setAttribute(element, 'aria-valuemax', String(Math.round(over.end / 1000)));
    setAttribute(element, 'aria-valuenow', String(Math.round(Math.max(over.start, moment) / 1000)));
    setAttribute(element, 'aria-valuetext', text);
  };
  return { element, render };
}
