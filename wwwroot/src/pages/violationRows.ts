import type { Violation } from '../api/types';
import { language, words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { duration } from '../i18n/time';
import { minuteInWords } from '../registers/values';
import { dueClock, listed, subjectTarget } from '../screen/caseParts';
import { h } from '../screen/dom';
import type { Names } from '../screen/model';
import { ruleTitle } from '../screen/rules';
import { subjectName } from '../screen/subjectName';
import { table } from './table';

/** What stands about a violation in a row. `subject`: lists of one subject need not name it. */
export interface RowWish {
  readonly subject: boolean;
  readonly state: boolean;
}

/** Violations as a table: what, how grave, since when, until when, and who must act. */
export function violationRows(violations: readonly Violation[], names: Names, wish: RowWish): HTMLElement {
  const [w, p] = [words(), pageWords()];
  const columns = [{ title: p.article }, ...(wish.subject ? [{ title: p.subject }] : []), { title: p.severity }, { title: p.since }, { title: p.due }, ...(wish.state ? [{ title: p.state }] : []), { title: p.who }];
  return table(p.openViolations, columns, violations.map((violation) => {
    const { properties: v } = violation;
    const state = v.status === 'open' ? p.stillOpen : w.closedBecause([w.closeReasons[v.closedReason ?? ''] ?? '', minuteInWords(v.closedAt ?? '')].filter((t) => t !== '').join(language() === 'zh' ? '，' : ', '));
    return {
      attributes: { 'data-violation': violation.id, class: `${v.severity}${v.status === 'closed' ? ' closed' : ''}` },
      cells: [
        { nodes: [h('b', { class: 'article' }, w.article(v.article)), ' ', h('a', { href: `/#s=violation:${violation.id}` }, ruleTitle(v.rule)), ...(v.simulated ? [' ', h('span', { class: 'hatched badge' }, w.simulatedShort)] : [])] },
        ...(wish.subject ? [{ nodes: [subjectOf(violation, names)] }] : []),
        { nodes: [h('span', { class: `severity ${v.severity}` }, w.severity[v.severity])] },
        { nodes: [h('time', {}, minuteInWords(v.openedAt)), ...(v.status === 'open' ? [h('small', {}, duration(names.now - Date.parse(v.openedAt)))] : [])] },
        { nodes: dueOf(violation, names.now) },
        ...(wish.state ? [state] : []),
        { nodes: actors(violation) },
      ],
    };
  }));
}

export function dueOf(violation: Violation, now: number): Node[] {
  const { dueAt } = violation.properties;
  if (dueAt === null) return [document.createTextNode(pageWords().noDue)];
  const clock = dueClock(violation, now);
  return [h('time', {}, minuteInWords(dueAt)), ...(clock === null ? [] : [h('small', { class: clock.kind }, clock.text)])];
}

function subjectOf({ properties: { subject, rule } }: Violation, names: Names): Node {
  const name = subjectName(subject, names) ?? ruleTitle(rule);
  const target = subjectTarget(subject);
  return target === null ? document.createTextNode(name) : h('a', { href: `/subject/?s=${target.kind}:${target.id}` }, name);
}

function actors({ properties: v }: Violation): Node[] {
  const p = pageWords();
  const lines = [v.responsible ?? '', v.lead.length === 0 ? '' : `${p.lead}：${listed(v.lead)}`, v.cooperating.length === 0 ? '' : `${p.cooperating}：${listed(v.cooperating)}`].filter((text) => text !== '');
  return lines.map((text, i) => h(i === 0 ? 'span' : 'small', {}, text));
}
