import { get } from './http';

/** Ground below the map that the city has set up. */
export interface BaseMap {
  id: string;
  /** Pictures by address; a file of pictures; a file of vector tiles. */
  kind: 'tiles' | 'pictures' | 'vector';
  titleZh: string;
  titleEn: string;
  /** Addresses with {z}/{x}/{y}, the lowest first. */
  tiles: string[] | null;
  /** Address of the PMTiles file. */
  file: string | null;
  minZoom: number;
  maxZoom: number;
  bounds: [west: number, south: number, east: number, north: number] | null;
  /** Has to stand on the map. */
  attribution: string | null;
}

/** None where none is set up. */
export const baseMaps = async (): Promise<BaseMap[]> => (await get<{ maps: BaseMap[] }>('/api/base-maps')).maps;
