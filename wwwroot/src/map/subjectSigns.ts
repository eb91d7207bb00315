import type { SubjectKind, SubjectState } from './kinds';
import type { Palette } from './palette';

type Pen = CanvasRenderingContext2D;
type Point = readonly [x: number, y: number];

/** The sign of a subject around the origin of a 26 px square: what it is inside, how it stands by form and colour of the plate. */
export function subjectSign(pen: Pen, kind: SubjectKind, state: SubjectState, p: Palette): void {
  const plate = { calm: p.ground, undecided: p.ground, ordinary: p.serious, serious: p.overdue, critical: p.burning }[state];
  const rim = { calm: p.border, undecided: p.strong, ordinary: p.strong, serious: p.ground, critical: p.strong }[state];
  if (state === 'calm' || state === 'undecided') square(pen);
  else diamond(pen);
  pen.globalAlpha = state === 'calm' ? 0.78 : 0.95;
  pen.fillStyle = plate;
  pen.fill();
  pen.globalAlpha = state === 'calm' ? 0.6 : 1;
  pen.lineWidth = state === 'critical' ? 1.8 : 1.2;
  pen.strokeStyle = rim;
  if (state === 'undecided') pen.setLineDash([2.6, 2]);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  const ink = state === 'calm' ? p.soft : state === 'serious' || state === 'critical' ? p.ground : p.strong;
  pen.strokeStyle = ink;
  pen.fillStyle = ink;
  pen.lineWidth = 1.3;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  inside[kind](pen);
  if (state === 'undecided') question(pen, p);
}

function square(pen: Pen): void {
  pen.beginPath();
  pen.roundRect(-8, -8, 16, 16, 3.5);
}

function diamond(pen: Pen): void {
  pen.beginPath();
  for (const [x, y] of [[0, -12], [12, 0], [0, 12], [-12, 0]] as const) pen.lineTo(x, y);
  pen.closePath();
}

/** A small disc at the lower right with a question mark: form says it without colour. */
function question(pen: Pen, p: Palette): void {
  pen.beginPath();
  pen.arc(7.5, 7.5, 4.6, 0, 2 * Math.PI);
  pen.fillStyle = p.strong;
  pen.fill();
  pen.fillStyle = p.ground;
  pen.font = '700 8px sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('?', 7.5, 7.9);
}

function path(pen: Pen, points: readonly Point[], closed = false): void {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  if (closed) pen.closePath();
  pen.stroke();
}

function dot(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function arc(pen: Pen, x: number, y: number, radius: number, from: number, to: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, from * Math.PI, to * Math.PI);
  pen.stroke();
}

/** Within 5 px of the middle. */
const inside: Readonly<Record<SubjectKind, (pen: Pen) => void>> = {
  // A kettle with its chimney.
  boiler: (pen) => {
    arc(pen, -0.8, 1.4, 3.4, 0, 2);
    path(pen, [[2.4, 0], [2.4, -5], [4.4, -5], [4.4, 2]]);
  },
  // Two cooling towers.
  plant: (pen) => {
    path(pen, [[-5, 4.6], [-3.9, 0], [-4.4, -4.6], [-1, -4.6], [-1.4, 0], [-0.4, 4.6]], true);
    path(pen, [[0.9, 4.6], [1.7, 1], [1.3, -2.4], [4.2, -2.4], [3.9, 1], [4.8, 4.6]], true);
  },
  // A tower crane.
  site: (pen) => {
    path(pen, [[-2.4, 5], [-2.4, -5], [5, -2.8], [-5, -2.8]]);
    path(pen, [[3.4, -2.8], [3.4, 1.2]]);
  },
  // Bare ground: grains above a line.
  land: (pen) => {
    path(pen, [[-5, 4], [5, 4]]);
    for (const [x, y] of [[-3.4, 0.8], [0, -0.6], [3.4, 0.8], [-1.6, -3.4], [1.9, -3.4]] as const) dot(pen, x, y, 0.9);
  },
  // A heap.
  yard: (pen) => path(pen, [[-5, 4], [-1.2, -3.2], [0.8, -0.6], [2, -2], [5, 4]], true),
  road: (pen) => {
    path(pen, [[-4.8, 5], [-1.6, -5]]);
    path(pen, [[4.8, 5], [1.6, -5]]);
    path(pen, [[0, -3.6], [0, -1.4]]);
    path(pen, [[0, 1.4], [0, 4.2]]);
  },
  // A loader with its shovel.
  machine: (pen) => {
    dot(pen, -2.6, 3.2, 1.8);
    dot(pen, 2, 3.2, 1.8);
    path(pen, [[-4.4, 0.4], [-4.4, -4], [-0.6, -4], [0.4, 0.4], [3.2, -1.8], [5, 0.4]]);
  },
  // A sender of readings.
  monitor: (pen) => {
    dot(pen, 0, -1.4, 1.4);
    path(pen, [[0, -0.6], [0, 5]]);
    arc(pen, 0, -1.4, 3.8, 0.75, 1.25);
    arc(pen, 0, -1.4, 3.8, -0.25, 0.25);
  },
  // Wind.
  station: (pen) => {
    path(pen, [[-5, -2.6], [2.6, -2.6]]);
    path(pen, [[-5, 0.4], [5, 0.4]]);
    path(pen, [[-5, 3.4], [1, 3.4]]);
    arc(pen, 2.6, -3.8, 1.2, -1, 0.5);
  },
  // A shed with a saw-tooth roof.
  enterprise: (pen) => path(pen, [[-5, 4.4], [-5, -2.6], [-1.7, 0.2], [-1.7, -2.6], [1.6, 0.2], [1.6, -2.6], [5, 0.2], [5, 4.4]], true),
  // A stack and the air that shimmers above it.
  heatSource: (pen) => {
    path(pen, [[-5, 5], [-3.6, -1], [-0.8, -1], [0.6, 5]], true);
    path(pen, [[1.6, -5.4], [3, -3.8], [1.6, -2.2], [3, -0.6]]);
    path(pen, [[4, -5.4], [5.4, -3.8], [4, -2.2], [5.4, -0.6]]);
  },
  // Plots.
  park: (pen) => {
    path(pen, [[-4.6, -4.6], [4.6, -4.6], [4.6, 4.6], [-4.6, 4.6]], true);
    path(pen, [[0, -4.6], [0, 4.6]]);
    path(pen, [[-4.6, 0], [4.6, 0]]);
  },
  // A looking-glass.
  finding: (pen) => {
    arc(pen, -1, -1, 3.4, 0, 2);
    path(pen, [[1.6, 1.6], [4.8, 4.8]]);
  },
};
