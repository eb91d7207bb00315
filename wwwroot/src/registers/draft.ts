import type { Entry, Field, Register } from '../api/registers';
import { bodyOfShape, shapeOf, type ShapeDraft } from './shapeDraft';

/** An entry as a form holds it: every field as text, empty for what is not known. Flags are `true`, `false` or empty. */
export interface Draft {
  readonly values: Readonly<Record<string, string>>;
  readonly shape: ShapeDraft;
}

/** Stands for the place where parts of an entry are named. */
export const placeName = 'place';

/** The fields that a form shows: the register's own, without those that no form sets: the mark of simulation, and what steps set. */
export function formFields(register: Register): Field[] {
  const parent: Field[] = register.parentField === null ? [] : [parentFieldOf(register, register.parentField)];
  const own = register.fields.filter((f) => f.name !== 'simulated' && f.name !== 'since' && f.readOnly !== true);
  const since = register.fields.filter((f) => f.name === 'since');
  const [name, rest] = [own.filter((f) => f.name === 'name'), own.filter((f) => f.name !== 'name')];
  return [...name, ...parent, ...rest, ...since];
}

const parentTitles: Readonly<Record<string, readonly [zh: string, en: string]>> = { site: ['所属工地', 'Site'], park: ['所属园区', 'Park'] };

function parentFieldOf(register: Register, name: string): Field {
  const [title, titleEn] = parentTitles[register.parentKind ?? ''] ?? ['所属', 'Belongs to'];
  return { name, type: 'reference', title, titleEn, unit: null, required: false, least: null, most: null, options: null, refersTo: register.parentKind };
}

export const emptyDraft = (register: Register): Draft => ({ values: Object.fromEntries(formFields(register).map((f) => [f.name, ''])), shape: { kind: 'none' } });

export function draftOf(register: Register, entry: Entry): Draft {
  const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  return { values: Object.fromEntries(formFields(register).map((f) => [f.name, text(entry.properties[f.name])])), shape: shapeOf(entry.geometry) };
}

/**
 * The body of a POST or PUT. Text goes as it was typed: the server reads it as it reads files, and names what it cannot take.
 * `since` is told only on purpose: left out, the server begins a new state when something that rules weigh has changed.
 */
export function bodyOf(register: Register, draft: Draft, withSince: boolean): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, type } of formFields(register)) {
    const text = (draft.values[name] ?? '').trim();
    if (text === '' || (name === 'since' && !withSince)) continue;
    body[name] = type === 'flag' ? text === 'true' : text;
  }
  return { ...body, ...bodyOfShape(draft.shape) };
}

/** The names of the parts in which two drafts differ, in the order of the form. */
export function differences(register: Register, one: Draft, other: Draft): string[] {
  const names = formFields(register).filter((f) => !isSameValue(f, one.values[f.name] ?? '', other.values[f.name] ?? '')).map((f) => f.name);
  return isSameShape(one.shape, other.shape) ? names : [...names, placeName];
}

function isSameValue({ type }: Field, one: string, other: string): boolean {
  const [a, b] = [one.trim(), other.trim()];
  if (a === b) return true;
  if (a === '' || b === '') return false;
  if (type === 'number' || type === 'integer') return Number(a) === Number(b);
  return type === 'moment' && Date.parse(a) === Date.parse(b);
}

const isSameShape = (one: ShapeDraft, other: ShapeDraft): boolean => JSON.stringify(bodyOfShape(one)) === JSON.stringify(bodyOfShape(other));

export const withValue = (draft: Draft, name: string, value: string): Draft => ({ ...draft, values: { ...draft.values, [name]: value } });
export const withShape = (draft: Draft, shape: ShapeDraft): Draft => ({ ...draft, shape });

/** The beginning of a state follows the facts by itself; it is worth a choice only where somebody set it. */
const sinceName = 'since';

export type Side = 'mine' | 'theirs';

/** A part in which the two sides of a conflict differ. */
export interface Clash {
  name: string;
  /** Both sides changed it: only a person can decide. */
  both: boolean;
  /** What is taken unless somebody chooses: the side that changed it; mine where both did, for it was typed on purpose. */
  proposed: Side;
}

/** @param base What both began with; null where each began with nothing, as a new entry that is there already. */
export function clashes(register: Register, base: Draft | null, mine: Draft, theirs: Draft): Clash[] {
  const start = base ?? emptyDraft(register);
  const [changedByMe, changedByThem] = [new Set(differences(register, start, mine)), new Set(differences(register, start, theirs))];
  return differences(register, mine, theirs).filter((name) => name !== sinceName || changedByMe.has(sinceName)).map((name) => {
    const both = changedByMe.has(name) && changedByThem.has(name);
    return { name, both, proposed: changedByMe.has(name) ? 'mine' : 'theirs' };
  });
}

export function merged(mine: Draft, theirs: Draft, choice: ReadonlyMap<string, Side>): Draft {
  let draft = choice.has(sinceName) ? mine : withValue(mine, sinceName, theirs.values[sinceName] ?? '');
  for (const [name, side] of choice) {
    if (side === 'mine') continue;
    draft = name === placeName ? withShape(draft, theirs.shape) : withValue(draft, name, theirs.values[name] ?? '');
  }
  return draft;
}
