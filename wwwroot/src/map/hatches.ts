import { zoneKinds, type ZoneKind } from './kinds';
import type { Palette } from './palette';

/** How the lines of a kind of zone run: form tells the kinds apart where colours cannot. */
type Strokes = 'rising' | 'falling' | 'crossed' | 'level' | 'upright' | 'dotted';

const strokesOf: Readonly<Record<ZoneKind, Strokes>> = {
  coalFree: 'rising', highPollutionFuelFree: 'falling', heatNetwork: 'level', builtUp: 'dotted', urbanArea: 'upright', urbanPlanningArea: 'upright',
  nonRoadMachineryControl: 'crossed', barbecuePermitted: 'dotted', fireworksBan: 'crossed', freightRestriction: 'falling', industrialPark: 'level', sweepingDuty: 'rising',
};

type Line = readonly [ax: number, ay: number, bx: number, by: number];

/** In a square of side 1 that repeats without a seam. */
const lines: Readonly<Record<Exclude<Strokes, 'dotted'>, readonly Line[]>> = {
  rising: [[-0.25, 0.25, 0.25, -0.25], [0, 1, 1, 0], [0.75, 1.25, 1.25, 0.75]],
  falling: [[-0.25, 0.75, 0.25, 1.25], [0, 0, 1, 1], [0.75, -0.25, 1.25, 0.25]],
  crossed: [[-0.25, 0.25, 0.25, -0.25], [0, 1, 1, 0], [0.75, 1.25, 1.25, 0.75], [-0.25, 0.75, 0.25, 1.25], [0, 0, 1, 1], [0.75, -0.25, 1.25, 0.25]],
  level: [[0, 0.5, 1, 0.5]],
  upright: [[0.5, 0, 0.5, 1]],
};

export const hatchName = (kind: ZoneKind): string => `hatch-${kind}`;
export const hatches: readonly ZoneKind[] = zoneKinds;
export const hatchSide = 12; // px

/** Fills a square of the given side, origin at its upper left corner. */
export function hatch(pen: CanvasRenderingContext2D, kind: ZoneKind, palette: Palette, side: number, width: number): void {
  pen.strokeStyle = palette.zones[kind];
  pen.fillStyle = palette.zones[kind];
  pen.lineWidth = width;
  pen.lineCap = 'butt';
  const strokes = strokesOf[kind];
  pen.beginPath();
  if (strokes === 'dotted') {
    for (const [x, y] of [[0.25, 0.25], [0.75, 0.75]] as const) {
      pen.moveTo(x * side, y * side);
      pen.arc(x * side, y * side, width, 0, 2 * Math.PI);
    }
    pen.fill();
    return;
  }
  for (const [ax, ay, bx, by] of lines[strokes]) {
    pen.moveTo(ax * side, ay * side);
    pen.lineTo(bx * side, by * side);
  }
  pen.stroke();
}

/** The repeating picture of a fill. */
export function drawHatch(kind: ZoneKind, palette: Palette, ratio: number): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = hatchSide * ratio;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.scale(ratio, ratio);
  hatch(pen, kind, palette, hatchSide, 1.3);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
