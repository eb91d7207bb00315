/** One door to the server: JSON with a time limit, problems as values one can show. */

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    /** `/problems/<name>`, stable; empty when the answer was no ProblemDetails. */
    readonly type: string,
    title: string,
    readonly detail: string,
    /** Whatever else the problem says: faults, both versions of a conflict. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.name = 'ApiProblem';
  }
}

export interface Answer<T> {
  /** Null when the server said 304. */
  body: T | null;
  etag: string | null;
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  json?: unknown;
  /** A body that is no JSON; `type` names it. */
  file?: { body: Blob; type: string };
  /** Parts with files; the browser names the type. */
  form?: FormData;
  etag?: string | null;
  /** Names the version that a change means. */
  ifMatch?: string;
  timeoutMs?: number;
  /** A file whose name holds its hash may come from the browser's cache, and stays in it. */
  cached?: boolean;
  /** Ends the request early. Without `timeoutMs` it then takes as long as it takes. */
  signal?: AbortSignal;
}

const patienceMs = 10_000;

/** Whoever answers for the session; here nothing is known of pages. */
export interface Keeper {
  /** Goes with every change; null when nobody is signed in. `afresh`: the one known before was refused. */
  token(afresh: boolean): Promise<string | null>;
  /** The server does not know this session (any more). */
  unsigned(): void;
}

let keeper: Keeper | null = null;

export function keepBy(chosen: Keeper): void {
  keeper = chosen;
}

export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const response = await send(path, options);
  if (response.status === 304) return { body: null, etag: options.etag ?? null };
  const body = response.status === 204 ? null : ((await response.json()) as T);
  return { body, etag: response.headers.get('ETag') };
}

/** The answer as it comes, for those who read it bit by bit; a problem is thrown. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/geo+json, application/problem+json, application/x-ndjson' };
  if (options.json !== undefined) headers['Content-Type'] = 'application/json';
  if (options.file !== undefined) headers['Content-Type'] = options.file.type;
  if (options.etag) headers['If-None-Match'] = options.etag;
  if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
  const init: RequestInit = {
    method: options.method ?? 'GET',
    headers,
    signal: options.signal ?? AbortSignal.timeout(options.timeoutMs ?? patienceMs),
    // With an ETag of our own the browser's cache would answer 200 for the server's 304.
    cache: options.cached === true ? 'default' : 'no-store',
  };
  if (options.json !== undefined) init.body = JSON.stringify(options.json);
  if (options.file !== undefined) init.body = options.file.body;
  if (options.form !== undefined) init.body = options.form;
  const response = await fetchWithToken(path, init, headers);
  noteServerTime(response.headers.get('Date'));
  noteBuild(response.headers.get('Airmap-Client'));
  if (response.ok || response.status === 304) return response;
  const said = await problem(response);
  if (said.status === 401 && said.type !== '/problems/credentials' && said.type !== '/problems/totp-required') keeper?.unsigned();
  throw said;
}

/** Another tab may have signed in again since the token was read: then a second try with the new one. */
async function fetchWithToken(path: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
  if (init.method === 'GET' || keeper === null) return fetch(path, init);
  const token = await keeper.token(false);
  const withToken = (t: string | null): Promise<Response> => fetch(path, t === null ? init : { ...init, headers: { ...headers, 'X-CSRF-Token': t } });
  const response = await withToken(token);
  if (response.status !== 403 || !(await isAboutToken(response.clone()))) return response;
  const next = await keeper.token(true);
  return next === null || next === token ? response : withToken(next);
}

async function isAboutToken(response: Response): Promise<boolean> {
  return (await problem(response)).type === '/problems/csrf-token';
}

export async function get<T>(path: string, timeoutMs?: number): Promise<T> {
  const answer = await request<T>(path, timeoutMs === undefined ? {} : { timeoutMs });
  if (answer.body === null) throw new ApiProblem(304, '', 'Not Modified', path);
  return answer.body;
}

async function problem(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  const wait = Number(response.headers.get('Retry-After'));
  const more = wait > 0 ? { retryAfterSeconds: Math.ceil(wait) } : {};
  try {
    const details = JSON.parse(text) as { type?: string; title?: string; detail?: string };
    return new ApiProblem(response.status, details.type ?? '', details.title ?? response.statusText, details.detail ?? '', { ...details, ...more });
  } catch {
    return new ApiProblem(response.status, '', response.statusText || `HTTP ${response.status}`, '', more);
  }
}

let build: string | null = null;
let heard: (build: string) => void = () => {};

function noteBuild(named: string | null): void {
  if (named === null || named === build) return;
  build = named;
  heard(named);
}

/** Tells the build of the pages that the server would give out now: at once where it is known, and whenever it is another. */
export function whenBuildIsNamed(listener: (build: string) => void): void {
  heard = listener;
  if (build !== null) listener(build);
}

let offsetMs = 0;

/** A wall's own clock may be minutes off; the Date header (whole seconds) tells by how much. */
function noteServerTime(date: string | null): void {
  const said = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(said)) return;
  const difference = said + 500 - Date.now();
  offsetMs = Math.abs(difference) > 3000 ? difference : 0;
}

/** The server's time as well as this machine can tell it, in unix milliseconds. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
