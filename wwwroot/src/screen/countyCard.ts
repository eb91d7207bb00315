import type { County } from '../api/types';
import { words } from '../i18n';
import { duration } from '../i18n/time';
import type { MapTarget } from '../map/target';
import { h } from './dom';
import { severities, type Model } from './model';
import { ruleTitle } from './rules';

const shown = 8;

export function countyBody(county: County, model: Model, pick: (target: MapTarget) => void): Node[] {
  const w = words();
  const { summary, responsible, code } = county.properties;
  const split = severities.filter((s) => (summary.bySeverity[s] ?? 0) > 0).map((s) => `${w.severity[s]} ${summary.bySeverity[s]}`).join(' · ');
  const pairs: [string, string][] = [
    [w.open, `${summary.open}${split === '' ? '' : ` · ${split}`}`],
    [w.overdue, String(summary.overdue)],
    [w.burning, String(summary.burning)],
    [w.openedToday, String(summary.openedToday)],
    [w.closedToday, String(summary.closedToday)],
    [w.undecidable, String(summary.undecidable)],
    ...Object.entries(summary.byRule).filter(([, n]) => n > 0).map(([rule, n]): [string, string] => [ruleTitle(rule), String(n)]),
    [w.responsible, responsible],
  ];
  const nodes: Node[] = [h('dl', {}, ...pairs.flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)]))];
  nodes.push(h('h3', {}, w.openViolations));
  const violations = [...(model.state?.violations.values() ?? [])].filter((v) => v.properties.county === code);
  if (violations.length === 0) return [...nodes, h('p', { class: 'empty' }, w.noOpen)];
  const newest = violations.toSorted((a, b) => Date.parse(b.properties.openedAt) - Date.parse(a.properties.openedAt)).slice(0, shown);
  nodes.push(h('ul', { class: 'rows' }, ...newest.map((v) => {
    const { rule, openedAt, subject, dueAt } = v.properties;
    const late = dueAt !== null && Date.parse(dueAt) < model.now;
    const age = late ? w.overdueBy(duration(model.now - Date.parse(dueAt))) : duration(model.now - Date.parse(openedAt));
    const button = h('button', { type: 'button' }, h('span', {}, subject.name ?? ruleTitle(rule)), h('span', {}, age));
    button.addEventListener('click', () => { if (subject.kind === 'fire') pick({ kind: 'fire', id: subject.id }); });
    return h('li', {}, button);
  })));
  return nodes;
}
