import * as calls from '../api/calls';
import { finding as readFinding, zoneVersions } from '../api/records';
import { language, words } from '../i18n';
import { feedInWords } from '../i18n/feeds';
import { fireWords } from '../i18n/fires';
import { pageWords } from '../i18n/pages';
import { recordWords } from '../i18n/records';
import { kindInWords, stateInWords, zoneStateInWords } from '../registers/recordsView';
import { minuteInWords } from '../registers/values';
import { courseInWords } from '../screen/fireCard';
import { countyName } from '../screen/model';
import { reasonInWords } from '../screen/reasons';
import { h } from '../screen/dom';
import type { Known } from './known';
import { bareFile, type SubjectFile } from './subjectFile';
import type { TimelineItem } from './timeline';

/** Subjects that stand in no register: fires, findings, zones. */

export async function readFire(id: string, known: Known): Promise<SubjectFile> {
  const w = words();
  // What went on in another fire has no course of its own.
  const [fire, { features }, course, changes] = await Promise.all([calls.fire(id), calls.detections(id), calls.course(id).catch(() => []), calls.fireHistory(id)]);
  const p = fire.properties;
  const place = fire.geometry.coordinates.map((n) => n.toFixed(5)).join(', ');
  const sources = Object.entries(p.sources).map(([kind, n]) => `${w.sources[kind as keyof typeof w.sources] ?? kind} ${n}`).join(' · ');
  const source = p.attributedTo ?? null;
  const seen = features.map((d): TimelineItem => ({ at: d.properties.occurredAt ?? d.properties.at ?? '', what: 'detected', detail: `${w.sources[d.properties.sourceKind] ?? d.properties.sourceKind} ${feedInWords(d.properties.feed)}` }));
  return {
    ...bareFile, kind: 'fire', id, name: `${w.fire} · ${countyName(known, p.county)}`, county: p.county, geometry: fire.geometry, radiusMetres: p.radiusMetres, simulated: p.simulated, detections: features,
    tags: [w.fireStatus[p.status], ...(p.confirmedBy === 'sources' ? [fireWords().bySources] : [])],
    fields: [
      [pageWords().county, countyName(known, p.county)], [w.firstSeen, minuteInWords(p.firstSeenAt)], [w.lastSeen, minuteInWords(p.lastSeenAt)],
      [w.position, `${place}${p.radiusMetres === null ? '' : ` ± ${Math.round(p.radiusMetres)} m`}`], [w.seenBy, `${sources} · ${w.seenTimes(p.detections)}`],
      [w.frp, p.frpMegawatts === null ? '' : `${p.frpMegawatts.toFixed(1)} MW`], [fireWords().course, courseInWords(course) ?? ''],
      [fireWords().heatTitle, source === null ? '' : h('a', { href: `/subject/?s=heatSource:${source.id}` }, source.name ?? source.id)],
      [fireWords().mergedInto, p.mergedInto ? h('a', { href: `/subject/?s=fire:${p.mergedInto}` }, fireWords().mergedOpen) : ''],
    ],
    events: [
      ...seen, { at: p.firstSeenAt, what: 'seen', detail: sources },
      ...changes.filter((c) => c.what !== 'known').map((c): TimelineItem => ({ at: c.at, what: c.what, detail: c.verdict === null ? (c.name ?? '') : `${w.verdicts[c.verdict]}${c.reason ? ` · ${reasonInWords(c.reason)}` : ''}` })),
    ],
  };
}

const steps = ['confirmed', 'rectified', 'dismissed'] as const;

export async function readFindingFile(id: string, known: Known): Promise<SubjectFile> {
  const w = recordWords();
  const { geometry, properties: p } = await readFinding(id);
  const said = (name: string): string => (typeof p[name] === 'string' ? String(p[name]) : '');
  const hashes = (name: string): string[] => (Array.isArray(p[name]) ? (p[name] as unknown[]).map(String) : []);
  return {
    ...bareFile, kind: 'finding', id, name: kindInWords([...known.catalogue.findingKinds], p.kind), county: p.county, geometry, radiusMetres: p.accuracyMetres ?? null, simulated: p.simulated,
    tags: [w.findings, stateInWords(p.state)],
    fields: [[pageWords().county, countyName(known, p.county)], [w.foundAt, minuteInWords(p.at)], [w.source, stateInWords(p.filedBy)], [w.text, p.text ?? ''], [w.accuracy, typeof p.accuracyMetres === 'number' ? `± ${p.accuracyMetres} m` : '']],
    photos: ['photos', ...steps.map((s) => `${s}Photos`)].flatMap(hashes),
    events: [{ at: p.at, what: 'filed', detail: [stateInWords(p.filedBy), p.text ?? ''].filter((t) => t !== '').join(' · ') }, ...steps.flatMap((s) => (said(`${s}At`) === '' ? [] : [{ at: said(`${s}At`), what: s, detail: said(`${s}Reason`) }]))],
  };
}

export async function readZone(id: string, known: Known): Promise<SubjectFile | null> {
  const [w, r] = [words(), recordWords()];
  const versions = await zoneVersions(id);
  const latest = versions[0];
  if (latest === undefined) return null;
  const p = latest.properties;
  const days = p.effectiveFrom === null ? '' : `${p.effectiveFrom} – ${p.effectiveTo ?? w.untilFurther}`;
  return {
    ...bareFile, kind: 'zone', id, name: p.name, county: p.counties.length === 1 ? (p.counties[0] ?? null) : null, geometry: latest.geometry, simulated: p.simulated,
    tags: [p.kindTitle[language()], zoneStateInWords(p.status), pageWords().version(p.version)],
    fields: [
      [w.document, p.documentNumber ?? ''], [w.effective, days], [r.counties, p.counties.map((code) => countyName(known, code)).join(pageWords().comma)], [r.area, `${(p.areaSquareMetres / 1e6).toFixed(2)} km²`],
      [r.authority, p.authority ?? ''], [r.note, p.note ?? ''],
    ],
    events: versions.map(({ properties: v }) => ({ at: v.changedAt ?? '', what: v.status, detail: [pageWords().version(v.version), v.documentNumber ?? '', v.reason ?? '', v.changedBy === undefined ? '' : pageWords().by(v.changedBy)].filter((t) => t !== '').join(' · ') })),
  };
}
