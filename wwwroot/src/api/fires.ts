import { sameOrigin } from './calls';
import { get, request } from './http';
import { searchOf, tagOf } from './registers';
import type { FeatureList, Fire, LonLat, SourceKind, Subject } from './types';

/** What officers do with fires beside a verdict, and what the server tells of the sources that see them. */

const heatPath = '/api/heat-sources';
const mostNear = 200;

/** West, south, east, north; degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Verdicts about the fires that a kind of source reported, of one county and Beijing month of the first sighting. */
export interface PrecisionRow {
  sourceKind: SourceKind;
  county: string;
  /** yyyy-MM */
  month: string;
  fires: number;
  real: number;
  refuted: number;
}

const fireAt = (id: string): string => `/api/fires/${encodeURIComponent(id)}`;

/** How often sources were right: in earnest, or, before anybody gave a verdict in earnest, in the exercise that runs. */
export interface ToldPrecision {
  rows: PrecisionRow[];
  simulated: boolean;
}

export async function precision(): Promise<ToldPrecision> {
  const of = async (simulated: 'exclude' | 'only'): Promise<PrecisionRow[]> => (await get<{ precision: PrecisionRow[] }>(`/api/fires/precision${searchOf({ simulated })}`)).precision;
  const judged = (rows: readonly PrecisionRow[]): boolean => rows.some((r) => r.real + r.refuted > 0);
  const rows = await of('exclude');
  if (judged(rows)) return { rows, simulated: false };
  const played = await of('only');
  return judged(played) ? { rows: played, simulated: true } : { rows, simulated: false };
}

/** Answers the fire that was split off. */
export const split = async (id: string, detections: readonly string[], reason: string): Promise<Fire> => answered(`${fireAt(id)}/split`, { detections, reason });

/** Answers the fire that goes on. */
export const merge = async (id: string, other: string, reason: string): Promise<Fire> => answered(`${fireAt(id)}/merge`, { with: other, reason });

/** Those that may still be split and merged, newest first. */
export const firesWithin = async (bounds: Bounds): Promise<Fire[]> =>
  (await get<FeatureList<Fire>>(`/api/fires${searchOf({ bbox: bounds.map((n) => n.toFixed(5)).join(), status: 'suspected,confirmed,lapsed,history', limit: mostNear })}`)).features;

export async function heatSourcesWithin(bounds: Bounds): Promise<Subject[]> {
  const found: Subject[] = [];
  let page = await get<FeatureList<Subject>>(`${heatPath}${searchOf({ bbox: bounds.map((n) => n.toFixed(5)).join(), limit: mostNear })}`);
  found.push(...page.features);
  while (page.next !== null) {
    page = await get<FeatureList<Subject>>(sameOrigin(page.next));
    found.push(...page.features);
  }
  return found;
}

export type HeatStep = 'approve' | 'dismiss';

/** On the version that was read: who decides has seen what he decides about. */
export async function decideHeatSource(source: Subject, step: HeatStep, reason: string): Promise<void> {
  await request(`${heatPath}/${encodeURIComponent(source.id)}/${step}`, { method: 'POST', json: { reason }, ifMatch: tagOf(source.properties.version) });
}

export interface HeatProposal {
  name: string;
  kind: string;
  radiusMetres: number;
  note: string;
  simulated: boolean;
}

/** A new entry is a candidate. */
export const proposeHeatSource = ([lon, lat]: LonLat, { note, ...proposal }: HeatProposal): Promise<Subject> =>
  answered(heatPath, { ...proposal, lon, lat, ...(note === '' ? {} : { note }) });

async function answered<T>(path: string, json: unknown): Promise<T> {
  const { body } = await request<T>(path, { method: 'POST', json });
  return body as T; // these never answer 304 or 204
}
