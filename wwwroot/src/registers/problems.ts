import { ApiProblem } from '../api/http';
import { deskWords } from '../i18n/registers';
import { refusalInWords } from '../session/refusals';

/** Why something failed, in a few words that a person can act on. */
export function whyInWords(error: unknown): string {
  const known = deskWords().problems;
  if (!(error instanceof ApiProblem)) return known['network'] ?? '';
  const type = error.type.replace('/problems/', '');
  return refusalInWords(error) ?? known[type] ?? (error.detail === '' ? error.message : error.detail);
}

export const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404;

/** No answer came: what was asked may have been done or not. */
export const isUncertain = (error: unknown): boolean => !(error instanceof ApiProblem);

export const faultsOf = (error: unknown): string[] | null =>
  error instanceof ApiProblem && error.type === '/problems/invalid' && Array.isArray(error.more['faults']) ? (error.more['faults'] as string[]) : null;
