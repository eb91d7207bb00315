import type { Violation, Zone } from '../api/types';
import { language, words } from '../i18n';
import { lines, listed, pageLink, registerLink, type Pick } from './caseParts';
import { caseRow } from './caseRows';
import { h } from './dom';
import { countyName, type Model } from './model';
import { ruleTitle } from './rules';

const shown = 8;

/** Open violations that this zone makes such; those of a heat radius name their plant. */
export function violationsBy(zone: Zone, model: Model): Violation[] {
  const { plantId } = zone.properties;
  return [...(model.state?.violations.values() ?? [])].filter(({ properties: v }) => (plantId === undefined ? v.zone?.id === zone.id : v.facts['plantId'] === plantId));
}

export function zoneBody(zone: Zone, model: Model, pick: Pick): Node[] {
  const w = words();
  const p = zone.properties;
  const violations = violationsBy(zone, model);
  const byRule = new Map<string, number>();
  for (const { properties: v } of violations) byRule.set(v.rule, (byRule.get(v.rule) ?? 0) + 1);
  const link = p.plantId === undefined ? registerLink(model.catalogue, 'zone', zone.id) : registerLink(model.catalogue, 'plant', p.plantId);
  return [
    h('p', { class: 'tags' }, h('span', { class: 'zone' }, p.kindTitle[language()]), h('span', {}, w.zoneStatus[p.status as keyof typeof w.zoneStatus] ?? p.status), ...(p.simulated ? [h('span', { class: 'hatched' }, w.simulated)] : [])),
    lines([
      [p.derived ? w.legalBasis : w.document, p.documentNumber],
      [w.effective, p.effectiveFrom === null ? null : `${p.effectiveFrom} – ${p.effectiveTo ?? w.untilFurther}`],
      [w.version, p.derived ? null : w.versionOf(p.version)],
      [w.radius, p.radiusKilometres === undefined ? null : `${p.radiusKilometres} km`],
      [w.counties, listed(p.counties.map((code) => countyName(model, code)))],
      [w.area, `${(p.areaSquareMetres / 1e6).toFixed(p.areaSquareMetres < 1e7 ? 2 : 0)} km²`],
      [w.openHere, String(violations.length)],
      ...[...byRule].toSorted((a, b) => b[1] - a[1]).map(([rule, n]) => [ruleTitle(rule), String(n)] as const),
    ]),
    h('p', { class: 'links' }, ...(p.derived ? [] : [pageLink({ kind: 'zone', id: zone.id })]), ...(link === null ? [] : [link])),
    ...(violations.length === 0 ? [] : [h('h3', {}, w.openViolations), h('ul', { class: 'rows' }, ...violations.slice(0, shown).map((v) => caseRow(v, model, pick, byRule.size > 1)))]),
  ];
}
