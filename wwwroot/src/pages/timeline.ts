import type { Field, Register, Version } from '../api/registers';
import type { Violation } from '../api/types';
import { words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { deskWords } from '../i18n/registers';
import { draftOf, differences, formFields, placeName } from '../registers/draft';
import { momentInWords } from '../registers/values';
import { titleOf } from '../registers/view';
import { ruleTitle } from '../screen/rules';

/** Something that happened to a subject, or was found out about it. */
export interface TimelineItem {
  /** RFC 3339, in the world where that is known. */
  readonly at: string;
  /** A word of `pageWords().what`. */
  readonly what: string;
  readonly detail: string;
}

const longest = 200;

/** Newest first; so many as people read. */
export function timelineOf(...items: readonly (readonly TimelineItem[])[]): { shown: TimelineItem[]; left: number } {
  const all = items.flat().filter((i) => !Number.isNaN(Date.parse(i.at))).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return { shown: all.slice(0, longest), left: Math.max(0, all.length - longest) };
}

/** A value of a field in the language in use; empty for none. */
export function fieldText(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  const text = String(value);
  const w = deskWords();
  switch (field.type) {
    case 'flag':
      return text === 'true' ? w.yes : w.no;
    case 'choice': {
      const option = field.options?.find((o) => o.code === text);
      return option === undefined ? text : titleOf(option);
    }
    case 'moment':
      return momentInWords(text);
    default:
      return field.unit === null ? text : `${text} ${field.unit}`;
  }
}

/** Who changed what and when. A reference is told by its field's name alone. */
export function versionItems(register: Register, versions: readonly Version[]): TimelineItem[] {
  const p = pageWords();
  return versions.map((version, i) => {
    const before = versions[i + 1];
    const who = p.by(version.by === 'local' ? deskWords().localWriter : version.by);
    const changes = version.action !== 'changed' || before === undefined || before.action === 'deleted' ? [] : changesOf(register, before, version);
    return { at: version.at, what: version.action, detail: [`${p.version(version.version)} · ${who}`, ...changes].join('；') };
  });
}

function changesOf(register: Register, before: Version, after: Version): string[] {
  const p = pageWords();
  const [old, now] = [draftOf(register, before.data), draftOf(register, after.data)];
  return differences(register, old, now).map((name) => {
    const field = formFields(register).find((f) => f.name === name);
    if (name === placeName || field === undefined) return p.shapeChanged;
    return field.type === 'reference' || field.type === 'secret' ? titleOf(field) : p.changedTo(titleOf(field), fieldText(field, old.values[name]), fieldText(field, now.values[name]));
  });
}

/** Each violation begins, and may have ended. */
export function violationItems(violations: readonly Violation[]): TimelineItem[] {
  const w = words();
  return violations.flatMap(({ properties: v }) => {
    const title = `${w.article(v.article)} ${ruleTitle(v.rule)} · ${w.severity[v.severity]}`;
    const reason = w.closeReasons[v.closedReason ?? ''] ?? '';
    return [{ at: v.openedAt, what: 'opened', detail: title }, ...(v.closedAt === null ? [] : [{ at: v.closedAt, what: 'closed', detail: reason === '' ? title : `${title} · ${reason}` }])];
  });
}
