import type { DustState } from './kinds';
import type { Palette } from './palette';

type Pen = CanvasRenderingContext2D;

/**
 * The sign of a dust monitor around the origin of a 26 px square. Form tells the state: a round plate with waves speaks and is believed, a dashed one
 * with a question mark is doubted, one struck through is silent, a diamond with a rising column is above its limit.
 */
export function dustSign(pen: Pen, state: DustState, p: Palette): void {
  const exceeds = state === 'exceeding' || state === 'critical';
  const fill = state === 'critical' ? p.burning : exceeds ? p.overdue : p.ground;
  const rim = { ok: p.done, suspect: p.overdue, silent: p.soft, exceeding: p.ground, critical: p.strong }[state];
  pen.beginPath();
  if (exceeds) for (const [x, y] of [[0, -12], [12, 0], [0, 12], [-12, 0]] as const) pen.lineTo(x, y);
  else pen.arc(0, 0, 9.4, 0, 2 * Math.PI);
  pen.closePath();
  pen.globalAlpha = 0.95;
  pen.fillStyle = fill;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = exceeds ? 1.4 : 1.8;
  pen.strokeStyle = rim;
  pen.lineCap = 'butt';
  if (state === 'suspect') pen.setLineDash([3.2, 2.2]);
  if (state === 'silent') pen.setLineDash([1.2, 2]);
  pen.stroke();
  pen.setLineDash([]);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  if (exceeds) rising(pen, p.ground);
  else sender(pen, state === 'silent' ? p.soft : p.strong, state !== 'silent');
  if (state === 'silent') struck(pen, p);
  if (state === 'suspect') question(pen, p);
}

/** A mast; with waves where it speaks. */
function sender(pen: Pen, ink: string, speaks: boolean): void {
  pen.strokeStyle = ink;
  pen.fillStyle = ink;
  pen.lineWidth = 1.4;
  pen.beginPath();
  pen.arc(0, -1.6, 1.5, 0, 2 * Math.PI);
  pen.fill();
  pen.beginPath();
  pen.moveTo(0, -0.6);
  pen.lineTo(0, 5.2);
  pen.stroke();
  if (!speaks) return;
  for (const [from, to] of [[0.75, 1.25], [-0.25, 0.25]] as const) {
    pen.beginPath();
    pen.arc(0, -1.6, 4.2, from * Math.PI, to * Math.PI);
    pen.stroke();
  }
}

function struck(pen: Pen, p: Palette): void {
  for (const [colour, width] of [[p.ground, 3.6], [p.soft, 1.7]] as const) {
    pen.beginPath();
    pen.moveTo(-6.2, 6.2);
    pen.lineTo(6.2, -6.2);
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  }
}

/** Columns that rise above a line. */
function rising(pen: Pen, ink: string): void {
  pen.fillStyle = ink;
  for (const [x, top] of [[-4.6, 1.6], [-1.2, -1], [2.2, -5.4]] as const) pen.fillRect(x, top, 2.4, 5 - top);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(-6.4, -2.6);
  pen.lineTo(0.4, -2.6);
  pen.stroke();
}

function question(pen: Pen, p: Palette): void {
  pen.beginPath();
  pen.arc(7.6, 7.4, 4.6, 0, 2 * Math.PI);
  pen.fillStyle = p.overdue;
  pen.fill();
  pen.fillStyle = p.ground;
  pen.font = '700 8px sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('?', 7.6, 7.8);
}
