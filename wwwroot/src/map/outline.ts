import type { County, LonLat } from '../api/types';

/**
 * The city's own border: the edges that one county alone has, joined into rings and smoothed. Neighbours share their corners
 * exactly, so an inner border appears twice and drops out. Only for the glow, which a jagged line would make bristle.
 */
export function cityOutline(counties: readonly County[], tolerance: number): LonLat[][] {
  const edges = new Map<string, { from: string; to: string }>();
  const places = new Map<string, LonLat>();
  for (const ring of counties.flatMap(ringsOf)) {
    for (let i = 1; i < ring.length; i += 1) {
      const [from, to] = [ring[i - 1] as LonLat, ring[i] as LonLat].map((p) => note(places, p)) as [string, string];
      if (from === to) continue;
      if (!edges.delete(`${to}>${from}`)) edges.set(`${from}>${to}`, { from, to });
    }
  }
  return chain([...edges.values()]).map((ring) => rounded(rounded(rounded(simplify(ring.map((key) => places.get(key) as LonLat), tolerance)))));
}

function ringsOf({ geometry }: County): LonLat[][] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

function note(places: Map<string, LonLat>, position: LonLat): string {
  const key = `${position[0].toFixed(5)},${position[1].toFixed(5)}`;
  places.set(key, position);
  return key;
}

function chain(edges: { from: string; to: string }[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const rings: string[][] = [];
  for (const { from } of edges) {
    const ring = [from];
    for (let at = next.get(from)?.pop(); at !== undefined; at = next.get(at)?.pop()) ring.push(at);
    if (ring.length > 3) rings.push(ring);
  }
  return rings;
}

/** Cuts every corner at a quarter of its sides (Chaikin). */
function rounded(ring: readonly LonLat[]): LonLat[] {
  const points: LonLat[] = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i - 1] as LonLat, ring[i] as LonLat];
    points.push([ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25], [ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75]);
  }
  return points[0] === undefined ? [] : [...points, points[0]];
}

/** Douglas and Peucker; a ring is cut at its farthest point first, or its equal ends would hide everything between. */
export function simplify(line: readonly LonLat[], tolerance: number): LonLat[] {
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined || line.length < 3) return [...line];
  const closed = first[0] === last[0] && first[1] === last[1];
  const [index, distance] = farthest(line, first, closed ? first : last);
  if (distance <= tolerance) return [first, last];
  const head = simplify(line.slice(0, index + 1), tolerance);
  return [...head.slice(0, -1), ...simplify(line.slice(index), tolerance)];
}

function farthest(line: readonly LonLat[], a: LonLat, b: LonLat): [index: number, distance: number] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let best: [number, number] = [0, -1];
  for (let i = 1; i < line.length - 1; i += 1) {
    const p = line[i] as LonLat;
    const distance = length === 0 ? Math.hypot(p[0] - a[0], p[1] - a[1]) : Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length;
    if (distance > best[1]) best = [i, distance];
  }
  return best;
}
