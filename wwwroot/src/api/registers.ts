import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import { sameOrigin } from './calls';
import { get, request, send, type Answer } from './http';
import { lastReport } from './ndjson';
import type { FeatureList, LonLat, Violation } from './types';

/** The registers as the server describes them, and what can be done with their entries. */

export type FieldType = 'text' | 'number' | 'integer' | 'flag' | 'day' | 'moment' | 'choice' | 'reference' | 'secret';
export type ShapeKind = 'point' | 'line' | 'area';

export interface Option {
  code: string;
  title: string;
  titleEn: string;
}

export interface Field {
  name: string;
  type: FieldType;
  title: string;
  titleEn: string;
  unit: string | null;
  required: boolean;
  least: number | null;
  most: number | null;
  options: Option[] | null;
  refersTo: string | null;
  /** Set by steps such as an approval, never by a form. */
  readOnly?: boolean;
}

export interface Register {
  kind: string;
  /** With `/api/`. */
  path: string;
  title: string;
  titleEn: string;
  shapes: ShapeKind[];
  placeRequired: boolean;
  parentKind: string | null;
  parentField: string | null;
  fields: Field[];
}

export interface EntryProperties {
  id: string;
  register: string;
  code: string | null;
  name: string;
  county: string | null;
  since: string;
  knownAt: string;
  changedAt: string;
  version: number;
  simulated: boolean;
  [field: string]: unknown;
}

export interface Entry {
  type: 'Feature';
  id: string;
  /** Null while the place is not known. */
  geometry: Geometry | null;
  properties: EntryProperties;
}

export interface RegisterCount {
  kind: string;
  entries: number;
  simulated: number;
  open: number;
  undecidable: number;
}

export interface Version {
  version: number;
  at: string;
  action: 'created' | 'changed' | 'deleted';
  by: string;
  data: Entry;
}

export interface Undecidable {
  rule: string;
  subject: { kind: string; id: string; name: string };
  county: string | null;
  missing: string;
  knownAt: string;
  simulated: boolean;
}

/** What became of a file, or would become of it. `received` is the sum of the others; while it is read only two of them are told. */
export interface ImportProgress {
  received: number;
  rejectedCount: number;
}

export interface ImportReport extends ImportProgress {
  dryRun: boolean;
  created: number;
  changed: number;
  unchanged: number;
  /** The first thousand. */
  rejected: { line: number; reason: string }[];
}

export interface Circle {
  type: 'Feature';
  id: string;
  geometry: Polygon | MultiPolygon;
  properties: Record<string, unknown>;
}

export interface EntryQuery {
  q?: string;
  county?: string;
  parent?: string;
  simulated?: string;
  cursor?: string;
  limit?: number;
}

export const tagOf = (version: number): string => `"${version}"`;

export const registers = async (): Promise<Register[]> => (await get<{ registers: Register[] }>('/api/registers')).registers;
export const registerCounts = async (): Promise<RegisterCount[]> => (await get<{ counts: RegisterCount[] }>('/api/registers/counts')).counts;

export const entries = (register: Register, query: EntryQuery): Promise<FeatureList<Entry>> => get(`${register.path}${searchOf({ ...query })}`, 20_000);
export const entry = (register: Register, id: string): Promise<Entry> => get(addressOf(register, id));
export const history = async (register: Register, id: string): Promise<Version[]> => (await get<{ versions: Version[] }>(`${addressOf(register, id)}/history`)).versions;

export const create = (register: Register, body: unknown): Promise<Answer<Entry>> => request(register.path, { method: 'POST', json: body });
export const replace = (register: Register, id: string, version: number, body: unknown): Promise<Answer<Entry>> =>
  request(addressOf(register, id), { method: 'PUT', json: body, ifMatch: tagOf(version) });
export const remove = (register: Register, id: string, version: number): Promise<Answer<null>> => request(addressOf(register, id), { method: 'DELETE', ifMatch: tagOf(version) });

export const openViolationsOf = async (subject: string): Promise<Violation[]> => (await get<FeatureList<Violation>>(`/api/violations${searchOf({ status: 'open', subject, limit: 1000 })}`)).features;
export const undecidables = (query: { county?: string; rule?: string; subject?: string; limit: number }): Promise<{ undecidable: Undecidable[]; next: string | null }> => get(`/api/undecidable${searchOf(query)}`);
export const moreUndecidables = (next: string): Promise<{ undecidable: Undecidable[]; next: string | null }> => get(sameOrigin(next));

/** The circles around the plants in which small boilers have to go. */
export const heatRadii = async (): Promise<Circle[]> => (await get<FeatureList<Circle>>('/api/zones?kind=heatRadius&limit=1000')).features;

export type ExportFormat = 'csv' | 'xlsx' | 'geojson' | 'shp';
export const exportAddress = (register: Register, format: ExportFormat, query: { q: string; county: string; simulated: string; parent: string }): string => `${register.path}/export${searchOf({ format, ...query })}`;

export interface ImportOptions {
  dryRun: boolean;
  /** Empty: as the file says. */
  crs: string;
}

/** Sends a file and tells of its progress; the last report is the whole one. Takes as long as it takes, until the signal ends it. */
export async function importFile(register: Register, file: File, options: ImportOptions, progress: (report: ImportProgress) => void, signal: AbortSignal): Promise<ImportReport> {
  const search = searchOf({ dryRun: String(options.dryRun), crs: options.crs, name: file.name, progress: 'true' });
  const response = await send(`${register.path}/import${search}`, { method: 'POST', file: { body: file, type: file.type === '' ? 'application/octet-stream' : file.type }, signal });
  return lastReport(response, progress);
}

const addressOf = (register: Register, id: string): string => `${register.path}/${encodeURIComponent(id)}`;

export function searchOf(query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** A point on or in the geometry, for flying there: its first position. */
/** Every corner. */
export function positionsOf(geometry: Geometry | null): LonLat[] {
  const walk = (inner: unknown): LonLat[] => (!Array.isArray(inner) ? [] : typeof inner[0] === 'number' ? [[inner[0], inner[1] as number]] : inner.flatMap(walk));
  return geometry === null || geometry.type === 'GeometryCollection' ? [] : walk(geometry.coordinates);
}

export const firstPosition = (geometry: Geometry | null): LonLat | null => positionsOf(geometry)[0] ?? null;
