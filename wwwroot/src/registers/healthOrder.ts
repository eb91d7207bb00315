import type { MonitorHealth } from '../api/readings';

export type HealthColumn = 'name' | 'county' | 'state' | 'last';

export interface HealthSort {
  readonly column: HealthColumn;
  readonly falls: boolean;
}

const columns: readonly HealthColumn[] = ['name', 'county', 'state', 'last'];
/** Who needs somebody comes first. */
const urgency: Readonly<Record<string, number>> = { silent: 0, suspect: 1, ok: 2 };

/** `-last` falls; what is no column is the state. */
export function sortOf(text: string): HealthSort {
  const column = columns.find((c) => c === text.replace(/^-/, ''));
  return column === undefined ? { column: 'state', falls: false } : { column, falls: text.startsWith('-') };
}

/** Equal ones by name, whichever way it falls. */
export function sortHealth(list: readonly MonitorHealth[], { column, falls }: HealthSort, nameOf: (county: string | null) => string): MonitorHealth[] {
  const by = new Intl.Collator('zh-CN', { numeric: true });
  const last = (m: MonitorHealth): number => (m.lastDataAt === null ? 0 : Date.parse(m.lastDataAt));
  const compare: Readonly<Record<HealthColumn, (a: MonitorHealth, b: MonitorHealth) => number>> = {
    name: (a, b) => by.compare(a.name, b.name),
    county: (a, b) => by.compare(nameOf(a.county), nameOf(b.county)),
    state: (a, b) => (urgency[a.state] ?? 1) - (urgency[b.state] ?? 1),
    last: (a, b) => last(a) - last(b),
  };
  const way = falls ? -1 : 1;
  return list.toSorted((a, b) => way * compare[column](a, b) || by.compare(a.name, b.name));
}
