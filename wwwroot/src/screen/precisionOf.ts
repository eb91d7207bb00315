import type { PrecisionRow } from '../api/fires';
import type { SourceKind } from '../api/types';

/** How often each kind of source was right, summed up over counties and months. */

export interface Share {
  readonly verdicts: number;
  /** 0 to 1; null without verdicts. */
  readonly share: number | null;
  readonly least: number;
  readonly most: number;
}

export interface SourcePrecision {
  readonly kind: SourceKind;
  readonly month: Share;
  readonly year: Share;
}

const z95 = 1.959964;

/** The share with its 95 % score interval (Wilson 1927), as the server reckons it for each month. */
export function wilson(successes: number, trials: number): Share {
  if (trials === 0) return { verdicts: 0, share: null, least: 0, most: 1 };
  const share = successes / trials;
  const [wide, squared] = [1 + z95 ** 2 / trials, z95 ** 2 / (2 * trials)];
  const middle = (share + squared) / wide;
  const half = (z95 / wide) * Math.sqrt((share * (1 - share)) / trials + z95 ** 2 / (4 * trials ** 2));
  return { verdicts: trials, share, least: Math.max(0, middle - half), most: Math.min(1, middle + half) };
}

/** The month in Beijing, as yyyy-MM, and so many months before it. */
export function monthOf(now: number, before = 0): string {
  const beijing = new Date(now + 8 * 3_600_000);
  return new Date(Date.UTC(beijing.getUTCFullYear(), beijing.getUTCMonth() - before, 1)).toISOString().slice(0, 7);
}

/**
 * Kinds with verdicts of the last twelve months, this one included; most verdicts first.
 * @param county Null for all that one may see.
 */
export function precisionBySource(rows: readonly PrecisionRow[], county: string | null, now: number): SourcePrecision[] {
  const [since, month] = [monthOf(now, 11), monthOf(now)];
  const within = rows.filter((r) => (county === null || r.county === county) && r.month >= since && r.month <= month && r.real + r.refuted > 0);
  const shareOf = (some: readonly PrecisionRow[]): Share => wilson(some.reduce((n, r) => n + r.real, 0), some.reduce((n, r) => n + r.real + r.refuted, 0));
  return [...new Set(within.map((r) => r.sourceKind))].map((kind) => {
    const own = within.filter((r) => r.sourceKind === kind);
    return { kind, month: shareOf(own.filter((r) => r.month === month)), year: shareOf(own) };
  }).toSorted((a, b) => b.year.verdicts - a.year.verdicts || (a.kind < b.kind ? -1 : 1));
}
