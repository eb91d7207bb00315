import type { Curve, CurvePoint } from '../api/readings';
import { dustWords, reasonsInWords } from '../i18n/dust';
import { beijingDay, duration, hourMinute } from '../i18n/time';
import { h, setAttribute, setText, svg } from '../screen/dom';
import { backgroundAt, backgroundSteps, bandPath, decimate, doubtsOf, exceededMs, gapOf, limitSteps, linePath, meansOf, nearest, ringPath, samplesOf, stepMs, stepPath, timeTicks, valueTicks, type Sample, type Scale, type Step } from './shape';

/** A moment to be marked, such as the opening of a violation. */
export interface CurveMark {
  readonly at: number;
  readonly text: string;
}

/** In letters' heights, since a wall of 4K has other letters than a phone. */
const around = { left: 2.7, right: 0.6, top: 1.4, bottom: 1.7 };
const reach = 1; // of the pointer: farther from any value there is none
const ringRadius = 0.16;
const least = 120; // px; below that there is nothing to see

/** What is left free around the plot, in pixels. */
interface Room {
  readonly em: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function roomOf(plot: Element): Room {
  const em = Number.parseFloat(getComputedStyle(plot).fontSize) || 13;
  return { em, left: around.left * em, right: around.right * em, top: around.top * em, bottom: around.bottom * em };
}

export const microgramsInWords = (value: number): string => (value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value)));

/**
 * One factor of a monitor: what it measured, the running mean that the rule weighs, the limit, and when the mean was above. Read by pointer, or by
 * the arrow keys as a slider is.
 */
