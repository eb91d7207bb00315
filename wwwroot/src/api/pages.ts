import { sameOrigin } from './calls';
import { get } from './http';
import type { PrecisionRow } from './fires';
import { searchOf, type RegisterCount } from './registers';
import type { County, FeatureList, Fire, Outline, Trend, Violation } from './types';

/** What the pages of one county and of one subject ask for. */

const patienceMs = 20_000;

/** Every county; those outside one's scope without numbers. */
export const outlines = (withGeometry: boolean): Promise<FeatureList<County | Outline>> => get(`/api/counties${withGeometry ? '' : '?geometry=exclude'}`, patienceMs);

export const trendOf = (county: string, days: number): Promise<Trend> => get(`/api/violations/trend${searchOf({ days, county })}`, patienceMs);
export const countsOf = async (county: string): Promise<RegisterCount[]> => (await get<{ counts: RegisterCount[] }>(`/api/registers/counts${searchOf({ county })}`, patienceMs)).counts;
export const precisionOf = async (county: string): Promise<PrecisionRow[]> => (await get<{ precision: PrecisionRow[] }>(`/api/fires/precision${searchOf({ county })}`, patienceMs)).precision;

export interface ViolationQuery {
  county?: string;
  subject?: string;
  status?: 'open' | 'closed';
  article?: number;
  overdue?: 'true';
  /** West, south, east, north. */
  bbox?: string;
  limit: number;
}

export const violationsPage = (query: ViolationQuery): Promise<FeatureList<Violation>> => get(`/api/violations${searchOf({ ...query })}`, patienceMs);
/** @param from RFC 3339. */
export const firesPage = (county: string, from: string, limit: number): Promise<FeatureList<Fire>> => get(`/api/fires${searchOf({ county, from, limit })}`, patienceMs);
export const followingPage = <F>(next: string): Promise<FeatureList<F>> => get(sameOrigin(next), patienceMs);
