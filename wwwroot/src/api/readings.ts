import { get, request } from './http';
import { searchOf } from './registers';

/** What dust monitors measured, and how they are. */

export type DustFactor = 'TSP' | 'PM10';
export const dustFactors: readonly DustFactor[] = ['TSP', 'PM10'];

export type CurveStep = 'minute' | '15min' | 'hour';

export interface CurvePoint {
  /** Start of the step. */
  at: string;
  /** Mean of what counts; null where nothing does. */
  value: number | null;
  min: number | null;
  max: number | null;
  /** Over the averaging time that ends here; of a longer step the highest one. */
  mean: number | null;
  /** Mean of what does not count. */
  doubtful: number | null;
  why: string[] | null;
}

export interface CurveLimit {
  from: string;
  to: string;
  /** µg/m³; above the background where `aboveBackground`. */
  limit: number;
  minutes: number;
  share: number;
  aboveBackground: boolean;
}

export interface Curve {
  monitor: string;
  mn: string;
  name: string;
  factor: DustFactor;
  unit: string;
  step: CurveStep;
  from: string;
  to: string;
  limits: CurveLimit[];
  background: { at: string; value: number }[];
  points: CurvePoint[];
  exceeding: { from: string; to: string }[];
}

export type HealthState = 'ok' | 'suspect' | 'silent';

export interface MonitorHealth {
  monitor: string;
  mn: string;
  name: string;
  county: string | null;
  site: string | null;
  simulated: boolean;
  state: HealthState;
  reasons: string[];
  lastDataAt: string | null;
}

/** What the line refused since the server started. */
export interface Refusal {
  /** Empty for bytes that belong to no packet. */
  mn: string;
  address: string;
  reason: string;
  count: number;
  firstAt: string;
  lastAt: string;
}

/** Readings that are kept and do not count, by monitor, factor and reason. */
export interface Quarantined {
  monitor: string;
  mn: string;
  name: string;
  county: string | null;
  simulated: boolean;
  factor: string;
  quality: string;
  readings: number;
  from: string;
  to: string;
  least: number | null;
  most: number | null;
}

/** A device that called in and is not in the register. */
export interface PendingMonitor {
  mn: string;
  address: string;
  packets: number;
  lastAt: string;
}

const patienceMs = 30_000; // a month is much to sum up

export const curve = (mn: string, query: { factor: DustFactor; from: number; to: number; step?: CurveStep }): Promise<Curve> =>
  get(`/api/monitors/${encodeURIComponent(mn)}/curve${searchOf({ factor: query.factor, step: query.step, from: timeOf(query.from), to: timeOf(query.to) })}`, patienceMs);

export const monitorHealth = (county = ''): Promise<MonitorHealth[]> => get(`/api/monitors/health${searchOf({ county })}`, patienceMs);
export const refusals = (): Promise<Refusal[]> => get('/api/monitors/refusals');

export const quarantined = (county = ''): Promise<Quarantined[]> => get(`/api/monitors/quarantine${searchOf({ county })}`, patienceMs);

/** Says that all of the group are right. `scale` is what the values are to be multiplied by. */
export async function release(group: Quarantined, reason: string, scale: number | null): Promise<void> {
  const { mn, from, factor, quality } = group;
  // The end is not part of what is released; the last reading is.
  await request(`/api/monitors/${encodeURIComponent(mn)}/release`, { method: 'POST', json: { from, to: timeOf(Date.parse(group.to) + 1_000), factor, quality, reason, ...(scale === null ? {} : { scale }) }, timeoutMs: patienceMs });
}

export const pendingMonitors = (): Promise<PendingMonitor[]> => get('/api/monitors/pending');

export async function dismissPending(mn: string): Promise<void> {
  await request(`/api/monitors/pending/${encodeURIComponent(mn)}/dismiss`, { method: 'POST', json: {} });
}

export const readingsExport = (mn: string, query: { format: 'csv' | 'xlsx'; interval: string; from: number; to: number; lang: string }): string =>
  `/api/monitors/${encodeURIComponent(mn)}/readings/export${searchOf({ ...query, from: timeOf(query.from), to: timeOf(query.to) })}`;

const timeOf = (at: number): string => new Date(at).toISOString();
