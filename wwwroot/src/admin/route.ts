import { adminRights, mayAny, rights } from '../session/rights';
import { session } from '../session/session';

/** The parts of the administration, in the order of their tabs, and what opens them. */
export const parts = {
  accounts: [rights.accounts],
  keys: [rights.keys],
  kiosks: [rights.kiosks],
  feeds: adminRights,
  parameters: [rights.parameters],
  alarms: [rights.alarmRules],
  audit: [rights.audit],
  me: [],
} as const satisfies Record<string, readonly string[]>;

export type Part = keyof typeof parts;

export interface Route {
  part: Part;
  /** Of one account, key, parameter or rule of alarms; `new` for one that is to be. */
  id: string | null;
  query: Readonly<Record<string, string>>;
}

export const partNames = Object.keys(parts) as Part[];
/** Everybody who is signed in has an account page; a wall is nobody. */
export const mayOpen = (part: Part): boolean => (part === 'me' ? session()?.kind !== 'kiosk' : mayAny(parts[part]));

export const routeTo = (part: Part, id: string | null = null, query: Record<string, string> = {}): Route => ({ part, id, query });

/** Null when the address names no part. */
export function readRoute(hash: string): Route | null {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [name, id, ...rest] = path.split('/');
  const part = partNames.find((p) => p === name);
  if (part === undefined || rest.length > 0) return null;
  return { part, id: id === undefined || id === '' ? null : decoded(id), query: Object.fromEntries(new URLSearchParams(search)) };
}

export function writeRoute({ part, id, query }: Route): string {
  const kept = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${part}${id === null ? '' : `/${encodeURIComponent(id)}`}${kept === '' ? '' : `?${kept}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
