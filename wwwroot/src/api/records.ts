import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import { get, request, type Answer } from './http';
import type { FeatureList, FindingKindEntry } from './types';

/** Findings and zones: filed, drawn and decided on by calls of their own rather than edited like an entry. */

export type FindingStepName = 'confirm' | 'rectify' | 'dismiss';
export type FindingState = 'filed' | 'confirmed' | 'rectified' | 'dismissed';

export interface Finding {
  id: string;
  geometry: Geometry | null;
  properties: {
    name: string;
    kind: string;
    at: string;
    filedBy: string;
    text?: string | null;
    accuracyMetres?: number | null;
    photos?: string[] | null;
    state: FindingState;
    county: string | null;
    changedAt: string;
    version: number;
    simulated: boolean;
  } & Record<string, unknown>;
}

export interface ZoneVersion {
  id: string;
  geometry: Polygon | MultiPolygon;
  properties: {
    version: number;
    kind: string;
    kindTitle: { zh: string; en: string };
    name: string;
    status: 'draft' | 'published' | 'retired';
    documentNumber: string | null;
    effectiveFrom: string | null;
    effectiveTo: string | null;
    reason?: string | null;
    authority?: string | null;
    note?: string | null;
    counties: string[];
    areaSquareMetres: number;
    changedAt?: string;
    changedBy?: string;
    derived: boolean;
    simulated: boolean;
    plantId?: string;
  };
}

export interface ZoneKindEntry {
  code: string;
  title: string;
  titleEn: string;
  derived: boolean;
}

export interface ZoneEffect {
  judged: number;
  opened: number;
  closed: number;
}

const searchOf = (query: Record<string, string>): string => `?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()}`;

export const findings = (query: Record<string, string>): Promise<FeatureList<Finding>> => get(`/api/findings${searchOf(query)}`, 20_000);
export const finding = async (id: string): Promise<Finding> => get(`/api/findings/${encodeURIComponent(id)}`);
export const findingKinds = async (): Promise<FindingKindEntry[]> => (await get<{ kinds: FindingKindEntry[] }>('/api/finding-kinds')).kinds;

/** The step goes as a form, so that photos may come with it. */
export function follow(id: string, step: FindingStepName, version: number, reason: string, photos: readonly File[]): Promise<Answer<Finding>> {
  const form = new FormData();
  form.set(step, JSON.stringify(reason === '' ? {} : { reason }));
  for (const photo of photos) form.append('photo', photo);
  return request(`/api/findings/${encodeURIComponent(id)}/${step}`, { method: 'POST', form, ifMatch: `"${version}"`, timeoutMs: 60_000 });
}

export const photoAddress = (hash: string): string => `/api/photos/${encodeURIComponent(hash)}`;
export const thumbnailAddress = (hash: string): string => `${photoAddress(hash)}/thumbnail`;

export const zones = (query: Record<string, string>): Promise<FeatureList<ZoneVersion>> => get(`/api/zones${searchOf(query)}`, 20_000);
export const zoneKinds = async (): Promise<ZoneKindEntry[]> => (await get<{ kinds: ZoneKindEntry[] }>('/api/zone-kinds')).kinds;
export const zoneVersions = async (id: string): Promise<ZoneVersion[]> => (await get<FeatureList<ZoneVersion>>(`/api/zones/${encodeURIComponent(id)}/versions`)).features;
/** The tag of the latest version: needed so that nobody's change is lost. */
export const zoneTag = async (id: string): Promise<string> => (await request<ZoneVersion>(`/api/zones/${encodeURIComponent(id)}`)).etag ?? '';
export const decideZone = (id: string, act: 'publish' | 'retire', tag: string, body: Record<string, string>): Promise<Answer<ZoneEffect>> =>
  request(`/api/zones/${encodeURIComponent(id)}/${act}`, { method: 'POST', json: body, ifMatch: tag, timeoutMs: 60_000 });
