import type { Field, Register } from '../api/registers';
import { language } from '../i18n';
import { camel, inLanguage, missingFact } from '../i18n/facts';
import { parameterWords } from '../i18n/parameters';
import { deskWords } from '../i18n/registers';
import { placeName } from './draft';
import { childrenOf, titleOf, type Desk } from './view';

/** What can be done about a missing fact of an entry. */
export type Remedy =
  | { kind: 'field'; field: Field }
  | { kind: 'place' }
  /** Something that belongs to it is to be registered. */
  | { kind: 'child'; register: Register }
  /** Its entry, or another one, says more. */
  | { kind: 'entry' }
  | { kind: 'zone' }
  | { kind: 'parameter'; code: string };

const childKinds: Readonly<Record<string, string>> = { monitors: 'monitor', inspection: 'inspection', 'has-station': 'station' };
const fieldNames: Readonly<Record<string, string>> = { 'own-plant': 'plantId', place: placeName };

export function remedyOf(desk: Desk, register: Register | undefined, fact: string): Remedy {
  if (fact === 'place') return { kind: 'place' };
  if (fact === 'urban-area') return { kind: 'zone' };
  if (/^A\d+\./.test(fact)) return { kind: 'parameter', code: fact };
  const child = register === undefined ? undefined : childrenOf(desk, register).find((c) => c.kind === childKinds[fact]);
  if (child !== undefined) return { kind: 'child', register: child };
  const field = register?.fields.find((f) => f.name === (fieldNames[fact] ?? camel(fact)));
  return field === undefined ? { kind: 'entry' } : { kind: 'field', field };
}

/** The missing fact as people call it: the field's title, or the word of the table. */
export function factInWords(desk: Desk, register: Register | undefined, fact: string): string {
  const remedy = remedyOf(desk, register, fact);
  if (remedy.kind === 'field') return titleOf(remedy.field);
  if (remedy.kind !== 'parameter') return missingFact(fact, language()) ?? fact;
  const word = parameterWords[remedy.code];
  return deskWords().needsElsewhere.parameter(word === undefined ? remedy.code : inLanguage(word, language()));
}
