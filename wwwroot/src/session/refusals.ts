import { ApiProblem } from '../api/http';
import { sessionWords } from '../i18n/session';

const shortestWaitSeconds = 1;

/** What a refusal means to a person; null when the problem is none of the session, the rights or the limits. */
export function refusalInWords(error: unknown): string | null {
  if (!(error instanceof ApiProblem)) return null;
  const w = sessionWords();
  const named = w.problems[error.type.replace('/problems/', '')];
  if (named !== undefined) return named;
  if (error.status === 401) return w.expired;
  if (error.status === 403) return w.forbidden;
  return error.status === 429 ? w.limited(waitSeconds(error)) : null;
}

export function waitSeconds(error: ApiProblem): number {
  const said = error.more['retryAfterSeconds'];
  return typeof said === 'number' ? Math.max(shortestWaitSeconds, said) : shortestWaitSeconds;
}

export const isWrongPassword = (error: unknown): boolean => error instanceof ApiProblem && error.type === '/problems/credentials';

/** What the server says against what was sent. */
export function faultsInWords(error: ApiProblem): string {
  const faults = error.more['faults'];
  return refusalInWords(error) ?? (Array.isArray(faults) ? faults.join('；') : error.detail === '' ? error.message : error.detail);
}