export function createCurve(marks: readonly CurveMark[] = []) {
  const name = h('b');
  const long = h('span');
  const figure = h('strong');
  const unit = h('span', { class: 'unit' });
  const when = h('time');
  const law = h('p', { class: 'law' });
  const readout = h('p', { class: 'readout' });
  const drawing = svg('svg', { 'aria-hidden': 'true' });
  const plot = h('div', { class: 'plot', tabindex: '0', role: 'slider' }, drawing);
  const element = h('figure', { class: 'curve' }, h('figcaption', {}, h('span', { class: 'factor' }, name, long), h('span', { class: 'latest' }, figure, unit, when)), law, plot, readout);

  let shown: Curve | null = null;
  let scale: Scale = { x: () => 0, y: () => 0 };
  let chosen: number | null = null;
  const cursor = svg('g', { class: 'cursor' });
  let room = roomOf(plot);

  const draw = (curve: Curve): void => {
    if (chosen !== null && shown !== null && shown.points[chosen]?.at !== curve.points[chosen]?.at) chosen = null;
    shown = curve;
    element.dataset['factor'] = curve.factor;
    plot.dataset['focus'] = `curve:${curve.factor}`;
    const w = dustWords();
    const last = curve.points.findLast((p) => p.value !== null) ?? null;
    setText(name, curve.factor);
    setText(long, w.factors[curve.factor] ?? '');
    setText(figure, last?.value === null || last === null ? w.none : microgramsInWords(last.value));
    setText(unit, curve.unit);
    setText(when, last === null ? '' : latestInWords(curve, Date.parse(last.at)));
    setText(law, lawInWords(curve));
    paint();
    tell();
  };

  const paint = (): void => {
    if (shown === null) return;
    const [width, height] = [plot.clientWidth, plot.clientHeight];
    room = roomOf(plot);
    if (width < least || height < least / 2) return;
    setAttribute(drawing, 'width', String(width));
    setAttribute(drawing, 'height', String(height));
    const [from, to] = [Date.parse(shown.from), Date.parse(shown.to)];
    const [samples, means, doubts] = [samplesOf(shown.points), meansOf(shown.points), doubtsOf(shown.points)];
    const background = backgroundSteps(shown.background, from, to);
    const limits = limitSteps(shown.limits, background);
    const counted = Math.max(0, ...samples.map((s) => s.high), ...means.map((s) => s.value), ...limits.map((l) => l.value * 1.12), ...background.map((b) => b.value));
    const ticks = valueTicks(counted > 0 ? counted * 1.04 : Math.min(2000, Math.max(0, ...doubts.map((s) => s.value))));
    const top = ticks.at(-1) ?? 1;
    const x = (at: number): number => room.left + ((at - from) / (to - from)) * (width - room.left - room.right);
    const y = (value: number): number => height - room.bottom - (value / top) * (height - room.top - room.bottom);
    scale = { x, y };
    const gap = gapOf(shown.points, stepMs(shown.step));
    const values = decimate(samples, x, gap);
    const running = decimate(means, x, gap);
    const above = decimate(means.filter((s) => isAbove(shown as Curve, s.at)), x, gap);
    const floor = height - room.bottom;
    drawing.replaceChildren(
      svg('g', { class: 'grid' }, ...ticks.map((v) => svg('path', { d: `M${room.left} ${Math.round(y(v)) + 0.5}H${width - room.right}` }))),
      svg('g', { class: 'axis' }, ...everyOther(ticks, floor - room.top, room.em).map((v) => label(String(v), room.left - 0.4 * room.em, y(v) + 0.34 * room.em, 'end')), ...timeTicks(from, to, (width - room.left) / room.em).flatMap((t) => tick(t, x(t.at), floor, width, room))),
      svg('g', { class: 'spans' }, ...shown.exceeding.map((s) => {
        const [left, right] = [x(Math.max(from, Date.parse(s.from))), x(Math.min(to, Date.parse(s.to)))];
        const wide = Math.max(1.5, right - left);
        return svg('g', {}, svg('rect', { x: left, y: room.top, width: wide, height: floor - room.top }), svg('rect', { class: 'lid', x: left, y: floor - 0.22 * room.em, width: wide, height: 0.22 * room.em }));
      })),
      svg('path', { class: 'background', d: stepPath(background, scale) }),
      svg('path', { class: 'band', d: bandPath(values, y) }),
      svg('path', { class: 'value', d: linePath(values, y, 'middle') }),
      svg('path', { class: 'doubtful', d: ringPath(doubts, scale, top, ringRadius * room.em) }),
      svg('path', { class: 'mean', d: linePath(running, y, 'high') }),
      svg('path', { class: 'above', d: linePath(above, y, 'high') }),
      svg('path', { class: 'limit', d: stepPath(limits, scale) }),
      ...limitLabel(limits, means, scale, width, room, marks.some((m) => x(m.at) > width - 4 * room.em)),
      ...marks.filter((m) => m.at >= from && m.at <= to).map((m) => mark(m, x(m.at), floor, width, room)),
      cursor);
    drawCursor();
  };

  /** A line and a dot where one reads. */
  const drawCursor = (): void => {
    const point = shown === null || chosen === null ? undefined : shown.points[chosen];
    if (point === undefined) {
      cursor.replaceChildren();
      return;
    }
    const at = scale.x(Date.parse(point.at));
    const value = point.value ?? point.doubtful;
    const bottom = plot.clientHeight - room.bottom;
    const dot = (v: number, kind: string): SVGElement => svg('circle', { class: kind, cx: at, cy: Math.max(room.top, scale.y(v)), r: 0.26 * room.em });
    cursor.replaceChildren(svg('path', { d: `M${at} ${room.top}V${bottom}` }), ...(value === null ? [] : [dot(value, point.value === null ? 'hollow' : '')]), ...(point.mean === null ? [] : [dot(point.mean, 'mean-dot')]));
  };

  /** What the chosen place says; without one, how long the limit was exceeded. */
  const tell = (): void => {
    if (shown === null) return;
    const w = dustWords();
    const point = chosen === null ? undefined : shown.points[chosen];
    const ms = exceededMs(shown);
    const rest = shown.points.length === 0 ? w.noData : ms > 0 ? w.exceeded(duration(ms)) : samplesOf(shown.points).length === 0 ? w.onlyDoubtful : shown.limits.length === 0 ? w.noLimit : unknowable(shown) ? w.noBackground : w.notExceeded;
    element.classList.toggle('exceeds', ms > 0);
    element.classList.toggle('reading', point !== undefined);
    setText(readout, point === undefined ? rest : pointInWords(shown, point));
    const count = shown.points.length;
    setAttribute(plot, 'aria-label', w.readLabel(shown.factor, `${timeInWords(shown, Date.parse(shown.from))} – ${timeInWords(shown, Date.parse(shown.to))}`));
    setAttribute(plot, 'aria-valuemin', '0');
    setAttribute(plot, 'aria-valuemax', String(Math.max(0, count - 1)));
    setAttribute(plot, 'aria-valuenow', String(chosen ?? Math.max(0, count - 1)));
    setAttribute(plot, 'aria-valuetext', readout.textContent ?? '');
    plot.title = w.readHint;
  };

  const choose = (index: number | null): void => {
    if (index === chosen) return;
    chosen = index;
    drawCursor();
    tell();
  };
  const step = (by: number): void => {
    const count = shown?.points.length ?? 0;
    if (count > 0) choose(Math.min(count - 1, Math.max(0, (chosen ?? count - 1) + by)));
  };
  const point = (event: PointerEvent): void => {
    if (shown === null) return;
    const px = event.clientX - plot.getBoundingClientRect().left;
    const [from, to] = [Date.parse(shown.from), Date.parse(shown.to)];
    const at = from + ((px - room.left) / (plot.clientWidth - room.left - room.right)) * (to - from);
    const index = nearest(shown.points, at);
    choose(index === null || Math.abs(scale.x(Date.parse(shown.points[index]?.at ?? '')) - px) > reach * room.em ? null : index);
  };
  const hourly = (): number => (shown === null ? 1 : Math.max(1, Math.round(3_600_000 / stepMs(shown.step)) * (shown.step === 'hour' ? 24 : 1)));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(-1), ArrowRight: () => step(1), ArrowDown: () => step(-1), ArrowUp: () => step(1),
    PageDown: () => step(-hourly()), PageUp: () => step(hourly()),
    Home: () => choose(shown === null || shown.points.length === 0 ? null : 0), End: () => choose((shown?.points.length ?? 0) === 0 ? null : (shown?.points.length ?? 1) - 1),
  };
  plot.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // The page has keys of its own: here they read the curve.
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  plot.addEventListener('pointermove', point);
  plot.addEventListener('pointerdown', point);
  plot.addEventListener('pointerleave', () => { if (document.activeElement !== plot) choose(null); });
  plot.addEventListener('blur', () => choose(null));
  new ResizeObserver(paint).observe(plot);
  return { element, draw };
}

