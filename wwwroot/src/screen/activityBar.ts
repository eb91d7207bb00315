import { serverNow } from '../api/http';
import type { Activity, Span } from '../api/types';
import { language, words } from '../i18n';
import { beijingDay, hourMinute } from '../i18n/time';
import { speeds, type Speed } from '../live/player';
import { h, setAttribute, setText, svg } from './dom';
import type { Model } from './model';
import { replayTime } from './replayBanner';
import { createTimeSlider, type Reach } from './timeSlider';

const height = 46;
const slot = 10; // width of a bin in the drawing's units
const hour = 3_600_000;
export const spans: Record<Span, number> = { '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour };

/** The shortest span that reaches back to a moment. */
export const spanFor = (moment: number, now: number): Span => (['24h', '7d', '30d'] as const).find((span) => now - moment < spans[span]) ?? '30d';

export interface BarActions {
  span(span: Span): void;
  seek(moment: number, settle: boolean): void;
  toggle(): void;
  next(): void;
  previous(): void;
  speed(speed: Speed): void;
}

/** The last day, week or month in bins: new violations, fires on top in their own colour, closings as a green foot. Under them a slider to the past. */
export function createActivityBar(actions: BarActions) {
  const spanButtons = (Object.keys(spans) as Span[]).map((span) => ({ span, button: h('button', { type: 'button', 'data-span': span }) }));
  for (const { span, button } of spanButtons) button.addEventListener('click', () => actions.span(span));
  const group = h('div', { class: 'spans', role: 'group' }, ...spanButtons.map((b) => b.button));
  const transport = createTransport(actions);
  const keys = { fires: h('span'), opened: h('span'), closed: h('span') };
  const legend = h('div', { class: 'keys' }, ...Object.entries(keys).map(([name, text]) => h('span', { class: name }, h('i'), text)));
  const chart = svg('svg', { preserveAspectRatio: 'none', role: 'img' });
  const slider = createTimeSlider(actions, (moment) => describe(drawn, moment));
  const empty = h('p', { class: 'empty' });
  const axis = h('div', { class: 'axis', 'aria-hidden': 'true' });
  const element = h('section', { class: 'bottom' }, h('h2', { class: 'unseen' }), group, transport.element, legend, h('div', { class: 'track' }, chart, empty, slider.element), axis);
  let drawn: Activity | null = null;
  let spoken = '';

  const render = (model: Model): void => {
    const w = words();
    const { activity, span, replay } = model;
    setText(element.firstElementChild as Element, w.activityTitles[span]);
    setAttribute(group, 'aria-label', w.spansTitle);
    for (const { span: of, button } of spanButtons) {
      setText(button, w.spans[of]);
      setAttribute(button, 'aria-pressed', String(of === span));
    }
    setText(keys.fires, w.activityFires);
    setText(keys.opened, w.opened);
    setText(keys.closed, w.closed);
    transport.render(model);
    const reach = reachOf(model);
    slider.render(reach, replay?.moment ?? null, replay === null ? w.timeAtNow : w.replayBanner(replayTime(replay.moment, reach.end, false)));
    const sum = (of: (bin: Activity['bins'][number]) => number): number => activity?.bins.reduce((n, b) => n + of(b), 0) ?? 0;
    const nothing = activity !== null && sum((b) => b.fires + b.opened + b.closed) === 0;
    empty.hidden = activity !== null && !nothing;
    setText(empty, activity !== null ? w.activityEmpty : model.activityFailed ? w.activityFailed : w.activityLoading);
    if (activity === null) {
      chart.replaceChildren();
      axis.replaceChildren();
      drawn = null;
      return;
    }
    if (activity === drawn && spoken === language()) return;
    [drawn, spoken] = [activity, language()];
    draw(chart, activity);
    axis.replaceChildren(...axisMarks(activity, serverNow()).map(({ share, text }) => {
      const mark = h('span', {}, text);
      mark.style.left = `${(share * 100).toFixed(2)}%`;
      return mark;
    }));
    chart.setAttribute('aria-label', w.activityBin(w.activityTitles[span], sum((b) => b.fires), sum((b) => b.opened), sum((b) => b.closed)));
  };
  return { element, render };
}

/** As far as the bars reach; the bar that is still filling is drawn whole, and its end stands for now. */
function reachOf({ activity, span }: Model): Reach {
  const now = serverNow();
  const step = activity === null ? spans[span] / 96 : activity.binSeconds * 1000;
  return { start: activity === null ? now - spans[span] : Date.parse(activity.from), end: Math.max(now, activity === null ? 0 : Date.parse(activity.to)), step };
}

/** Not every wall has a font with these signs. */
const shapes = { previous: 'M3 3h2.6v10H3zM13 3v10L6 8z', play: 'M4 2.4v11.2L13.4 8z', pause: 'M3.6 2.6h3.2v10.8H3.6zM9.2 2.6h3.2v10.8H9.2z', next: 'M3 3v10l7-5zM10.4 3H13v10h-2.6z' };
const icon = (d: string): SVGElement => svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d }));

