import type { Curve, CurveLimit, CurvePoint } from '../api/readings';

/** The geometry of a curve: times and values to pixels, a month to what a screen can show. Pure. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const beijing = 8 * hour;
/** As old as a background value may be, as for the rule. */
const backgroundAge = 3 * hour;

export interface Scale {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

/** What stands in one column of pixels. */
export interface Column {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly middle: number;
}

export interface Sample {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly value: number;
}

/**
 * One column for each pixel, with the least and the highest of all that falls into it: nothing sticks out that is not drawn. Where
 * nothing came for longer than the gap, a new piece begins.
 */
export function decimate(samples: readonly Sample[], x: (at: number) => number, gapMs: number): Column[][] {
  const pieces: Column[][] = [];
  let piece: Column[] = [];
  let before: number | null = null;
  let column: { x: number; low: number; high: number; sum: number; n: number } | null = null;
  const close = (): void => {
    if (column !== null) piece.push({ x: column.x, low: column.low, high: column.high, middle: column.sum / column.n });
    column = null;
  };
  for (const { at, low, high, value } of samples) {
    if (before !== null && at - before > gapMs) {
      close();
      pieces.push(piece);
      piece = [];
    }
    before = at;
    const pixel = Math.round(x(at));
    if (column === null || column.x !== pixel) {
      close();
      column = { x: pixel, low, high, sum: value, n: 1 };
    } else {
      column.low = Math.min(column.low, low);
      column.high = Math.max(column.high, high);
      column.sum += value;
      column.n += 1;
    }
  }
  close();
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** Longer than this between two values and the line breaks: twice and a half of what is usual. */
export function gapOf(points: readonly CurvePoint[], stepMs: number): number {
  const gaps = points.slice(1).map((p, i) => Date.parse(p.at) - Date.parse(points[i]?.at ?? p.at)).toSorted((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length / 2)] ?? stepMs;
  return 2.5 * Math.max(stepMs, Math.min(usual, 15 * minute));
}

export const stepMs = (step: Curve['step']): number => ({ minute, '15min': 15 * minute, hour })[step];

/** Round numbers from 0 to above the highest value; the last one is the top. */
export function valueTicks(highest: number): number[] {
  const wanted = Math.max(10, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= wanted) ?? 10 * power;
  return Array.from({ length: Math.ceil(Math.max(10, highest) / step) + 1 }, (_, i) => i * step);
}

/**
 * Whole hours or days of Beijing, as many as have room.
 * @param letters Width in letters' heights.
 */
export function timeTicks(from: number, to: number, letters: number): { at: number; isDay: boolean }[] {
  const most = Math.max(2, Math.floor(letters / 3.7));
  const step = [15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 12 * hour, day, 2 * day, 5 * day, 10 * day].find((s) => (to - from) / s <= most) ?? 10 * day;
  const ticks: { at: number; isDay: boolean }[] = [];
  for (let at = Math.ceil((from + beijing) / step) * step - beijing; at <= to; at += step) ticks.push({ at, isDay: (at + beijing) % day === 0 });
  return ticks;
}

/** The background that still holds at a moment, as the rule carries it on. */
export function backgroundAt(background: Curve['background'], at: number): number | null {
  const found = background.findLast((b) => Date.parse(b.at) <= at);
  return found === undefined || at - Date.parse(found.at) >= backgroundAge ? null : found.value;
}

export interface Step {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

export function backgroundSteps(background: Curve['background'], from: number, to: number): Step[] {
  return background.flatMap((b, i): Step[] => {
    const at = Date.parse(b.at);
    const next = background[i + 1];
    const [begin, end] = [Math.max(from, at), Math.min(to, at + backgroundAge, next === undefined ? Infinity : Date.parse(next.at))];
    return begin < end ? [{ from: begin, to: end, value: b.value }] : [];
  });
}

/** Where the limit lies, in µg/m³: where it counts from the background, as far as there is one. */
export function limitSteps(limits: readonly CurveLimit[], background: readonly Step[]): Step[] {
  return limits.flatMap((l): Step[] => {
    const [from, to] = [Date.parse(l.from), Date.parse(l.to)];
    if (!l.aboveBackground) return [{ from, to, value: l.limit }];
    return background.flatMap((b): Step[] => {
      const [begin, end] = [Math.max(from, b.from), Math.min(to, b.to)];
      return begin < end ? [{ from: begin, to: end, value: b.value + l.limit }] : [];
    });
  });
}

const round = (n: number): string => String(Math.round(n * 10) / 10);

export function stepPath(steps: readonly Step[], { x, y }: Scale): string {
  return steps.map((s, i) => {
    const joins = steps[i - 1]?.to === s.from;
    return `${joins ? `V${round(y(s.value))}` : `M${round(x(s.from))} ${round(y(s.value))}`}H${round(x(s.to))}`;
  }).join('');
}

/** A line through the columns; a column that stands alone is a dot by its round ends. */
export function linePath(pieces: readonly (readonly Column[])[], y: (value: number) => number, of: 'middle' | 'high'): string {
  return pieces.map((piece) => piece.map((c, i) => `${i === 0 ? 'M' : 'L'}${c.x} ${round(y(c[of]))}`).join('') + (piece.length === 1 ? 'h0.1' : '')).join('');
}

/** From the least to the highest of each column. */
export function bandPath(pieces: readonly (readonly Column[])[], y: (value: number) => number): string {
  return pieces.filter((piece) => piece.length > 1).map((piece) => {
    const upper = piece.map((c) => `${c.x} ${round(y(c.high))}`);
    const lower = piece.toReversed().map((c) => `${c.x} ${round(y(c.low))}`);
    return `M${[...upper, ...lower].join('L')}Z`;
  }).join('');
}

/** Hollow rings, all in one path; one for each few pixels. */
export function ringPath(samples: readonly Sample[], { x, y }: Scale, top: number, radius: number): string {
  const pitch = Math.max(4, Math.round(radius * 2));
  return decimate(samples, (at) => Math.round(x(at) / pitch) * pitch, Infinity).flat()
    .map((c) => `M${round(c.x - radius)} ${round(y(Math.min(top, c.middle)))}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0`).join('');
}

export const samplesOf = (points: readonly CurvePoint[]): Sample[] => points.flatMap((p): Sample[] => (p.value === null ? [] : [{ at: Date.parse(p.at), value: p.value, low: p.min ?? p.value, high: p.max ?? p.value }]));
export const meansOf = (points: readonly CurvePoint[]): Sample[] => points.flatMap((p): Sample[] => (p.mean === null ? [] : [{ at: Date.parse(p.at), value: p.mean, low: p.mean, high: p.mean }]));
export const doubtsOf = (points: readonly CurvePoint[]): Sample[] => points.flatMap((p): Sample[] => (p.doubtful === null ? [] : [{ at: Date.parse(p.at), value: p.doubtful, low: p.doubtful, high: p.doubtful }]));

/** Milliseconds for which the running mean was above the limit. */
export const exceededMs = (curve: Curve): number => curve.exceeding.reduce((sum, s) => sum + Date.parse(s.to) - Date.parse(s.from), 0);

/** The point nearest to a moment; null without points. */
export function nearest(points: readonly CurvePoint[], at: number): number | null {
  let [best, distance]: [number | null, number] = [null, Infinity];
  points.forEach((p, i) => {
    const d = Math.abs(Date.parse(p.at) - at);
    if (d < distance) [best, distance] = [i, d];
  });
  return best;
}