const label = (text: string, x: number, y: number, anchor: string, kind = ''): SVGTextElement => {
  const node = svg('text', { x: Math.round(x), y: Math.round(y), 'text-anchor': anchor, ...(kind === '' ? {} : { class: kind }) });
  node.textContent = text;
  return node;
};

/** On a low plot every other number would touch the next one. */
const everyOther = (ticks: readonly number[], height: number, em: number): readonly number[] => (height / ticks.length < 1.25 * em ? ticks.filter((_, i) => i % 2 === 0) : ticks);

function tick({ at, isDay }: { at: number; isDay: boolean }, x: number, floor: number, width: number, { em }: Room): SVGElement[] {
  const text = isDay ? beijingDay(at).slice(5) : hourMinute(at);
  const fits = x < width - 1.4 * em;
  return [svg('path', { d: `M${Math.round(x) + 0.5} ${floor}v${em * 0.3}` }), ...(fits ? [label(text, x, floor + 1.35 * em, 'middle', isDay ? 'day' : '')] : [])];
}

/** At the end where the curve is farther away, and no mark stands. */
function limitLabel(limits: readonly Step[], means: readonly Sample[], { x, y }: Scale, width: number, { em, right }: Room, endTaken: boolean): SVGElement[] {
  const [first, last] = [limits[0], limits.at(-1)];
  if (first === undefined || last === undefined) return [];
  const away = (limit: Step, from: number, to: number): number => Math.min(Infinity, ...means.filter((m) => x(m.at) >= from && x(m.at) <= to).map((m) => Math.abs(limit.value - m.value)));
  const atEnd = !endTaken && away(last, width - 4 * em, width) >= away(first, 0, x(first.from) + 3 * em);
  const limit = atEnd ? last : first;
  return [label(microgramsInWords(limit.value), atEnd ? Math.min(x(limit.to), width - right) : x(limit.from) + 0.3 * em, y(limit.value) - 0.3 * em, atEnd ? 'end' : 'start', 'limit-label')];
}

function mark({ text }: CurveMark, x: number, floor: number, width: number, { em, top }: Room): SVGElement {
  const left = x > width - 5 * em;
  return svg('g', { class: 'mark' }, svg('path', { d: `M${x} ${top - 0.4 * em}V${floor}` }), label(text, left ? x - 0.3 * em : x + 0.3 * em, top - 0.45 * em, left ? 'end' : 'start'));
}

const isAbove = ({ exceeding }: Curve, at: number): boolean => exceeding.some((s) => Date.parse(s.from) <= at && at < Date.parse(s.to));

/** The limit counts from a background that nobody measured. */
const unknowable = ({ limits, background }: Curve): boolean => limits.every((l) => l.aboveBackground) && background.length === 0;

function lawInWords({ limits, unit }: Curve): string {
  const w = dustWords();
  const limit = limits.at(-1);
  return limit === undefined ? w.noLimit : limit.aboveBackground ? w.limitAbove(limit.limit, unit, limit.minutes) : w.limit(limit.limit, unit, limit.minutes);
}

/** By the clock within a day; with its date where there are many. */
function timeInWords({ from, to, step }: Curve, at: number): string {
  const text = hourMinute(at);
  return step === 'hour' || beijingDay(Date.parse(from)) !== beijingDay(Date.parse(to)) ? `${beijingDay(at).slice(5)} ${text}` : text;
}

/** The last value is of today, mostly: then the clock says it. */
const latestInWords = (curve: Curve, at: number): string => (curve.step !== 'hour' && beijingDay(at) === beijingDay(Date.parse(curve.to)) ? hourMinute(at) : timeInWords(curve, at));

function pointInWords(curve: Curve, point: CurvePoint): string {
  const w = dustWords();
  const at = Date.parse(point.at);
  const minutes = curve.limits.at(-1)?.minutes ?? 60;
  const carried = backgroundAt(curve.background, at);
  const value = point.value !== null ? `${microgramsInWords(point.value)} ${curve.unit}` : point.doubtful !== null ? `${microgramsInWords(point.doubtful)} ${curve.unit}` : w.noData;
  return [
    timeInWords(curve, at), value,
    ...(point.value === null && point.doubtful !== null ? [`${w.notCounted}：${reasonsInWords(point.why ?? []).join('、')}`] : []),
    ...(point.mean === null ? [] : [w.mean(minutes, microgramsInWords(point.mean))]),
    ...(carried === null || curve.limits.at(-1)?.aboveBackground !== true ? [] : [`${w.keys.background} ${microgramsInWords(carried)}`]),
  ].join(' · ');
}
