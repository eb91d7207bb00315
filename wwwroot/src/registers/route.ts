/** What a link to the registers reproduces. Registers are named by their path without `/api/`, such as `heating/boilers`. */
export interface ListRoute {
  view: 'list';
  register: string;
  q: string;
  county: string;
  simulated: string;
  parent: string;
  cursor: string;
}

export interface EntryRoute {
  view: 'entry';
  register: string;
  /** Null for a new one. */
  id: string | null;
  /** Of a new one: the entry that it is to belong to. */
  parent: string;
  /** The field to begin with. */
  field: string;
  /** Of a new one: what that field says already. */
  value: string;
}

/** Findings or zones; `state` is the zone's status, and `at` its day. */
export interface RecordsRoute {
  view: 'records';
  of: 'findings' | 'zones';
  kind: string;
  county: string;
  state: string;
  at: string;
  cursor: string;
}

/** Health of dust monitors. `sort` is a column, with a minus where it falls. */
export interface HealthRoute {
  view: 'health';
  county: string;
  state: string;
  sort: string;
}

export type Route =
  | { view: 'start' }
  | ListRoute
  | EntryRoute
  | { view: 'history'; register: string; id: string }
  | { view: 'import'; register: string }
  | { view: 'undecidable'; county: string; rule: string }
  | HealthRoute
  | RecordsRoute
  | { view: 'record'; of: RecordsRoute['of']; id: string };

/** Below the register of monitors, whose entries are named by their ids. */
const healthPath = 'monitors/health';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const listOf = (register: string, given: Partial<ListRoute> = {}): ListRoute => ({ view: 'list', register, q: '', county: '', simulated: '', parent: '', cursor: '', ...given });
export const entryOf = (register: string, id: string | null, given: Partial<EntryRoute> = {}): EntryRoute => ({ view: 'entry', register, id, parent: '', field: '', value: '', ...given });

export const recordsOf = (of: RecordsRoute['of'], given: Partial<RecordsRoute> = {}): RecordsRoute => ({ view: 'records', of, kind: '', county: '', state: '', at: '', cursor: '', ...given });

export const healthOf = (given: Partial<HealthRoute> = {}): HealthRoute => ({ view: 'health', county: '', state: '', sort: '', ...given });

export function readRoute(hash: string, registers: readonly string[]): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const query = new URLSearchParams(search);
  const said = (name: string): string => query.get(name) ?? '';
  if (path === 'undecidable') return { view: 'undecidable', county: said('county'), rule: said('rule') };
  if (path === healthPath) return { view: 'health', county: said('county'), state: said('state'), sort: said('sort') };
  const [records, record, ...beyond] = path.split('/');
  if ((records === 'findings' || records === 'zones') && beyond.length === 0) {
    if (record === undefined) return recordsOf(records, { kind: said('kind'), county: said('county'), state: said('state'), at: said('at'), cursor: said('cursor') });
    return uuid.test(record) ? { view: 'record', of: records, id: record } : { view: 'start' };
  }
  // `land/yards` is a register and `land` is one: the longer name counts.
  const register = [...registers].toSorted((a, b) => b.length - a.length).find((name) => path === name || path.startsWith(`${name}/`));
  if (register === undefined) return { view: 'start' };
  const [what, more, ...rest] = path.slice(register.length + 1).split('/');
  if (rest.length > 0) return { view: 'start' };
  if (what === '') return listOf(register, { q: said('q'), county: said('county'), simulated: said('simulated'), parent: said('parent'), cursor: said('cursor') });
  if (what === 'import' && more === undefined) return { view: 'import', register };
  if (what === 'new' && more === undefined) return entryOf(register, null, { parent: said('parent'), field: said('field'), value: said('value') });
  if (what === undefined || !uuid.test(what)) return { view: 'start' };
  if (more === 'history') return { view: 'history', register, id: what };
  return more === undefined ? entryOf(register, what, { field: said('field') }) : { view: 'start' };
}

export function writeRoute(route: Route): string {
  switch (route.view) {
    case 'start':
      return '#/';
    case 'undecidable':
      return `#/undecidable${searchOf({ county: route.county, rule: route.rule })}`;
    case 'health':
      return `#/${healthPath}${searchOf({ county: route.county, state: route.state, sort: route.sort })}`;
    case 'records':
      return `#/${route.of}${searchOf({ kind: route.kind, county: route.county, state: route.state, at: route.at, cursor: route.cursor })}`;
    case 'record':
      return `#/${route.of}/${route.id}`;
    case 'list':
      return `#/${route.register}${searchOf({ q: route.q, county: route.county, simulated: route.simulated, parent: route.parent, cursor: route.cursor })}`;
    case 'entry':
      return `#/${route.register}/${route.id ?? 'new'}${searchOf({ parent: route.parent, field: route.field, value: route.value })}`;
    case 'history':
      return `#/${route.register}/${route.id}/history`;
    case 'import':
      return `#/${route.register}/import`;
  }
}

function searchOf(query: Record<string, string>): string {
  const kept = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const text = kept.toString();
  return text === '' ? '' : `?${text}`;
}
