import type { Feature, FeatureCollection, LineString, Polygon, Position } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { Detection, Fire, LonLat } from '../api/types';
import type { Palette } from './palette';

/** Where the open fire may lie: its own circle, and what each of its detections says. */
export interface Footprints {
  readonly fire: Fire;
  readonly detections: readonly Detection[];
  /** Ids of the detections that stand out. */
  readonly chosen: ReadonlySet<string>;
  /** Another fire that may be one with it. */
  readonly other: Fire | null;
}

export const footprintSource = 'footprints';
const corners = 48;
const metresOfDegree = 111_320;
/** A camera knows the direction well and the distance badly: the server's footprint is a third as wide as it is long (Fusion/Footprint). */
const coneWidth = 1 / 3;
/** Beyond it the map would be covered; the likeliest come first in what the server sends. */
const mostDrawn = 300;

/** The server's footprint of a detection: a circle, or with a bearing an ellipse along it. Metres, degrees clockwise from north. */
export function footprintRing([lon, lat]: LonLat, radiusMetres: number, bearing: number | null): Position[] {
  const across = bearing === null ? radiusMetres : radiusMetres * coneWidth;
  const turn = ((bearing ?? 0) * Math.PI) / 180;
  const ring = Array.from({ length: corners }, (_, i): Position => {
    const angle = (i / corners) * 2 * Math.PI;
    const [along, aside] = [radiusMetres * Math.cos(angle), across * Math.sin(angle)];
    const [east, north] = [along * Math.sin(turn) + aside * Math.cos(turn), along * Math.cos(turn) - aside * Math.sin(turn)];
    return [lon + east / (metresOfDegree * Math.cos((lat * Math.PI) / 180)), lat + north / metresOfDegree];
  });
  return [...ring, ring[0] as Position];
}

export function footprintFeatures(shown: Footprints | null): FeatureCollection<Polygon | LineString> {
  if (shown === null) return { type: 'FeatureCollection', features: [] };
  const { fire, detections, chosen, other } = shown;
  const drawn = (of: 'fire' | 'detection' | 'chosen', place: LonLat, radius: number, bearing: number | null): Feature<Polygon> =>
    ({ type: 'Feature', properties: { of }, geometry: { type: 'Polygon', coordinates: [footprintRing(place, radius, bearing)] } });
  const seen = detections.slice(0, mostDrawn).flatMap((d) => (d.properties.radiusMetres === null || d.properties.radiusMetres <= 0 ? [] : [drawn(chosen.has(d.id) ? 'chosen' : 'detection', d.geometry.coordinates, d.properties.radiusMetres, d.properties.bearing ?? null)]));
  const circles = [fire, ...(other === null ? [] : [other])].map((f) => drawn(f === other ? 'chosen' : 'fire', f.geometry.coordinates, Math.max(1, f.properties.radiusMetres ?? 0), null));
  const line: Feature<LineString>[] = other === null ? [] : [{ type: 'Feature', properties: { of: 'chosen' }, geometry: { type: 'LineString', coordinates: [fire.geometry.coordinates, other.geometry.coordinates] } }];
  return { type: 'FeatureCollection', features: [...seen.toSorted((a, b) => Number(a.properties?.['of'] === 'chosen') - Number(b.properties?.['of'] === 'chosen')), ...circles, ...line] };
}

/** Below the signs of fires; widths in pixels of a wall whose unit is 10 px, times `k`. */
export function footprintStyle(p: Palette, k: number): LayerSpecification[] {
  const source = footprintSource;
  return [
    { id: 'footprint-fill', type: 'fill', source, filter: ['all', ['==', ['geometry-type'], 'Polygon'], ['!=', ['get', 'of'], 'fire']], paint: { 'fill-color': ['match', ['get', 'of'], 'chosen', p.overdue, p.soft], 'fill-opacity': ['match', ['get', 'of'], 'chosen', 0.22, 0.06] } },
    { id: 'footprint-line', type: 'line', source, filter: ['==', ['get', 'of'], 'detection'], paint: { 'line-color': p.soft, 'line-width': 1.1 * k, 'line-opacity': 0.75 } },
    { id: 'footprint-chosen', type: 'line', source, filter: ['==', ['get', 'of'], 'chosen'], paint: { 'line-color': p.overdue, 'line-width': 2.4 * k } },
    { id: 'footprint-fire', type: 'line', source, filter: ['==', ['get', 'of'], 'fire'], paint: { 'line-color': p.strong, 'line-width': 1.6 * k, 'line-dasharray': [3, 2.4] } },
  ];
}
