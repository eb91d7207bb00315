import type { FeatureCollection, Point } from 'geojson';
import type { Fire, Severity } from '../api/types';
import { ageClass } from './palette';

/** How grave a fire's violation is. */
export type SeverityOf = (fire: string) => Severity;

/** The live log's fires as the style wants them. */
export function burningFeatures(fires: readonly Fire[], now: number, severityOf: SeverityOf): FeatureCollection<Point> {
  const features = fires.map(({ geometry, properties: p }) => ({
    type: 'Feature' as const,
    geometry,
    properties: {
      id: p.id,
      status: p.status,
      age: ageClass(p.firstSeenAt, now),
      size: sizeOf(p),
      radius: p.radiusMetres ?? 0,
      severity: severityOf(p.id),
      simulated: p.simulated,
    },
  }));
  return { type: 'FeatureCollection', features };
}

/** 0 to 1: by radiative power where a satellite told it, and by how often it was seen. */
export function sizeOf({ frpMegawatts, detections }: Fire['properties']): number {
  return Math.min(1, Math.log10(1 + (frpMegawatts ?? 0)) / 2.2 + Math.log2(Math.max(1, detections)) / 12);
}
