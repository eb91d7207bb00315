import type { LonLat } from '../api/types';

/** What can be picked on the map, and what a card is about. */
export interface MapTarget {
  kind: 'county' | 'fire';
  id: string;
}

export interface MapView {
  centre: LonLat;
  zoom: number;
}

export interface MapListener {
  picked(target: MapTarget | null): void;
  hovered(target: MapTarget | null, x: number, y: number): void;
  /** The view came to rest; null stands for the whole city. */
  rested(view: MapView | null): void;
}
