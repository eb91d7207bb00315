import type { Geometry, Position } from 'geojson';
import type { Bounds } from '../api/fires';
import type { LonLat } from '../api/types';

/** Distances of a few kilometres on flat ground, right to a thousandth in this city: for what is near, not for what the law says. */

const metresOfDegree = 111_320; // of latitude, and of longitude at the equator

/** East and north of a middle, in metres. */
function flat([lon = 0, lat = 0]: Position, [lon0, lat0]: LonLat): [east: number, north: number] {
  return [(lon - lon0) * metresOfDegree * Math.cos((lat0 * Math.PI) / 180), (lat - lat0) * metresOfDegree];
}

export function metresBetween(a: LonLat, b: LonLat): number {
  return Math.hypot(...flat(b, a));
}

/** From a place to a shape; 0 inside of an area. */
export function metresTo(place: LonLat, shape: Geometry | null): number {
  if (shape === null) return Number.POSITIVE_INFINITY;
  switch (shape.type) {
    case 'Point':
      return Math.hypot(...flat(shape.coordinates, place));
    case 'Polygon':
      return metresToRings(place, shape.coordinates);
    case 'MultiPolygon':
      return Math.min(...shape.coordinates.map((rings) => metresToRings(place, rings)));
    default:
      return Number.POSITIVE_INFINITY;
  }
}

function metresToRings(place: LonLat, rings: Position[][]): number {
  let [nearest, inside] = [Number.POSITIVE_INFINITY, false];
  for (const ring of rings) {
    const corners = ring.map((p) => flat(p, place));
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
      const [[ax, ay], [bx, by]] = [corners[i] ?? [0, 0], corners[j] ?? [0, 0]];
      const along = Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / Math.max(1e-9, (bx - ax) ** 2 + (by - ay) ** 2)));
      nearest = Math.min(nearest, Math.hypot(ax + along * (bx - ax), ay + along * (by - ay)));
      if (ay > 0 !== by > 0 && 0 < ((bx - ax) * -ay) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside ? 0 : nearest;
}

export function boundsAround([lon, lat]: LonLat, metres: number): Bounds {
  const north = metres / metresOfDegree;
  const east = north / Math.cos((lat * Math.PI) / 180);
  return [lon - east, lat - north, lon + east, lat + north];
}

/** 380 m, 2.4 km */
export const inMetres = (metres: number): string => (metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`);
