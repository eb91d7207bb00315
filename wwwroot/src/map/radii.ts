import type { FeatureCollection, Geometry } from 'geojson';
import type { Circle } from '../api/registers';
import { boundsOf } from './shapes';

/** Each circle, and its plant in the middle. */
export function radiusFeatures(circles: readonly Circle[]): FeatureCollection<Geometry> {
  return {
    type: 'FeatureCollection',
    features: circles.flatMap((circle) => {
      const told = { id: circle.id, name: circle.properties['name'], simulated: circle.properties['simulated'] === true };
      const rings = circle.geometry.type === 'Polygon' ? circle.geometry.coordinates : circle.geometry.coordinates.flat();
      const { left, top, right, bottom } = boundsOf(rings.flat().map(([lon = 0, lat = 0]) => [lon, lat] as const));
      return [
        { type: 'Feature' as const, geometry: circle.geometry, properties: { ...told, centre: false } },
        { type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: [(left + right) / 2, (top + bottom) / 2] }, properties: { ...told, centre: true } },
      ];
    }),
  };
}
