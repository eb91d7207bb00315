import type { Undecidable } from '../api/registers';
import type { Subject, Violation } from '../api/types';
import { words } from '../i18n';
import type { SubjectKind } from '../map/kinds';
import { writeRoute } from '../registers/route';
import { dueClock, grounds, lines, listed, opener, pageLink, registerLink, severityTags, dayAndTime, type Line, type Pick } from './caseParts';
import { fieldsInWords, kindTitle, missingInWords } from './catalogue';
import { h } from './dom';
import { countyName, severities, type Model } from './model';
import { articleOf, ruleTitle } from './rules';

/** An entry of a register with what stands about it. */
export interface SubjectCase {
  kind: SubjectKind;
  subject: Subject;
  undecidable: Undecidable[];
}

/** Open violations of a subject, worst first, as the live log knows them. */
export function violationsOf(model: Model, id: string): Violation[] {
  const open = [...(model.state?.violations.values() ?? [])].filter((v) => v.properties.subject.id === id);
  return open.toSorted((a, b) => severities.indexOf(a.properties.severity) - severities.indexOf(b.properties.severity) || a.properties.article - b.properties.article);
}

/** @param extra What a kind shows beside its entry, such as the curves of a monitor. */
export function subjectBody({ kind, subject, undecidable }: SubjectCase, model: Model, pick: Pick, extra: readonly Node[] = []): Node[] {
  const w = words();
  const { catalogue } = model;
  const p = subject.properties;
  const violations = violationsOf(model, subject.id);
  const responsible = violations[0]?.properties.responsible ?? model.numbers?.counties.find((c) => c.properties.code === p.county)?.properties.responsible ?? null;
  const state = violations.length > 0 ? w.violationsOf(violations.length) : undecidable.length > 0 ? w.undecidable : w.inOrder;
  const link = registerLink(catalogue, kind, subject.id);
  const finding = kind === 'finding' && typeof p['text'] === 'string' ? p['text'] : null;
  return [
    h('p', { class: 'tags' },
      h('span', { class: violations.length > 0 ? `severity ${violations[0]?.properties.severity ?? ''}` : undecidable.length > 0 ? 'undecided' : 'out' }, state),
      h('span', {}, kindTitle(catalogue, kind)),
      ...(p.simulated ? [h('span', { class: 'hatched' }, w.simulated)] : [])),
    ...extra,
    lines([[w.county, countyName(model, p.county)], [w.responsible, responsible], [w.description, finding], ...fieldsInWords(catalogue, kind, p)]),
    h('p', { class: 'links' }, pageLink({ kind, id: subject.id }), ...(link === null ? [] : [link])),
    ...(violations.length === 0 ? [] : [h('h3', {}, w.openViolations), ...violations.map((v) => ruling(v, model, pick, violations.length === 1))]),
    ...(undecidable.length === 0 ? [] : [h('h3', {}, w.undecidable), waiting(kind, undecidable, model)]),
  ];
}

/** One violation in short; its grounds unfold. */
function ruling(violation: Violation, model: Model, pick: Pick, open: boolean): HTMLElement {
  const w = words();
  const { properties: v } = violation;
  const clock = dueClock(violation, model.now);
  const pairs: Line[] = [[w.since, dayAndTime(v.openedAt, model.now)], [w.due, dayAndTime(v.dueAt, model.now)], [w.lead, listed(v.lead)], [w.cooperating, listed(v.cooperating)], [w.zone, v.zone === null ? null : opener(v.zone.name, { kind: 'zone', id: v.zone.id }, pick)]];
  return h('details', { class: 'ruling', 'data-focus': `ruling:${violation.id}`, ...(open ? { open: '' } : {}) },
    h('summary', {}, h('b', {}, w.article(v.article)), h('span', {}, ruleTitle(v.rule)), ...severityTags(violation).slice(0, 1), ...(clock === null ? [] : [h('small', { class: clock.kind }, clock.text)])),
    lines(pairs), ...grounds(violation, model));
}

function waiting(kind: SubjectKind, undecidable: readonly Undecidable[], model: Model): HTMLElement {
  const w = words();
  return h('ul', { class: 'waiting' }, ...undecidable.map((u) => h('li', {},
    h('b', {}, w.article(articleOf(u.rule))), h('a', { href: `/registers/${writeRoute({ view: 'undecidable', county: u.county ?? '', rule: u.rule })}`, 'data-focus': `undecidable:${u.rule}` }, ruleTitle(u.rule)), h('small', {}, w.missing(missingInWords(model.catalogue, kind, u.missing))))));
}
