import * as calls from '../api/calls';
import { registers, type Field, type Register } from '../api/registers';
import type { FindingKindEntry, ParameterEntry, RuleEntry } from '../api/types';
import { language, words } from '../i18n';
import { camel, factUnit, factWords, inLanguage, missingFact, valueWords } from '../i18n/facts';
import { parameterWords } from '../i18n/parameters';
import { deskWords } from '../i18n/registers';
import { moment } from '../i18n/time';
import { nameRules } from './rules';

/** What the server calls things: registers with fields and choices, rules, dated values, kinds of findings. */
export interface Catalogue {
  readonly registers: readonly Register[];
  readonly parameters: readonly ParameterEntry[];
  readonly findingKinds: readonly FindingKindEntry[];
  readonly rules: readonly RuleEntry[];
}

/** Findings and zones have interfaces of their own and no entry among the registers. */
const findingPath = '/api/findings';
const zonePath = '/api/zones';
const retryMs = 10_000;

/** Reads the catalogue once; tries again until the server gives it. */
export function readCatalogue(read: (catalogue: Catalogue) => void): void {
  void Promise.all([registers(), calls.parameters(), calls.findingKinds(), calls.rules()]).then(
    ([books, parameters, findingKinds, rules]) => {
      nameRules(rules);
      read({ registers: books, parameters, findingKinds, rules });
    },
    () => setTimeout(() => readCatalogue(read), retryMs),
  );
}

export const registerOf = (catalogue: Catalogue | null, kind: string): Register | undefined => catalogue?.registers.find((r) => r.kind === kind);

export const pathOf = (catalogue: Catalogue | null, kind: string): string | null => (kind === 'finding' ? findingPath : kind === 'zone' ? zonePath : (registerOf(catalogue, kind)?.path ?? null));

/** 锅炉与燃煤设施, 巡查发现 */
export function kindTitle(catalogue: Catalogue | null, kind: string): string {
  const register = registerOf(catalogue, kind);
  if (register !== undefined) return titled(register);
  return kind === 'finding' ? words().finding : kind === 'fire' ? words().fire : kind === 'county' ? words().county : '';
}

const titled = (thing: { title: string; titleEn: string }): string => (language() === 'zh' ? thing.title : thing.titleEn);

export function parameterTitle(catalogue: Catalogue | null, code: string): string {
  const word = parameterWords[code];
  return word === undefined ? (catalogue?.parameters.find((p) => p.code === code)?.title ?? code) : inLanguage(word, language());
}

/** Facts of a decision as people read them, in the order of the decision; what is not known is left out. */
export function factsInWords(catalogue: Catalogue | null, kind: string, facts: Readonly<Record<string, unknown>>, now: number): [name: string, value: string][] {
  return Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    const fact = factWords[name];
    if (fact?.hidden === true || value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    const said = fact === undefined ? name : inLanguage(fact.name, language());
    return [[said, valueInWords(catalogue, kind, name, value, now)]];
  });
}

function valueInWords(catalogue: Catalogue | null, kind: string, name: string, value: unknown, now: number): string {
  const fact = factWords[name];
  if (Array.isArray(value)) return value.map((one) => valueInWords(catalogue, kind, name, one, now)).join(language() === 'zh' ? '、' : ', ');
  if (typeof value === 'boolean') return value ? deskWords().yes : deskWords().no;
  if (typeof value === 'number') {
    if (fact?.as === 'distance') return value >= 1000 ? `${(value / 1000).toFixed(2)} km` : `${Math.round(value)} m`;
    const text = Number.isInteger(value) ? String(value) : String(Number(value.toFixed(1)));
    return fact?.unit === undefined ? text : `${text} ${factUnit(fact.unit, language())}`;
  }
  const text = String(value);
  if (fact?.as === 'moment') return Number.isNaN(Date.parse(text)) ? text : moment(Date.parse(text), now);
  return choiceInWords(catalogue, kind, name, text);
}

/** One of the six items, as the register of inspections calls it. */
export function itemInWords(catalogue: Catalogue | null, item: string): string {
  const field = fieldOf(catalogue, 'inspection', item);
  return field === undefined ? item : titled(field);
}

/** A word of a choice: by the register's own options, the finding's kinds, the six items, or the table. */
function choiceInWords(catalogue: Catalogue | null, kind: string, name: string, text: string): string {
  if (name === 'failedItems') return itemInWords(catalogue, text);
  const found = kind === 'finding' && name === 'kind' ? catalogue?.findingKinds.find((k) => k.code === text) : undefined;
  if (found !== undefined) return language() === 'zh' ? found.titleZh : found.titleEn;
  const field = name === 'siteStatus' ? fieldOf(catalogue, 'site', 'status') : fieldOf(catalogue, kind, name);
  const option = field?.options?.find((o) => o.code === text);
  if (option !== undefined) return titled(option);
  const word = valueWords[text];
  return word === undefined ? text : inLanguage(word, language());
}

const fieldOf = (catalogue: Catalogue | null, kind: string, name: string): Field | undefined => registerOf(catalogue, kind)?.fields.find((f) => f.name === name);

/** The fact that a rule waits for. */
export function missingInWords(catalogue: Catalogue | null, kind: string, fact: string): string {
  if (/^A\d+\./.test(fact)) return deskWords().needsElsewhere.parameter(parameterTitle(catalogue, fact));
  const field = fieldOf(catalogue, kind, camel(fact));
  return field === undefined ? (missingFact(fact, language()) ?? fact) : titled(field);
}

/** Fields of an entry that a card shows: what is filled in and no reference. */
export function fieldsInWords(catalogue: Catalogue | null, kind: string, properties: Readonly<Record<string, unknown>>): [name: string, value: string][] {
  const shown = (registerOf(catalogue, kind)?.fields ?? []).filter((f) => !leftOut.has(f.name) && f.type !== 'reference' && f.type !== 'moment');
  return shown.flatMap((f): [string, string][] => {
    const value = properties[f.name];
    if (value === null || value === undefined || value === '') return [];
    if (typeof value === 'boolean') return [[titled(f), value ? deskWords().yes : deskWords().no]];
    const option = f.options?.find((o) => o.code === value);
    return [[titled(f), option === undefined ? `${String(value)}${f.unit === null ? '' : ` ${f.unit}`}` : titled(option)]];
  });
}

const leftOut = new Set(['name', 'since', 'simulated', 'note']);
