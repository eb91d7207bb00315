import type { Geometry, Position } from 'geojson';
import type { ShapeKind } from '../api/registers';
import type { LonLat } from '../api/types';

/**
 * A place as it is being written. Lines and areas are their corners as text, one a line: the map writes the same text as the
 * keyboard. What a form cannot draw (several parts, holes) stays what it is until somebody draws anew.
 */
export type ShapeDraft =
  | { kind: 'none' }
  | { kind: 'point'; lon: string; lat: string; crs: string }
  | { kind: 'line' | 'area'; corners: string; crs: string }
  | { kind: 'other'; geometry: Geometry };

/** The coordinate system of the map and of everything that is stored. */
export const ownCrs = 'CGCS2000';
export const knownCrs = [ownCrs, 'WGS84', 'GCJ02', 'BD09'] as const;

const fewestCorners: Record<'line' | 'area', number> = { line: 2, area: 3 };

export function shapeOf(geometry: Geometry | null): ShapeDraft {
  switch (geometry?.type) {
    case undefined:
      return { kind: 'none' };
    case 'Point':
      return { kind: 'point', lon: String(geometry.coordinates[0]), lat: String(geometry.coordinates[1]), crs: ownCrs };
    case 'LineString':
      return { kind: 'line', corners: cornersText(geometry.coordinates), crs: ownCrs };
    case 'Polygon':
      return geometry.coordinates.length === 1 ? { kind: 'area', corners: cornersText((geometry.coordinates[0] ?? []).slice(0, -1)), crs: ownCrs } : { kind: 'other', geometry };
    default:
      return { kind: 'other', geometry: geometry as Geometry };
  }
}

export const emptyShape = (kind: ShapeKind): ShapeDraft => (kind === 'point' ? { kind, lon: '', lat: '', crs: ownCrs } : { kind, corners: '', crs: ownCrs });

export const cornersText = (corners: readonly Position[]): string => corners.map((c) => `${c[0]}, ${c[1]}`).join('\n');

/** The corners, or the first line that is none. */
export function cornersOf(text: string): { corners: LonLat[]; fault: number | null } {
  const corners: LonLat[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const numbers = line.split(/[\s,，;]+/).filter((part) => part !== '').map(Number);
    if (numbers.length !== 2 || numbers.some((n) => !Number.isFinite(n))) return { corners, fault: index + 1 };
    corners.push(numbers as LonLat);
  }
  return { corners, fault: null };
}

export type ShapeFault = { what: 'corner'; line: number } | { what: 'few'; least: number } | null;

export function faultOf(shape: ShapeDraft): ShapeFault {
  if (shape.kind !== 'line' && shape.kind !== 'area') return null;
  const { corners, fault } = cornersOf(shape.corners);
  if (fault !== null) return { what: 'corner', line: fault };
  const least = fewestCorners[shape.kind];
  return corners.length > 0 && corners.length < least ? { what: 'few', least } : null;
}

/** What can be drawn of it on a map of CGCS2000; null where it is told in another system, or not yet. */
export function geometryOf(shape: ShapeDraft): Geometry | null {
  if (shape.kind === 'none') return null;
  if (shape.kind === 'other') return shape.geometry;
  if (shape.crs !== ownCrs) return null;
  if (shape.kind === 'point') {
    const position = [shape.lon, shape.lat].map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
    return position.every(Number.isFinite) ? { type: 'Point', coordinates: position } : null;
  }
  const { corners } = cornersOf(shape.corners);
  if (corners.length === 0) return null;
  return drawn(shape.kind, corners);
}

/** As the server takes it. Numbers that are none go as they were typed, so that the server names the fault. */
export function bodyOfShape(shape: ShapeDraft): Record<string, unknown> {
  if (shape.kind === 'none') return {};
  if (shape.kind === 'other') return { geometry: shape.geometry };
  if (shape.kind === 'point') {
    if (shape.lon.trim() === '' && shape.lat.trim() === '') return {};
    const told = (text: string): number | string | null => (text.trim() === '' ? null : Number.isFinite(Number(text)) ? Number(text) : text);
    return { lon: told(shape.lon), lat: told(shape.lat), crs: shape.crs };
  }
  const { corners } = cornersOf(shape.corners);
  return corners.length === 0 ? {} : { geometry: drawn(shape.kind, corners), crs: shape.crs };
}

function drawn(kind: 'line' | 'area', corners: LonLat[]): Geometry {
  if (kind === 'line' || corners.length < fewestCorners.area) return { type: 'LineString', coordinates: corners };
  return { type: 'Polygon', coordinates: [[...corners, corners[0] as LonLat]] };
}
