import { hatch } from './hatches';
import { dustSign } from './dustSigns';
import { dustStates, subjectKinds, subjectStates, zoneKinds, type DustState, type SubjectKind, type SubjectState, type ZoneKind } from './kinds';
import type { Palette } from './palette';
import { split } from './splitSign';
import { subjectSign } from './subjectSigns';

/** Signs that circles cannot say: form carries the meaning, colour only repeats it. Drawn on a 26 px square. */
export type GlyphName =
  | 'confirmed' | 'suspected-0' | 'suspected-1' | 'suspected-2' | 'lapsed' | 'out' | 'refuted'
  | 'history' | 'attributed' | 'violation-critical' | 'violation-serious' | 'violation-ordinary' | 'violation-split' | 'simulated' | 'radius'
  | `${SubjectKind}-${SubjectState}` | `dust-${DustState}` | `zone-${ZoneKind}`;

export const glyphSize = 26;
type Pen = CanvasRenderingContext2D;

export function drawGlyph(name: GlyphName, palette: Palette, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = glyphSize * ratio;
  canvas.height = glyphSize * ratio;
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.scale(ratio, ratio);
  pen.translate(glyphSize / 2, glyphSize / 2);
  pen.lineCap = 'round';
  glyphs(palette)[name](pen);
  return canvas;
}

export const glyphNames = Object.keys(glyphs({ fire: ['', '', ''] } as unknown as Palette)) as GlyphName[];

function glyphs(p: Palette): Record<GlyphName, (pen: Pen) => void> {
  return {
    confirmed: (pen) => disc(pen, 8, p.fire[0], p.strong),
    'suspected-0': (pen) => dashedRing(pen, p.fire[0], p.ground),
    'suspected-1': (pen) => dashedRing(pen, p.fire[1], p.ground),
    'suspected-2': (pen) => dashedRing(pen, p.fire[2], p.ground),
    lapsed: (pen) => ring(pen, 5, p.fire[2]),
    out: (pen) => stroke(pen, p.done, [[-4.5, 0.5], [-1.2, 3.6], [4.8, -3.8]]),
    refuted: (pen) => {
      stroke(pen, p.soft, [[-3.6, -3.6], [3.6, 3.6]]);
      stroke(pen, p.soft, [[3.6, -3.6], [-3.6, 3.6]]);
    },
    history: (pen) => disc(pen, 2.6, p.history, 'transparent'),
    attributed: (pen) => stack(pen, p.soft),
    'violation-critical': (pen) => diamond(pen, p.burning, p.strong),
    'violation-serious': (pen) => diamond(pen, p.overdue, p.ground),
    'violation-ordinary': (pen) => diamond(pen, p.serious, p.ground),
    'violation-split': (pen) => split(pen, [1, 2, 4], p),
    radius: (pen) => {
      circle(pen, 9.5);
      pen.setLineDash([3, 2.4]);
      pen.lineCap = 'butt';
      pen.lineWidth = 1.6;
      pen.strokeStyle = p.radius;
      pen.stroke();
    },
    simulated: (pen) => flag(pen, p.overdue, p.ground),
    ...named(subjectKinds.flatMap((kind) => subjectStates.map((state) => [`${kind}-${state}` as const, (pen: Pen) => subjectSign(pen, kind, state, p)]))),
    ...named(dustStates.map((state) => [`dust-${state}` as const, (pen: Pen) => dustSign(pen, state, p)])),
    ...named(zoneKinds.map((kind) => [`zone-${kind}` as const, (pen: Pen) => swatch(pen, kind, p)])),
  };
}

function named<N extends string>(entries: [N, (pen: Pen) => void][]): Record<N, (pen: Pen) => void> {
  return Object.fromEntries(entries) as Record<N, (pen: Pen) => void>;
}

/** A piece of a zone for legends and switches. */
function swatch(pen: Pen, kind: ZoneKind, p: Palette): void {
  pen.beginPath();
  pen.roundRect(-10, -7, 20, 14, 2);
  pen.save();
  pen.clip();
  pen.globalAlpha = 0.22;
  pen.fillStyle = p.zones[kind];
  pen.fillRect(-10, -7, 20, 14);
  pen.globalAlpha = 1;
  const side = 7;
  for (let x = -14; x < 14; x += side) for (let y = -7; y < 7; y += side) {
    pen.save();
    pen.translate(x, y);
    hatch(pen, kind, p, side, 1);
    pen.restore();
  }
  pen.restore();
  pen.beginPath();
  pen.roundRect(-10, -7, 20, 14, 2);
  pen.lineWidth = 1.4;
  pen.strokeStyle = p.zones[kind];
  pen.stroke();
}

function circle(pen: Pen, radius: number): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
}

function disc(pen: Pen, radius: number, fill: string, rim: string): void {
  circle(pen, radius);
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = rim;
  pen.stroke();
}

function ring(pen: Pen, radius: number, colour: string): void {
  circle(pen, radius);
  pen.lineWidth = 2;
  pen.strokeStyle = colour;
  pen.stroke();
}

function dashedRing(pen: Pen, colour: string, ground: string): void {
  circle(pen, 8.5);
  pen.fillStyle = ground;
  pen.globalAlpha = 0.72;
  pen.fill();
  pen.globalAlpha = 1;
  pen.setLineDash([5.4, 3.5]);
  pen.lineCap = 'butt';
  pen.lineWidth = 2.5;
  pen.strokeStyle = colour;
  pen.stroke();
  circle(pen, 2.4);
  pen.fillStyle = colour;
  pen.fill();
}

/** Calm and hollow: a ring, and in it the stack that it comes from. */
function stack(pen: Pen, colour: string): void {
  circle(pen, 7.6);
  pen.lineWidth = 1.5;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.beginPath();
  for (const [x, y] of [[-3, 3.6], [-1.8, -3.4], [1, -3.4], [2.2, 3.6]] as const) pen.lineTo(x, y);
  pen.closePath();
  pen.lineWidth = 1.3;
  pen.stroke();
}

function stroke(pen: Pen, colour: string, points: readonly [number, number][]): void {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.lineWidth = 2.4;
  pen.strokeStyle = colour;
  pen.stroke();
}

function diamond(pen: Pen, fill: string, rim: string): void {
  pen.beginPath();
  for (const [x, y] of [[0, -7], [7, 0], [0, 7], [-7, 0]] as const) pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 1.6;
  pen.strokeStyle = rim;
  pen.stroke();
}

/** A small hatched flag at the upper right of a simulated thing: seen on each, and hiding none. */
function flag(pen: Pen, colour: string, ground: string): void {
  const [left, top, side] = [4.5, -12.3, 7.6];
  pen.fillStyle = ground;
  pen.fillRect(left, top, side, side);
  pen.strokeStyle = colour;
  pen.lineCap = 'butt';
  pen.lineWidth = 1.5;
  pen.strokeRect(left, top, side, side);
  for (const [ax, ay, bx, by] of [[0, side / 2, side / 2, 0], [0, side, side, 0], [side / 2, side, side, side / 2]] as const) {
    pen.beginPath();
    pen.moveTo(left + ax, top + ay);
    pen.lineTo(left + bx, top + by);
    pen.stroke();
  }
}
