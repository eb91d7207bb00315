import type { LonLat } from '../api/types';
import { subjectKinds, type SubjectKind } from './kinds';

/** What can be picked on the map, and what a card is about. */
export interface MapTarget {
  kind: 'county' | 'fire' | 'violation' | 'zone' | SubjectKind;
  id: string;
}

export const targetKinds: readonly MapTarget['kind'][] = ['county', 'fire', 'violation', 'zone', ...subjectKinds];

/** What the tile says of the thing under the pointer. */
export type Told = Readonly<Record<string, unknown>>;

export interface MapView {
  centre: LonLat;
  zoom: number;
}

export interface MapListener {
  picked(target: MapTarget | null): void;
  hovered(target: MapTarget | null, x: number, y: number, told: Told): void;
  /** The view came to rest; null stands for the whole city. */
  rested(view: MapView | null, zoom: number): void;
}
