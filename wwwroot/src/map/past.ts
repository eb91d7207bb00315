import type { FeatureCollection, Point } from 'geojson';
import type { Violation } from '../api/types';

/** More points than that make a map that nobody reads and that a wall's processor does not turn. */
export const mostPast = 5_000;

/** What the map draws of a replayed moment: the newest violations that have a place. Those of fires have the fire's sign. */
export function pastFeatures(violations: Iterable<Violation>): { drawn: FeatureCollection<Point>; notDrawn: number } {
  const placed = [...violations].filter((v) => v.geometry !== null && v.properties.subject.kind !== 'fire');
  const newest = placed.length <= mostPast ? placed : placed.toSorted((a, b) => (a.properties.openedAt < b.properties.openedAt ? 1 : -1)).slice(0, mostPast);
  const features = newest.flatMap(({ geometry, properties: { id, severity } }) => (geometry === null ? [] : [{ type: 'Feature' as const, geometry, properties: { id, severity } }]));
  return { drawn: { type: 'FeatureCollection', features }, notDrawn: placed.length - newest.length };
}
