import { get, request } from './http';

/** A number, a day or a list of names. */
export type ParameterValue = number | string | string[];

export interface DatedValue {
  from: string;
  /** The last day; null: until another value begins. */
  to: string | null;
  value: ParameterValue;
  citation: string;
}

export interface Parameter {
  code: string;
  title: string;
  unit: string;
  citation: string;
  values: DatedValue[];
}

export interface ValueDraft {
  effectiveFrom: string;
  effectiveTo: string | null;
  value: ParameterValue;
  citation: string;
  /** Needed for a day gone by, and to put right what holds since today. */
  reason: string | null;
}

export interface Tagged {
  parameter: Parameter;
  etag: string;
}

const at = (code: string): string => `/api/parameters/${encodeURIComponent(code)}`;

export const allParameters = async (): Promise<Parameter[]> => (await get<{ parameters: Parameter[] }>('/api/parameters')).parameters;

export async function parameter(code: string): Promise<Tagged> {
  const { body, etag } = await request<Parameter>(at(code));
  return { parameter: body as Parameter, etag: etag ?? '*' };
}

/** The server has decided anew what the value touches before it answers; that can take a while. */
const patienceMs = 120_000;

export const addValue = (code: string, etag: string, draft: ValueDraft): Promise<unknown> => request('/api/parameters', { method: 'POST', json: { code, ...draft }, ifMatch: etag, timeoutMs: patienceMs });
export const correctValue = (code: string, etag: string, { effectiveFrom, ...draft }: ValueDraft): Promise<unknown> => request(`${at(code)}/${effectiveFrom}`, { method: 'PUT', json: draft, ifMatch: etag, timeoutMs: patienceMs });
export const deleteValue = (code: string, etag: string, from: string): Promise<unknown> => request(`${at(code)}/${from}`, { method: 'DELETE', ifMatch: etag, timeoutMs: patienceMs });
