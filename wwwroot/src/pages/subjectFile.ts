import type { Geometry } from 'geojson';
import type { Detection } from '../api/types';
import type { TimelineItem } from './timeline';

/** What is on file about a subject beside its violations, whatever kind it is. */
export interface SubjectFile {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly county: string | null;
  readonly geometry: Geometry | null;
  /** Metres around a point; null where it is exact. */
  readonly radiusMetres: number | null;
  readonly simulated: boolean;
  /** Only its history is left. */
  readonly deleted: boolean;
  readonly tags: readonly string[];
  readonly fields: readonly (readonly [name: string, value: string | Node])[];
  readonly events: readonly TimelineItem[];
  /** Hashes. */
  readonly photos: readonly string[];
  /** Of a dust monitor. */
  readonly mn: string | null;
  readonly detections: readonly Detection[];
}

export const bareFile: Omit<SubjectFile, 'kind' | 'id' | 'name'> = {
  county: null, geometry: null, radiusMetres: null, simulated: false, deleted: false, tags: [], fields: [], events: [], photos: [], mn: null, detections: [],
};
