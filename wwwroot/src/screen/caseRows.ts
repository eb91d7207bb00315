import type { Violation } from '../api/types';
import { words } from '../i18n';
import { duration } from '../i18n/time';
import { dueClock, type Pick } from './caseParts';
import { h } from './dom';
import type { Model } from './model';
import { ruleTitle } from './rules';
import { subjectName } from './subjectName';

export const isOverdue = ({ properties: { dueAt } }: Violation, now: number): boolean => dueAt !== null && Date.parse(dueAt) < now;

/** What is longest overdue first, then what is due next; what has no clock last, oldest first. */
export function byUrgency(violations: readonly Violation[]): Violation[] {
  const due = (v: Violation): number => (v.properties.dueAt === null ? Infinity : Date.parse(v.properties.dueAt));
  return violations.toSorted((a, b) => {
    const [x, y] = [due(a), due(b)];
    return x === y ? Date.parse(a.properties.openedAt) - Date.parse(b.properties.openedAt) || (a.id < b.id ? -1 : 1) : x - y;
  });
}

/**
 * A line that opens the case: what, and the clock.
 * @param withRule Where lines of several rules stand together: one subject may break more than one.
 */
export function caseRow(violation: Violation, model: Model, pick: Pick, withRule: boolean): HTMLLIElement {
  const { properties: v } = violation;
  const clock = dueClock(violation, model.now);
  const button = h('button', { type: 'button', 'data-focus': `case:${violation.id}` },
    h('i', { class: `severity ${v.severity}`, title: words().severity[v.severity] }), h('span', { class: 'unseen' }, words().severity[v.severity]),
    h('span', { class: 'name' }, subjectName(v.subject, model) ?? ruleTitle(v.rule), ...(withRule ? [h('small', {}, ruleTitle(v.rule))] : [])), h('small', { class: clock?.kind ?? '' }, clock?.text ?? duration(model.now - Date.parse(v.openedAt))));
  button.addEventListener('click', () => pick(v.subject.kind === 'fire' ? { kind: 'fire', id: v.subject.id } : { kind: 'violation', id: violation.id }));
  return h('li', {}, button);
}
