import { ApiProblem } from '../api/http';
import { entries, entry, history, type Entry, type Register } from '../api/registers';
import { pageWords } from '../i18n/pages';
import { deskWords } from '../i18n/registers';
import { formFields } from '../registers/draft';
import { minuteInWords } from '../registers/values';
import { titleOf } from '../registers/view';
import { countyName } from '../screen/model';
import { h } from '../screen/dom';
import type { Known } from './known';
import { bareFile, type SubjectFile } from './subjectFile';
import { fieldText, versionItems, type TimelineItem } from './timeline';

const mostInspections = 200;

/** An entry of a register with its history. Where it was deleted the last version tells what it was; null where there never was one. */
export async function readEntry(register: Register, id: string, known: Known): Promise<SubjectFile | null> {
  const [now, versions] = await Promise.all([orGone(entry(register, id)), orGone(history(register, id))]);
  const last = now ?? versions?.find((v) => v.action !== 'deleted')?.data ?? null;
  if (last === null) return null;
  const [references, inspections] = await Promise.all([referencesOf(register, last, known), inspectionsOf(register, id, known)]);
  const p = last.properties;
  const mn = register.kind === 'monitor' && typeof p['mn'] === 'string' ? p['mn'] : null;
  return {
    ...bareFile, kind: register.kind, id, name: p.name, county: p.county, geometry: last.geometry, simulated: p.simulated, deleted: now === null, mn,
    tags: [titleOf(register), pageWords().version(p.version)],
    fields: fieldsOf(register, last, references, known),
    events: [...versionItems(register, versions ?? []), ...inspections],
  };
}

async function orGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

function fieldsOf(register: Register, { properties: p }: Entry, references: ReadonlyMap<string, Node>, known: Known): SubjectFile['fields'] {
  const w = pageWords();
  const own = formFields(register).filter((f) => f.name !== 'name' && f.type !== 'secret').flatMap((f): [string, string | Node][] => {
    const value = p[f.name];
    if (value === null || value === undefined || value === '') return [];
    return [[titleOf(f), references.get(f.name) ?? fieldText(f, value)]];
  });
  const readOnly = register.fields.filter((f) => f.readOnly === true).flatMap((f): [string, string][] => (fieldText(f, p[f.name]) === '' ? [] : [[titleOf(f), fieldText(f, p[f.name])]]));
  const code = p.code === null || register.fields.some((f) => f.name === 'code') ? [] : [[w.code, p.code] as const];
  return [...code, [w.county, countyName(known, p.county)], ...own, ...readOnly, [deskWords().changedAt, minuteInWords(p.changedAt)]];
}

/** What the entry refers to, by name and as a link. */
async function referencesOf(register: Register, { properties: p }: Entry, { catalogue }: Known): Promise<Map<string, Node>> {
  const found = formFields(register).flatMap((f) => {
    const [id, to] = [p[f.name], catalogue.registers.find((r) => r.kind === f.refersTo)];
    return f.type === 'reference' && typeof id === 'string' && to !== undefined ? [{ name: f.name, id, to }] : [];
  });
  const read = await Promise.all(found.map(async ({ name, id, to }) => {
    const title = await entry(to, id).then((e) => e.properties.name, () => deskWords().referenceUnknown);
    return [name, h('a', { href: `/subject/?s=${to.kind}:${id}` }, title)] as const;
  }));
  return new Map(read);
}

/** Of a site: what inspections found. */
async function inspectionsOf(register: Register, id: string, { catalogue }: Known): Promise<TimelineItem[]> {
  const book = catalogue.registers.find((r) => r.kind === 'inspection' && r.parentKind === register.kind);
  if (book === undefined) return [];
  const w = pageWords();
  const page = await entries(book, { parent: id, limit: mostInspections });
  return page.features.map(({ properties: p }) => {
    const failed = book.fields.filter((f) => p[f.name] === 'failed').map(titleOf);
    return { at: String(p['at'] ?? p.since), what: 'inspected', detail: failed.length === 0 ? w.passed : w.failedItems(failed.join(w.comma)) };
  });
}
