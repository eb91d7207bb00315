import type { Violation } from '../api/types';
import { language, words } from '../i18n';
import { citationInWords } from '../i18n/citations';
import { stageInWords, unitInWords } from '../i18n/parameters';
import { duration, moment } from '../i18n/time';
import { pageWords } from '../i18n/pages';
import { isSubjectKind } from '../map/kinds';
import type { MapTarget } from '../map/target';
import { entryOf, writeRoute } from '../registers/route';
import { factsInWords, itemInWords, parameterTitle, pathOf, type Catalogue } from './catalogue';
import { h } from './dom';
import { countyName, type Model, type Names } from './model';
import { ruleTitle } from './rules';
import { subjectName } from './subjectName';

/** The pieces that cards of cases, subjects and zones share. */

export type Line = readonly [term: string, text: string | Node | null];
export type Pick = (target: MapTarget) => void;

export interface ClockText {
  text: string;
  kind: string;
}

/** Pairs of term and text; those without a text are left out. */
export function lines(pairs: readonly Line[]): HTMLElement {
  return h('dl', {}, ...pairs.flatMap(([term, text]) => (text === null || text === '' ? [] : [h('dt', {}, term), h('dd', {}, text)])));
}

/** A word that opens another card. `key` keeps the focus when the card is drawn again. */
export function opener(text: string, target: MapTarget, pick: Pick): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'open-card', 'data-focus': `${target.kind}:${target.id}` }, text);
  button.addEventListener('click', () => pick(target));
  return button;
}

/** The card of what a violation is about; null where there is none. */
export function subjectTarget({ kind, id }: { kind: string; id: string }): MapTarget | null {
  if (kind === 'fire') return { kind: 'fire', id };
  return isSubjectKind(kind) ? { kind, id } : null;
}

/** To the page of its own, to be read at length and printed. */
export const pageLink = (target: MapTarget): HTMLElement =>
  h('a', { href: target.kind === 'county' ? `/county/?c=${target.id}` : `/subject/?s=${target.kind}:${target.id}`, 'data-focus': 'page' }, pageWords().wholePage);

/** To the entry in the registers; null for what has none there. */
export function registerLink(catalogue: Catalogue | null, kind: string, id: string): HTMLElement | null {
  const path = pathOf(catalogue, kind);
  return path === null ? null : h('a', { href: `/registers/${writeRoute(entryOf(path.replace(/^\/api\//, ''), id))}`, 'data-focus': 'register' }, words().register);
}

export const listed = (names: readonly string[]): string => names.join(language() === 'zh' ? '、' : ', ');
export const dayAndTime = (at: string | null, now: number): string | null => (at === null ? null : moment(Date.parse(at), now));

/** How long the unit still has, or how long it is late; nothing for what is closed or has no clock. */
export function dueClock({ properties: { status, dueAt } }: Violation, now: number): ClockText | null {
  if (status !== 'open' || dueAt === null) return null;
  const left = Date.parse(dueAt) - now;
  return left >= 0 ? { text: words().remaining(duration(left)), kind: '' } : { text: words().overdueBy(duration(-left)), kind: 'late' };
}

export function severityTags({ properties: v }: Violation): HTMLElement[] {
  const w = words();
  return [
    h('span', { class: `severity ${v.severity}` }, w.severity[v.severity]),
    ...(v.status === 'closed' ? [h('span', { class: 'out' }, w.closed)] : []),
    ...(v.simulated ? [h('span', { class: 'hatched' }, w.simulated)] : []),
  ];
}

export function caseLines({ properties: v }: Violation, model: Model, pick: Pick): Line[] {
  const w = words();
  const subject = subjectTarget(v.subject);
  const name = subjectName(v.subject, model) ?? ruleTitle(v.rule);
  return [
    [w.legalBasis, `${w.article(v.article)} ${ruleTitle(v.rule)}`],
    [w.subject, subject === null ? name : opener(name, subject, pick)],
    [w.county, countyName(model, v.county)],
    [w.responsible, v.responsible],
    [w.lead, listed(v.lead)],
    [w.cooperating, listed(v.cooperating)],
    [w.zone, v.zone === null ? null : opener(v.zone.name, { kind: 'zone', id: v.zone.id }, pick)],
    [w.since, dayAndTime(v.openedAt, model.now)],
    [w.due, dayAndTime(v.dueAt, model.now)],
    [w.closed, dayAndTime(v.closedAt, model.now)],
  ];
}

/** What the decision rests on: facts and dated values. */
export function grounds(violation: Violation, model: Names): Node[] {
  const w = words();
  const { properties: v } = violation;
  const facts = factsInWords(model.catalogue, v.subject.kind, v.facts, model.now);
  return [...(facts.length === 0 ? [] : [h('h3', {}, v.subject.kind === 'fire' ? w.factsAtOpening : w.facts), lines(facts)]), ...parametersOf(violation, model)];
}

/** The dated values that were applied, with where they stand written. */
export function parametersOf({ properties: v }: Violation, model: Names): Node[] {
  const w = words();
  if (v.parameters.length === 0) return [];
  return [h('h3', {}, w.parameters), h('ul', { class: 'parameters' }, ...v.parameters.map((p) => h('li', {},
    h('span', {}, parameterTitle(model.catalogue, p.code)), h('b', {}, parameterValue(p.value, p.unit, model)),
    h('small', {}, [p.citation === null ? null : citationInWords(p.citation, language()), p.effectiveFrom === null ? null : w.inForceFrom(p.effectiveFrom)].filter((text) => text !== null && text !== '').join(' · ')))))];
}

function parameterValue(value: unknown, unit: string | null, model: Names): string {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (unit === 'county code') return listed(values.map((code) => countyName(model, code)));
  if (unit === 'stage') return listed(values.map((stage) => stageInWords(Number(stage), language())));
  if (unit === 'item') return listed(values.map((item) => itemInWords(model.catalogue, item)));
  const said = unit === null ? '' : unitInWords(unit, language());
  return said === '' ? listed(values) : `${listed(values)} ${said}`;
}
