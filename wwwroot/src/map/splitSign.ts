import type { Palette } from './palette';

/** The name of the sign of several violations: `split-2-5-13` are 2 critical, 5 serious, 13 ordinary ones. */
const naming = /^split-(\d+)-(\d+)-(\d+)$/;

const side = 40; // px; the largest ring and its rim
const start = -Math.PI / 2;

/** A ring split by severity around how many there are; null where the name is of another sign. */
export function drawSplit(name: string, palette: Palette, ratio: number): ImageData | null {
  const counts = naming.exec(name)?.slice(1).map(Number);
  if (counts === undefined) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * ratio;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.scale(ratio, ratio);
  pen.translate(side / 2, side / 2);
  split(pen, counts, palette);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Around the origin; grows slowly with the number. */
export function split(pen: CanvasRenderingContext2D, counts: readonly number[], palette: Palette): void {
  const all = counts.reduce((sum, n) => sum + n, 0);
  const radius = Math.min(16, 7.5 + 2.6 * Math.log10(Math.max(1, all)) + (all > 9 ? 1 : 0));
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fillStyle = palette.ground;
  pen.globalAlpha = 0.9;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 3;
  let from = start;
  counts.forEach((n, index) => {
    const to = from + (n / Math.max(1, all)) * 2 * Math.PI;
    pen.beginPath();
    pen.arc(0, 0, radius, from, to);
    pen.strokeStyle = [palette.burning, palette.overdue, palette.serious][index] ?? palette.serious;
    if (n > 0) pen.stroke();
    from = to;
  });
  pen.fillStyle = palette.strong;
  pen.font = `700 ${all > 99 ? 9.5 : 10.5}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(String(all), 0, 0.6);
}
