import type { Detection, Fire, FireStep, Violation } from '../api/types';
import { words } from '../i18n';
import { feedInWords } from '../i18n/feeds';
import { fireWords } from '../i18n/fires';
import { duration, hourMinute, moment } from '../i18n/time';
import { isBurning } from '../live/state';
import { lines, listed, opener, pageLink, parametersOf, registerLink, type ClockText, type Pick } from './caseParts';
import { h } from './dom';
import { countyName, type Model } from './model';
import { reasonInWords } from './reasons';
import { ruleTitle } from './rules';

export interface FireCase {
  fire: Fire;
  violation: Violation | null;
  detections: Detection[];
  course: FireStep[];
}

export function fireTitle(fire: Fire, model: Model): string {
  return [words().fire, countyName(model, fire.properties.county)].join(' · ');
}

/** The clocks that run: how long it burns, how long the unit still has. */
export function fireClocks({ fire, violation }: FireCase, now: number): ClockText[] {
  const w = words();
  const clocks: ClockText[] = [];
  if (isBurning(fire)) clocks.push({ text: w.burningFor(duration(now - Date.parse(fire.properties.firstSeenAt))), kind: 'hot' });
  const due = violation?.properties.status === 'open' ? violation.properties.dueAt : null;
  if (due !== null && due !== undefined) {
    const left = Date.parse(due) - now;
    clocks.push(left >= 0 ? { text: w.remaining(duration(left)), kind: '' } : { text: w.overdueBy(duration(-left)), kind: 'late' });
  }
  return clocks;
}

export function fireBody(found: FireCase, model: Model, pick: Pick): Node[] {
  const w = words();
  const { fire, violation } = found;
  const p = fire.properties;
  const time = (at: string): string => moment(Date.parse(at), model.now);
  const [lon, lat] = fire.geometry.coordinates;
  const tags = h('p', { class: 'tags' }, h('span', { class: p.status }, w.fireStatus[p.status]));
  if (violation !== null) tags.append(h('span', {}, w.severity[violation.properties.severity]));
  if (p.confirmedBy === 'sources') tags.append(h('span', {}, fireWords().bySources));
  if (p.simulated) tags.append(h('span', { class: 'hatched' }, w.simulated));
  const sources = Object.entries(p.sources).map(([kind, n]) => `${w.sources[kind as keyof typeof w.sources] ?? kind} ${n}`).join(' · ');
  const source = p.attributedTo ?? null;
  if (source !== null) tags.append(h('span', { class: 'attributed' }, fireWords().attributed));
  const link = source === null ? null : registerLink(model.catalogue, 'heatSource', source.id);
  if (link !== null) link.textContent = source?.name ?? w.register;
  const nodes: Node[] = [
    tags,
    ...(source === null ? [] : [h('p', { class: 'notes' }, fireWords().attributedHint)]),
    lines([
      [fireWords().mergedInto, p.mergedInto ? opener(fireWords().mergedOpen, { kind: 'fire', id: p.mergedInto }, pick) : null],
      [fireWords().heatTitle, link],
      [w.legalBasis, violation === null ? w.noViolation : `${w.article(violation.properties.article)} ${ruleTitle(violation.properties.rule)}`],
      [w.responsible, violation?.properties.responsible ?? model.numbers?.counties.find((c) => c.properties.code === p.county)?.properties.responsible ?? null],
      [w.lead, violation === null ? null : listed(violation.properties.lead)],
      [w.due, violation?.properties.dueAt ? time(violation.properties.dueAt) : null],
      [w.firstSeen, time(p.firstSeenAt)],
      [w.lastSeen, time(p.lastSeenAt)],
      [w.position, `${lon.toFixed(4)}, ${lat.toFixed(4)}${p.radiusMetres === null ? '' : ` ± ${Math.round(p.radiusMetres)} m`}`],
      [w.seenBy, `${sources} · ${w.seenTimes(p.detections)}`],
      [w.frp, p.frpMegawatts === null ? null : `${p.frpMegawatts.toFixed(1)} MW`],
      [fireWords().course, courseInWords(found.course)],
      [w.verdict, p.verdict === null ? null : `${w.verdicts[p.verdict.verdict]} ${time(p.verdict.at)}${p.verdict.reason ? ` · ${reasonInWords(p.verdict.reason)}` : ''}`],
    ]),
  ];
  nodes.push(h('p', { class: 'links' }, pageLink({ kind: 'fire', id: fire.id })));
  if (violation !== null) nodes.push(...parametersOf(violation, model));
  if (found.detections.length > 0) nodes.push(h('h3', {}, w.detections), timeline(found.detections, model.now));
  return nodes;
}

/** Growth and power at a glance: the first and the last time it was seen, and the strongest between; null while there is nothing to compare. */
export function courseInWords(steps: readonly FireStep[]): string | null {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const measured = steps.filter((s) => s.frpMegawatts !== null);
  const extent = `${wide(first.extentMetres)} → ${wide(last.extentMetres)}`;
  return measured.length < 2 ? extent : `${extent} · ${measured[0]?.frpMegawatts?.toFixed(1)} → ${measured.at(-1)?.frpMegawatts?.toFixed(1)} MW`;
}

const wide = (metres: number): string => (metres < 950 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`);

function timeline(detections: readonly Detection[], now: number): HTMLElement {
  const w = words();
  const timeOf = (d: Detection): number => Date.parse(d.properties.occurredAt ?? d.properties.at ?? '');
  const rows = detections.toSorted((a, b) => timeOf(b) - timeOf(a)).map((d) => {
    const { sourceKind, feed, radiusMetres, likelihood } = d.properties;
    const at = timeOf(d);
    return h('li', {}, h('time', {}, Number.isNaN(at) ? '' : at > now - 86_400_000 ? hourMinute(at) : moment(at, now)), h('span', {}, `${w.sources[sourceKind] ?? sourceKind} ${feedInWords(feed)}`), h('span', {}, [radiusMetres === null ? '' : `± ${Math.round(radiusMetres)} m`, likelihood === null || likelihood === undefined ? '' : fireWords().likelihood(Math.round(100 * likelihood))].filter((t) => t !== '').join(' · ')));
  });
  return h('ol', { class: 'timeline', tabindex: '0', 'aria-label': w.detections }, ...rows);
}
