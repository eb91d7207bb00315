import type { Detection, Fire } from '../api/types';
import { metresBetween } from './ground';

/** Which fires may be one with another, and which detections may leave one: what the server would refuse is not offered. */

export const reachMetres = 10_000;
const weekMs = 7 * 86_400_000;
const mostOffered = 30;

export interface Neighbour {
  readonly fire: Fire;
  readonly metres: number;
}

/** Neither out, refuted nor merged. */
export const isOpenToChange = ({ properties: { status } }: Fire): boolean => status !== 'out' && status !== 'refuted' && status !== 'merged';

export function mayBeOne(a: Fire, b: Fire): boolean {
  if (a.id === b.id || a.properties.simulated !== b.properties.simulated || !isOpenToChange(a) || !isOpenToChange(b)) return false;
  const [p, q] = [a.properties, b.properties];
  return Math.max(Date.parse(p.lastSeenAt), Date.parse(q.lastSeenAt)) - Math.min(Date.parse(p.firstSeenAt), Date.parse(q.firstSeenAt)) <= weekMs;
}

/** Nearest first. */
export function neighboursOf(fire: Fire, others: readonly Fire[]): Neighbour[] {
  return others.filter((other) => mayBeOne(fire, other))
    .map((other) => ({ fire: other, metres: metresBetween(fire.geometry.coordinates, other.geometry.coordinates) }))
    .toSorted((a, b) => a.metres - b.metres || (a.fire.id < b.fire.id ? -1 : 1)).slice(0, mostOffered);
}

/** What both together are. */
export function together(a: Fire, b: Fire): { detections: number; firstSeenAt: string } {
  const [p, q] = [a.properties, b.properties];
  return { detections: p.detections + q.detections, firstSeenAt: Date.parse(p.firstSeenAt) <= Date.parse(q.firstSeenAt) ? p.firstSeenAt : q.firstSeenAt };
}

export interface Parting {
  readonly leave: readonly string[];
  readonly stay: number;
  /** Chosen, and in another fire by now. */
  readonly gone: number;
}

export function partingOf(detections: readonly Detection[], chosen: ReadonlySet<string>): Parting {
  const leave = detections.filter((d) => chosen.has(d.id)).map((d) => d.id);
  return { leave, stay: detections.length - leave.length, gone: chosen.size - leave.length };
}
