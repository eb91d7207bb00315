import { sessionWords } from '../i18n/session';

/** The server's rule, said before it has to refuse. */
export const shortestPassword = 10;

/** What is wrong with a new password, in words; null when nothing is. */
export function passwordFault(current: string, next: string, repeated: string): string | null {
  const w = sessionWords();
  if ([...next].length < shortestPassword) return w.passwordShort(shortestPassword);
  if (next === current) return w.passwordSame;
  return next === repeated ? null : w.passwordsDiffer;
}
