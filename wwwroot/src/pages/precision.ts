import type { PrecisionRow } from '../api/fires';
import { words } from '../i18n';
import { pageWords } from '../i18n/pages';
import type { ChartSpec, Tone } from './charts/options';

const mostMonths = 12;
const tones: readonly Tone[] = ['first', 'second', 'third', 'fourth', 'fifth'];

/** The share of reported fires that were real, month by month, a line for each kind of source; null where no fire has a verdict. */
export function precisionSpec(rows: readonly PrecisionRow[]): ChartSpec | null {
  const [w, p] = [words(), pageWords()];
  const judged = rows.filter((r) => r.real + r.refuted > 0);
  const months = [...new Set(judged.map((r) => r.month))].toSorted().slice(-mostMonths);
  const kinds = [...new Set(judged.filter((r) => months.includes(r.month)).map((r) => r.sourceKind))].toSorted();
  if (months.length === 0) return null;
  const within = judged.filter((r) => months.includes(r.month));
  const total = (of: (r: PrecisionRow) => number, from: readonly PrecisionRow[]): number => from.reduce((n, r) => n + of(r), 0);
  const share = (kind: string, month: string): number | null => {
    const own = within.filter((r) => r.sourceKind === kind && r.month === month);
    const verdicts = total((r) => r.real + r.refuted, own);
    return verdicts === 0 ? null : (100 * total((r) => r.real, own)) / verdicts;
  };
  return {
    id: 'precision', title: p.precisionTitle, unit: '%', categoryTitle: p.month,
    description: p.precisionWords(months.length, total((r) => r.real, within), total((r) => r.refuted, within)),
    categories: months,
    series: kinds.map((kind, i) => ({ name: w.sources[kind] ?? kind, values: months.map((m) => share(kind, m)), tone: tones[i % tones.length] ?? 'first', kind: 'line' })),
  };
}
