import type { VerdictKind } from '../api/types';
import { fireWords } from '../i18n/fires';

/** Reasons of verdicts: a code that everybody counts alike, and words beside it. */

/** Offered as chips. Those of a refutation are the server's. */
export const reasonsOf: Readonly<Record<VerdictKind, readonly string[]>> = {
  confirmed: ['seen-on-video', 'seen-on-site'],
  out: ['put-out', 'burnt-out'],
  refuted: ['industrial', 'solar', 'permitted', 'not-found', 'other'],
};

const separator = ': ';

/** As the server keeps it: `industrial`, `industrial: 三号焦炉`, or words alone. */
export function reasonOf(code: string | null, words: string): string {
  const said = words.trim();
  return code === null ? said : said === '' ? code : `${code}${separator}${said}`;
}

/** As people read it; what begins with no known code is words already. */
export function reasonInWords(reason: string): string {
  const { reasons } = fireWords();
  const [code = '', ...rest] = reason.split(separator);
  const word = reasons[code];
  return word === undefined ? reason : [word, ...(rest.length === 0 ? [] : [rest.join(separator)])].join(' · ');
}

/** What is missing before a verdict may be given; null when nothing is. */
export function reasonFault(kind: VerdictKind, code: string | null, words: string, correcting: boolean): string | null {
  if ((kind !== 'refuted' && !correcting) || words.trim() !== '') return null;
  return code === null ? (correcting ? fireWords().correctionNeedsReason : fireWords().reasonNeeded) : code === 'other' ? fireWords().wordsNeeded : null;
}