function createTransport(actions: BarActions) {
  const button = (name: string, mark: Node | string, act: () => void): HTMLButtonElement => {
    const element = h('button', { type: 'button', class: name }, mark);
    element.addEventListener('click', act);
    return element;
  };
  const previous = button('previous', icon(shapes.previous), actions.previous);
  const play = button('play', icon(shapes.play), actions.toggle);
  const next = button('next', icon(shapes.next), actions.next);
  const rates = speeds.map((speed) => ({ speed, button: button('speed', `${speed}×`, () => actions.speed(speed)) }));
  const element = h('div', { class: 'transport', role: 'group', hidden: '' }, previous, play, next, h('span', { class: 'rates' }, ...rates.map((r) => r.button)));
  const render = ({ replay }: Model): void => {
    const w = words();
    element.hidden = replay === null;
    if (replay === null) return;
    const still = replay.status === 'failed' || replay.status === 'forgotten';
    setAttribute(element, 'aria-label', w.replay);
    setAttribute(play.querySelector('path') as Element, 'd', replay.playing ? shapes.pause : shapes.play);
    for (const [of, text] of [[previous, w.previousEvent], [play, replay.playing ? w.pause : w.play], [next, w.nextEvent]] as const) {
      setAttribute(of, 'aria-label', text);
      of.title = text;
      of.disabled = still;
    }
    for (const { speed, button: of } of rates) {
      setAttribute(of, 'aria-label', w.speed(speed));
      setAttribute(of, 'aria-pressed', String(speed === replay.speed));
    }
  };
  return { element, render };
}

function draw(chart: SVGSVGElement, { bins }: Activity): void {
  chart.setAttribute('viewBox', `0 0 ${bins.length * slot} ${height}`);
  const highest = Math.max(4, ...bins.map((b) => Math.max(b.opened, b.fires) + b.closed));
  const scale = (height - 3) / highest;
  chart.replaceChildren(...bins.flatMap((bin, index) => {
    const x = index * slot + 1.5;
    // A fire opens its violation: the two are one event, so the fire's part is cut out of the bar, not added.
    const fires = bin.fires * scale;
    const others = Math.max(0, bin.opened - bin.fires) * scale;
    const closed = bin.closed * scale;
    const rect = (kind: string, y: number, size: number): SVGRectElement => svg('rect', { class: kind, x, y: y.toFixed(1), width: slot - 3, height: size.toFixed(1) });
    const parts = [rect('none', height - 2, 2)];
    if (closed > 0) parts.push(rect('closed', height - closed, closed));
    if (others > 0) parts.push(rect('opened', height - closed - others, others));
    if (fires > 0) parts.push(rect('fires', height - closed - others - fires, fires));
    return [svg('g', {}, ...parts)];
  }));
}

/** The bar at a moment, in numbers. */
function describe(activity: Activity | null, moment: number): string {
  const bin = activity?.bins.findLast((b) => Date.parse(b.at) <= moment);
  const told = bin === undefined ? '' : `${words().activityBin(replayTime(Date.parse(bin.at), serverNow(), false), bin.fires, bin.opened, bin.closed)}\n`;
  return told + words().timeSliderHint;
}

export interface Mark {
  readonly share: number;
  readonly text: string;
}

/** Hours of a day, days of a week or month, where they begin in Beijing; the last one says now. */
export function axisMarks({ from, to }: Activity, now: number): Mark[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const every = end - start <= 25 * hour ? 4 * hour : end - start <= 8 * 24 * hour ? 24 * hour : 5 * 24 * hour;
  const offset = 8 * hour; // days begin in Beijing
  const marks: Mark[] = [];
  for (let at = Math.ceil((start + offset) / every) * every - offset; at < end; at += every) {
    const share = (at - start) / (end - start);
    if (share > 0.93) break;
    if (share < 0.02) continue;
    const day = beijingDay(at).slice(5);
    marks.push({ share, text: every >= 24 * hour || (hourMinute(at) === '00:00') ? day : hourMinute(at) });
  }
  return [...marks, { share: Math.min(1, (now - start) / (end - start)), text: words().activityNow }];
}
