import { get, request, type Answer } from './http';
import type { Activity, Span, County, Outline, Detection, EventPage, Feed, FeatureList, FindingKindEntry, Fire, FireChange, FireStep, ParameterEntry, RuleEntry, Subject, Trend, VerdictKind, Violation, Zone } from './types';

const pageSize = 1000;

export const events = (after: number, epoch: string | null, limit = pageSize): Promise<EventPage> =>
  get(`/api/events?after=${after}&limit=${limit}${epoch === null ? '' : `&epoch=${encodeURIComponent(epoch)}`}`, 8000);

/** The newest events up to there that are no mere measurements, oldest first. */
export const latestEvents = (until: number, epoch: string, limit: number): Promise<EventPage> => get(`/api/events/latest?until=${until}&limit=${limit}&epoch=${encodeURIComponent(epoch)}`);

export const burningFiresPage = (): Promise<FeatureList<Fire>> => get(`/api/fires?status=burning&limit=${pageSize}`);
export const openViolationsPage = (): Promise<FeatureList<Violation>> => get(`/api/violations?status=open&limit=${pageSize}`);
/** A list to its end. */
export async function allPages<F>(first: Promise<FeatureList<F>>): Promise<FeatureList<F>[]> {
  const pages = [await first];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) pages.push(await nextPage<F>(next));
  return pages;
}
export const nextPage = <F>(next: string): Promise<FeatureList<F>> => get(sameOrigin(next));

/** The counties that one may see; of the others the server tells only the outline. */
export async function counties(etag: string | null): Promise<Answer<FeatureList<County>>> {
  const { body, etag: tag } = await request<FeatureList<County | Outline>>('/api/counties', { etag });
  return { etag: tag, body: body === null ? null : { ...body, features: body.features.filter((c): c is County => c.properties.summary !== null) } };
}
const asKnownAt = (moment: number): string => `asKnownAt=${encodeURIComponent(new Date(moment).toISOString())}`;

/** What was known at a moment, unix ms; 410 where the log no longer reaches back so far. */
export const pastNumbers = async (moment: number): Promise<FeatureList<County>> => {
  const list = await get<FeatureList<County | Outline>>(`/api/counties?geometry=exclude&${asKnownAt(moment)}`);
  return { ...list, features: list.features.filter((c): c is County => c.properties.summary !== null) };
};
export const pastFiresPage = (moment: number): Promise<FeatureList<Fire>> => get(`/api/fires?status=burning&limit=${pageSize}&${asKnownAt(moment)}`);
export const pastViolationsPage = (moment: number): Promise<FeatureList<Violation>> => get(`/api/violations?status=open&limit=${pageSize}&${asKnownAt(moment)}`);
/** A page of the log without what was only measured. */
export const newsAfter = (after: number, epoch: string): Promise<EventPage> => get(`/api/events?measured=exclude&after=${after}&limit=${pageSize}&epoch=${encodeURIComponent(epoch)}`);

export const fire = (id: string): Promise<Fire> => get(`/api/fires/${encodeURIComponent(id)}`);
export const violation = (id: string): Promise<Violation> => get(`/api/violations/${encodeURIComponent(id)}`);
export const detections = (fireId: string): Promise<FeatureList<Detection>> => get(`/api/fires/${encodeURIComponent(fireId)}/detections`);
export const course = async (fireId: string): Promise<FireStep[]> => (await get<{ steps: FireStep[] }>(`/api/fires/${encodeURIComponent(fireId)}/course`)).steps;
export const fireHistory = async (fireId: string): Promise<FireChange[]> => (await get<{ changes: FireChange[] }>(`/api/fires/${encodeURIComponent(fireId)}/history`)).changes;
export const feeds = (): Promise<{ feeds: Feed[] }> => get('/api/feeds');
export const trend = (days: number): Promise<Trend> => get(`/api/violations/trend?days=${days}`);
export const activity = (span: Span): Promise<Activity> => get(`/api/activity?span=${span}`);

/** Without `at`: the verdict holds from the moment at which the server hears it. */
/** @param correct It takes the place of the verdict that closed the fire. */
export const giveVerdict = (id: string, verdict: VerdictKind, reason: string, correct: boolean): Promise<Answer<Fire>> =>
  request(`/api/fires/${encodeURIComponent(id)}/verdict`, { method: 'POST', json: { verdict, reason, ...(correct ? { correct } : {}) } });

/** `next` may be absolute behind a proxy; only its path and query are followed. */
export function sameOrigin(link: string): string {
  const url = new URL(link, location.origin);
  return url.pathname + url.search;
}

export const rules = async (): Promise<RuleEntry[]> => (await get<{ rules: RuleEntry[] }>('/api/rules')).rules;
export const parameters = async (): Promise<ParameterEntry[]> => (await get<{ parameters: ParameterEntry[] }>('/api/parameters')).parameters;
export const findingKinds = async (): Promise<FindingKindEntry[]> => (await get<{ kinds: FindingKindEntry[] }>('/api/finding-kinds')).kinds;
export const zone = (id: string): Promise<Zone> => get(`/api/zones/${encodeURIComponent(id)}`);
/** An entry of a register, by the register's path with `/api/`. */
export const subject = (path: string, id: string): Promise<Subject> => get(`${path}/${encodeURIComponent(id)}`);
