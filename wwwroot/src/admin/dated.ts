import type { DatedValue, Parameter, ParameterValue } from '../api/parameters';

export type ValueState = 'past' | 'current' | 'future';

/** Of each value whether it holds on the day: until its last day, or until another begins. */
export function stateOn(values: readonly DatedValue[], value: DatedValue, today: string): ValueState {
  if (value.from > today) return 'future';
  const superseded = values.some((v) => v.from > value.from && v.from <= today);
  return superseded || (value.to !== null && value.to < today) ? 'past' : 'current';
}

/** The last day on which it holds; null while nothing ends it. */
export function endOf(values: readonly DatedValue[], value: DatedValue): string | null {
  const next = values.map((v) => v.from).filter((from) => from > value.from).sort()[0];
  const before = next === undefined ? null : new Date(Date.parse(`${next}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
  return value.to !== null && (before === null || value.to < before) ? value.to : before;
}

const dayMs = 86_400_000;

export const currentValue = (parameter: Parameter, today: string): DatedValue | null => parameter.values.find((v) => stateOn(parameter.values, v, today) === 'current') ?? null;

export type ValueKind = 'number' | 'day' | 'names';

/** All values of a parameter are of one kind. */
export function kindOf(values: readonly DatedValue[]): ValueKind {
  const [first] = values;
  if (first === undefined || typeof first.value === 'number') return 'number';
  return Array.isArray(first.value) ? 'names' : 'day';
}

/** What was typed, as the kind demands it; null when it is none. */
export function readValue(kind: ValueKind, text: string): ParameterValue | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (kind === 'day') return /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : null;
  if (kind === 'names') return typed.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const number = Number(typed);
  return Number.isFinite(number) && number >= 0 ? number : null;
}

/** Lists of this unit name counties, by their codes. */
export const countyUnit = 'county code';
