import type { Violation } from '../api/types';
import { words } from '../i18n';
import { caseLines, dueClock, grounds, lines, pageLink, registerLink, severityTags, subjectTarget, type ClockText, type Pick } from './caseParts';
import { h } from './dom';
import type { Model } from './model';
import { ruleTitle } from './rules';
import { subjectName } from './subjectName';

/** The card of one violation, by whichever rule. */
export const violationTitle = ({ properties: v }: Violation, model: Model): string => [ruleTitle(v.rule), subjectName(v.subject, model)].filter((text) => text !== null && text !== '').join(' · ');

export function violationClocks(violation: Violation, now: number): ClockText[] {
  const clock = dueClock(violation, now);
  return clock === null ? [] : [clock];
}

/** @param extra What the violation rests on and can be seen, such as a curve. */
export function violationBody(violation: Violation, model: Model, pick: Pick, extra: readonly Node[] = []): Node[] {
  const { closedReason, status } = violation.properties;
  const link = registerLink(model.catalogue, violation.properties.subject.kind, violation.properties.subject.id);
  const subject = subjectTarget(violation.properties.subject);
  const links = [...(subject === null ? [] : [pageLink(subject)]), ...(link === null ? [] : [link])];
  const ended = status === 'closed' ? [h('p', { class: 'good' }, words().closedBecause(words().closeReasons[closedReason ?? ''] ?? ''))] : [];
  return [h('p', { class: 'tags' }, ...severityTags(violation)), ...ended, ...extra, lines(caseLines(violation, model, pick)), ...(links.length === 0 ? [] : [h('p', { class: 'links' }, ...links)]), ...grounds(violation, model)];
}
