import { deskWords } from '../i18n/registers';
import type { Field, Option } from '../api/registers';
import { placeName } from './draft';
import { titleOf } from './view';

/** Faults of the server by the field that they begin with (`netMesh: …`); those of no field stand under the empty name. */
export function faultsByField(faults: readonly string[], known: readonly string[]): Map<string, string[]> {
  const byField = new Map<string, string[]>();
  for (const fault of faults) {
    const at = fault.indexOf(':');
    const said = at < 0 ? '' : fault.slice(0, at).trim();
    const place = said === 'lon, lat' || said === 'lon' || said === 'lat' || said === 'geometry' || said === 'crs';
    const name = place ? placeName : known.includes(said) ? said : '';
    byField.set(name, [...(byField.get(name) ?? []), name === '' ? fault : fault.slice(at + 1).trim()]);
  }
  return byField;
}

/** The server's sentence in the language of the page, where the page knows it. Options are told by their titles. */
export function faultInWords(fault: string, field?: Field): string {
  for (const [pattern, words] of patterns) {
    const match = pattern.exec(fault);
    if (match !== null) return words(match, field?.options ?? []);
  }
  return fault;
}

const patterns: readonly (readonly [RegExp, (match: RegExpExecArray, options: readonly Option[]) => string])[] = [
  [/^is missing/, () => deskWords().faultMissing],
  [/^are missing/, () => deskWords().faultPlaceMissing],
  [/^a name of at most (\d+)/, (m) => deskWords().faultName(Number(m[1]))],
  [/^'(.*)' is not (a whole number|a number)(?: from ([-\d.]+))?(?: to ([-\d.]+))?(?: \((.*)\))?$/, (m) => deskWords().faultNumber(m[1] ?? '', m[2] === 'a whole number', m[3] ?? null, m[4] ?? null, m[5] ?? '')],
  [/^'(.*)' is not a day/, (m) => deskWords().faultDay(m[1] ?? '')],
  [/^'(.*)' is not a time/, (m) => deskWords().faultMoment(m[1] ?? '')],
  [/^'(.*)' is not one of (.*)$/, (m, options) => deskWords().faultChoice(m[1] ?? '', options.length === 0 ? (m[2] ?? '') : options.map(titleOf).join('、'))],
  [/^'(.*)' is not true or false/, (m) => deskWords().faultFlag(m[1] ?? '')],
  [/^is longer than (\d+)/, (m) => deskWords().faultLong(Number(m[1]))],
  [/^there is no \w+ '(.*)'/, (m) => deskWords().faultReference(m[1] ?? '')],
  [/^the place lies outside the city/, () => deskWords().faultOutside],
  [/^both are numbers/, () => deskWords().faultNumbers],
  [/^seem to be swapped/, () => deskWords().faultSwapped],
  [/^are no place on the Earth/, () => deskWords().faultNowhere],
  [/^stands in line (\d+) already/, (m) => deskWords().faultTwice(Number(m[1]))],
];
