import { request } from './http';

/** What the search box found: `place` for coordinates, whose name is the system they were read in. */
export interface Hit {
  kind: string;
  id: string | null;
  name: string;
  code: string | null;
  county: string | null;
  lon: number | null;
  lat: number | null;
  bbox: [west: number, south: number, east: number, north: number] | null;
  simulated: boolean;
}

export async function search(q: string, limit: number, signal: AbortSignal): Promise<Hit[]> {
  const { body } = await request<{ results: Hit[] }>(`/api/search?limit=${limit}&q=${encodeURIComponent(q)}`, { signal });
  return body?.results ?? [];
}
