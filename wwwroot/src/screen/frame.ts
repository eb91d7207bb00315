import { language } from '../i18n';
import type { Box } from '../map/shapes';
import type { WallMap } from '../map/wallMap';
import { h } from './dom';

/** What is put together. */
export interface FrameParts {
  /** Numbers, articles, week, feeds, legend, ranking, stream, activity. */
  panels: [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  strip: { element: HTMLElement; edge: HTMLElement; banner: HTMLElement };
  alarm: HTMLElement;
  tools: readonly HTMLElement[];
  filter: HTMLElement;
  layers: HTMLElement;
  card: HTMLElement;
  precision: HTMLElement;
  replay: { frame: HTMLElement; banner: HTMLElement };
  over: readonly HTMLElement[];
}

const widestBar = 0.85; // of the map's width

export type Frame = ReturnType<typeof createFrame>;

/** Signs keep the wall's proportion, but on a narrow map they shrink, or they would hide the counties. */
const mapUnit = (unit: number, width: number): number => (Number.isFinite(unit) ? Math.min(unit, Math.max(5.5, width / 75)) : 10);

/** Where everything on the wall stands, and how much of the map is left free. */
export function createFrame({ panels: [numbers, articles, week, feeds, legend, ranking, stream, activity], strip, tools, filter, layers, card, precision, replay, over, alarm }: FrameParts) {
  const mapHost = h('div', { class: 'map' });
  const bar = h('div', { class: 'tools' }, ...tools);
  const stage = h('div', { class: 'stage' }, bar, filter, layers, card);
  const center = h('div', { class: 'center' }, alarm, stage);
  const left = h('div', { class: 'left' }, numbers, articles, week, feeds, legend);
  const root = h('div', { class: 'wall', tabindex: '-1' },
    strip.element,
    h('main', { class: 'contents' }, mapHost, center, left, h('div', { class: 'right' }, ranking, precision, stream), activity),
    replay.frame, replay.banner, strip.edge, strip.banner, ...over);

  const unitOf = (): number => Number.parseFloat(getComputedStyle(root).getPropertyValue('gap')) / 1.4;

  let room: Box | null = null;
  /** How often the room changed, and the rows that the left column was last fitted to. */
  let sizes = 0;
  let fitted = '';
  const heights = (): string => [left, numbers, articles, week, feeds, legend].map((e) => e.clientHeight).join();
  let settled = '';
  // What fitting itself changed is no news.
  const resized = new ResizeObserver(() => { if (heights() !== settled) sizes += 1; });
  for (const element of [left, numbers, articles, week, feeds, legend]) resized.observe(element);

  return {
    root,
    mapHost,
    /** The part of the map between the panels, in pixels of the map, and the wall's unit. */
    get view(): { box: Box; unit: number } {
      const [whole, free, unit] = [mapHost.getBoundingClientRect(), center.getBoundingClientRect(), unitOf()];
      const [west, north] = [Math.max(0, free.left - whole.left), Math.max(0, free.top - whole.top)];
      return { box: { left: west, top: north, right: Math.min(whole.width, free.right - whole.left), bottom: Math.min(whole.height, free.bottom - whole.top) }, unit: Number.isFinite(unit) ? unit : 10 };
    },
    /** What panels and the open card leave of the map, in its pixels. */
    get room(): Box {
      return room ?? { left: 0, top: 0, right: mapHost.clientWidth, bottom: mapHost.clientHeight };
    },
    onResize(told: () => void): void {
      for (const element of [stage, mapHost, replay.banner, filter]) new ResizeObserver(told).observe(element);
    },
    /** What other panels say in part goes first where the left column is too low for all. */
    makeRoom(): void {
      // To lay out six times for every event would cost more than all the rest of a drawing. Another number or age is no other height.
      const rows = `${sizes} ${left.getElementsByTagName('*').length} ${language()}`;
      if (rows === fitted) return;
      fitted = rows;
      const isShort = (): boolean => [left, legend].some((e) => e.scrollHeight > e.clientHeight + 1);
      for (const panel of [week, feeds]) panel.classList.remove('yields');
      legend.classList.remove('tight', 'tightest');
      for (const panel of [week, feeds]) panel.classList.toggle('yields', isShort());
      for (const step of ['tight', 'tightest']) legend.classList.toggle(step, isShort());
      // What does not fit even so scrolls, for the keyboard, too.
      if (legend.scrollHeight > legend.clientHeight + 1) legend.tabIndex = 0;
      else legend.removeAttribute('tabindex');
      settled = heights();
    },
    /** Tells the map which pixels the panels and the open card leave to it. */
    leaveRoom(map: WallMap, refit: boolean): void {
      const whole = mapHost.getBoundingClientRect();
      const free = stage.getBoundingClientRect();
      const open = card.hidden ? null : card.getBoundingClientRect();
      const unit = unitOf();
      const beside = open !== null && open.left > free.left + free.width / 4;
      const right = beside ? open.left : free.right;
      const bottom = open !== null && !beside ? Math.max(open.top, free.top + free.height / 3) : free.bottom;
      const margin = unit;
      const said = replay.banner.getBoundingClientRect();
      root.style.setProperty('--said', `${said.height === 0 ? 0 : said.height + unit}px`);
      // What says that this is the past, or not all, must not cover what burned.
      const chips = filter.getBoundingClientRect();
      const bottoms = [said, chips].filter((box) => box.height > 0 && box.top >= free.top && box.bottom < free.top + free.height / 3).map((box) => box.bottom);
      const top = Math.max(free.top, ...bottoms);
      // On a phone the tools are as wide as the map: counties do not lie behind them.
      const low = [bar, ...alarm.querySelectorAll('.sound')].map((e) => e.getBoundingClientRect()).filter((box) => box.height > 0 && box.top > free.top + free.height / 2);
      const floor = bar.offsetWidth > free.width * widestBar ? Math.min(free.bottom, ...low.map((box) => box.top)) : free.bottom;
      room = { left: free.left - whole.left + margin, top: top - whole.top + margin, right: right - whole.left - margin, bottom: Math.min(bottom, floor) - whole.top - margin };
      map.setFree(room, mapUnit(unit, free.width), refit);
    },
  };
}
