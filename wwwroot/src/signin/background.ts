import { svg } from '../screen/dom';

/** A calm relief of ridges in the county ramp, drawn once: the same land as on the wall, without a single datum on it. */
export function createBackground(): SVGElement {
  const [width, height] = [1600, 900];
  const ridges = [0.52, 0.62, 0.72, 0.82, 0.92].map((base, i) => svg('path', { class: `ridge ridge-${i}`, d: ridge(width, height, base * height, i) }));
  const contours = Array.from({ length: 7 }, (_, i) => svg('path', { class: 'contour', d: contour(width, 0.16 * height + i * 34, i) }));
  return svg('svg', { class: 'ground', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'xMidYMid slice', 'aria-hidden': 'true', focusable: 'false' }, ...contours, ...ridges);
}

function line(width: number, base: number, layer: number, swing: number): string[] {
  const points: string[] = [];
  for (let x = 0; x <= width; x += 20) {
    const t = x / width;
    const y = base - swing * (0.55 * Math.sin(t * 5.1 + layer * 1.7) + 0.3 * Math.sin(t * 11.3 + layer * 2.9) + 0.15 * Math.sin(t * 23.7 + layer * 4.1));
    points.push(`${x},${y.toFixed(1)}`);
  }
  return points;
}

const ridge = (width: number, height: number, base: number, layer: number): string => `M0,${height} L${line(width, base, layer, 70 - layer * 8).join(' L')} L${width},${height} Z`;
const contour = (width: number, base: number, layer: number): string => `M${line(width, base, layer * 0.35, 60).join(' L')}`;
