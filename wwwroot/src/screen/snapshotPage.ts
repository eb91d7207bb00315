import type { Box, Pixel } from '../map/shapes';

/** Where everything stands on the picture of a view; pixels of the page, before its device pixel ratio. */
export interface SnapshotPage {
  readonly width: number;
  readonly height: number;
  readonly header: Box;
  readonly figures: Box;
  readonly map: Box;
  readonly legend: Box;
  /** The upper left corner of each line of the legend, in their order. */
  readonly lines: readonly Pixel[];
  readonly lineWidth: number;
  readonly footer: Box;
}

/** In units of the wall. */
const edge = 2.4;
const gap = 2;
const lineHeight = 3.1;
const rampHeight = 6.4;
const columnWidth = 27;
const heading = 3.8;
const figuresWidth = 62;
const footerHeight = 6.6;
/** Lines break on a narrow page. */
const narrowFooterHeight = 11;
const leastWidth = 46;
/** The title and the figures need so much to stand beside each other. */
const wideFrom = 128;

/**
 * The map keeps its pixels: the page grows around it. The legend stands beside a wide view, and below a narrow one.
 * @param entries Lines of the legend; a ramp is higher.
 */
export function composePage(view: { width: number; height: number }, unit: number, entries: readonly ('signs' | 'ramp')[]): SnapshotPage {
  const u = unit;
  const beside = view.width > view.height * 0.9 && view.width > 60 * u;
  const heightOf = (kind: 'signs' | 'ramp'): number => (kind === 'ramp' ? rampHeight : lineHeight) * u;
  const inner = Math.max(view.width, leastWidth * u);
  const most = beside ? Math.max(view.height - heading * u, rampHeight * u) : Math.max(rampHeight * u, entries.reduce((sum, e) => sum + heightOf(e), 0) / Math.max(1, Math.floor(inner / (columnWidth * u))) + rampHeight * u);
  const columns = fill(entries.map(heightOf), most);
  const lineWidth = beside ? columnWidth * u : Math.min(inner, Math.max(columnWidth * u, inner / Math.max(1, columns.count)));
  const legendSize = { width: columns.count * lineWidth, height: heading * u + columns.height };

  const mapWidth = inner;
  const width = 2 * edge * u + mapWidth + (beside && entries.length > 0 ? gap * u + legendSize.width : 0);
  const wide = width >= wideFrom * u;
  const headerHeight = 9 * u;
  const header: Box = { left: edge * u, top: edge * u, right: wide ? width - (edge + figuresWidth) * u : width - edge * u, bottom: edge * u + headerHeight };
  const figures: Box = wide
    ? { left: width - (edge + figuresWidth) * u, top: header.top, right: width - edge * u, bottom: header.bottom }
    : { left: edge * u, top: header.bottom, right: width - edge * u, bottom: header.bottom + 8 * u };
  const top = (wide ? header.bottom : figures.bottom) + gap * u;
  const map: Box = { left: edge * u, top, right: edge * u + view.width, bottom: top + view.height };
  const legendAt: Pixel = beside ? [map.left + mapWidth + gap * u, top] : [edge * u, map.bottom + gap * u];
  const legend: Box = { left: legendAt[0], top: legendAt[1], right: legendAt[0] + (beside ? legendSize.width : inner), bottom: legendAt[1] + (entries.length > 0 ? legendSize.height : 0) };
  const below = beside ? Math.max(map.bottom, legend.bottom) : legend.bottom;
  const footer: Box = { left: edge * u, top: below + gap * 0.6 * u, right: width - edge * u, bottom: below + (gap * 0.6 + (beside ? footerHeight : narrowFooterHeight)) * u };
  return {
    width, height: footer.bottom, header, figures, map, legend, footer, lineWidth,
    lines: columns.places.map(([column, y]) => [legendAt[0] + column * lineWidth, legendAt[1] + heading * u + y]),
  };
}

/** Column by column, each as high as it may be. */
function fill(heights: readonly number[], most: number): { count: number; height: number; places: Pixel[] } {
  const places: Pixel[] = [];
  let [column, y, highest] = [0, 0, 0];
  for (const height of heights) {
    if (y > 0 && y + height > most) [column, y] = [column + 1, 0];
    places.push([column, y]);
    y += height;
    highest = Math.max(highest, y);
  }
  return { count: heights.length === 0 ? 0 : column + 1, height: highest, places };
}

/** 临汾大气一张图-2026-11-29-1405.png, in Beijing time. */
export function fileName(product: string, at: number): string {
  const time = new Date(at + 8 * 3_600_000).toISOString();
  return `${product}-${time.slice(0, 10)}-${time.slice(11, 13)}${time.slice(14, 16)}.png`;
}
