import { describe, expect, it } from 'vitest';
import type { PrecisionRow } from '../src/api/fires';
import type { Detection, Fire, LonLat, Subject } from '../src/api/types';
import { useLanguage } from '../src/i18n';
import { fireTables } from '../src/i18n/fires';
import { changesLaw } from '../src/live/concerns';
import { footprintFeatures, footprintRing } from '../src/map/footprints';
import { boundsAround, inMetres, metresBetween, metresTo } from '../src/screen/ground';
import { heatFigures, heatHere } from '../src/screen/heatHere';
import { neighboursOf, partingOf, together } from '../src/screen/neighbours';
import { monthOf, precisionBySource, wilson } from '../src/screen/precisionOf';
import { reasonFault, reasonInWords, reasonOf, reasonsOf } from '../src/screen/reasons';

const place: LonLat = [111.66, 36.25];
const east = (metres: number): LonLat => [place[0] + metres / (111_320 * Math.cos((place[1] * Math.PI) / 180)), place[1]];

function fire(id: string, at: LonLat = place, change: Partial<Fire['properties']> = {}): Fire {
  const properties = { id, status: 'suspected', firstSeenAt: '2026-03-15T10:00:00+08:00', lastSeenAt: '2026-03-15T11:00:00+08:00', detections: 1, radiusMetres: 300, simulated: false, attributedTo: null, ...change };
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates: at }, properties } as unknown as Fire;
}

const detection = (id: string, radiusMetres: number, bearing: number | null = null): Detection =>
  ({ type: 'Feature', id, geometry: { type: 'Point', coordinates: place }, properties: { id, sourceKind: 'video', feed: 'x', radiusMetres, bearing } });

const source = (id: string, geometry: Subject['geometry'], fields: Record<string, unknown> = {}): Subject =>
  ({ id, geometry, properties: { id, register: 'heatSource', name: id, county: '141024', simulated: false, version: 1, status: 'candidate', ...fields } });

describe('Fires that may be one', () => {
  it('are listed by distance, without those that the server would refuse', () => {
    const others = [
      fire('far', east(4000)), fire('near', east(900)), fire('self'), fire('out', east(100), { status: 'out' }), fire('merged', east(100), { status: 'merged' }), fire('played', east(100), { simulated: true }),
      fire('old', east(100), { firstSeenAt: '2026-03-01T10:00:00+08:00', lastSeenAt: '2026-03-01T11:00:00+08:00' }),
    ];
    expect(neighboursOf(fire('self'), others).map((n) => [n.fire.id, Math.round(n.metres / 10) * 10])).toEqual([['near', 900], ['far', 4000]]);
    expect(neighboursOf(fire('self', place, { status: 'refuted' }), others)).toEqual([]);
  });

  it('are told as one: all detections, since the first of them', () => {
    expect(together(fire('a', place, { detections: 3 }), fire('b', place, { detections: 2, firstSeenAt: '2026-03-15T09:00:00+08:00' }))).toEqual({ detections: 5, firstSeenAt: '2026-03-15T09:00:00+08:00' });
  });
});

describe('A split', () => {
  it('counts what leaves, what stays, and what has moved elsewhere since it was ticked', () => {
    const seen = [detection('a', 60), detection('b', 60), detection('c', 60)];
    expect(partingOf(seen, new Set(['b', 'gone']))).toEqual({ leave: ['b'], stay: 2, gone: 1 });
    expect(partingOf(seen, new Set(['a', 'b', 'c'])).stay).toBe(0);
  });
});

describe('Near the ground', () => {
  it('a metre is a metre, north and east, and an area has its inside', () => {
    expect(metresBetween(place, east(1500))).toBeCloseTo(1500, 0);
    const [west, south, right, top] = boundsAround(place, 1000);
    const ring = [[west, south], [right, south], [right, top], [west, top], [west, south]];
    expect(metresTo(place, { type: 'Polygon', coordinates: [ring] })).toBe(0);
    expect(metresTo(east(1400), { type: 'Polygon', coordinates: [ring] })).toBeCloseTo(400, 0);
    expect(metresTo(place, null)).toBe(Number.POSITIVE_INFINITY);
    expect([inMetres(380.4), inMetres(2440)]).toEqual(['380 m', '2.4 km']);
  });
});

describe('Footprints', () => {
  it('are circles, and of a camera a third as wide as long, along its bearing', () => {
    const reach = (ring: number[][]): number[] => ring.map(([lon = 0, lat = 0]) => metresBetween(place, [lon, lat]));
    for (const metres of reach(footprintRing(place, 300, null))) expect(metres).toBeCloseTo(300, 0);
    const cone = footprintRing(place, 300, 90);
    expect([Math.max(...reach(cone)), Math.min(...reach(cone))].map(Math.round)).toEqual([300, 100]);
    expect((cone[0]?.[0] ?? 0) > place[0] && Math.abs((cone[0]?.[1] ?? 0) - place[1]) < 1e-9).toBe(true); // 90° is east
  });

  it('of chosen detections lie above the others, the fire has its own, and a line leads to what may be one with it', () => {
    const of = footprintFeatures({ fire: fire('f'), detections: [detection('a', 60), detection('b', 60), detection('none', 0)], chosen: new Set(['a']), other: fire('o', east(500)) }).features.map((f) => f.properties?.['of']);
    expect(of).toEqual(['detection', 'chosen', 'fire', 'chosen', 'chosen']);
    expect(footprintFeatures(null).features).toEqual([]);
  });
});

describe('A heat source', () => {
  it('is told where the footprint reaches its rim, or where it explains the fire', () => {
    const point = (at: LonLat): Subject['geometry'] => ({ type: 'Point', coordinates: at });
    const sources = [source('far', point(east(1200)), { radiusMetres: 300 }), source('rim', point(east(600)), { radiusMetres: 300 }), source('here', point(place)), source('played', point(place), { simulated: true }), source('explains', point(east(3000)))];
    expect(heatHere(fire('f', place, { attributedTo: { id: 'explains', name: null } }), sources).map((s) => s.source.id)).toEqual(['here', 'rim', 'explains']);
  });

  it('has figures to decide by, and leaves out what nobody knows', () => {
    useLanguageQuietly('zh');
    const told = heatFigures({ source: source('s', null, { nights: 41, days: 45, months: 11, medianMegawatts: 3.04, highestMegawatts: null, nightShare: 0.912 }), status: 'candidate', metres: 120 }).filter(([, text]) => text !== null);
    expect(told).toEqual([['工业热源', '距火点 120 m'], ['夜间有热点', '41 夜 / 45 天'], ['有热点月份', '11 个月'], ['常见 / 最大功率', '3.0 / – MW'], ['夜间占比', '91%']]);
  });

  it('is law: its change moves what the map shows', () => {
    expect(changesLaw({ seq: 1, at: '', type: 'subject.changed', county: null, id: 'x', data: source('x', null) })).toBe(true);
    expect(changesLaw({ seq: 1, at: '', type: 'subject.changed', county: null, id: 'x', data: { properties: { register: 'boiler' } } })).toBe(false);
  });
});

describe('The precision of sources', () => {
  const now = Date.parse('2026-03-01T00:30:00+08:00'); // still February in Greenwich
  const row = (sourceKind: PrecisionRow['sourceKind'], month: string, real: number, refuted: number, county = '141024'): PrecisionRow => ({ sourceKind, county, month, fires: real + refuted + 5, real, refuted });

  it('is summed up by kind over the Beijing month and twelve of them, most verdicts first', () => {
    const rows = [row('video', '2026-03', 1, 0), row('satellite', '2026-03', 1, 1), row('satellite', '2025-04', 6, 2, '141002'), row('satellite', '2025-03', 90, 0), row('phone', '2026-03', 0, 0)];
    expect(precisionBySource(rows, null, now).map((p) => [p.kind, p.month.verdicts, p.year.verdicts, p.year.share])).toEqual([['satellite', 2, 10, 0.7], ['video', 1, 1, 1]]);
    expect(precisionBySource(rows, '141002', now).map((p) => [p.kind, p.month.share, p.year.share])).toEqual([['satellite', null, 0.75]]);
    expect(precisionBySource([], null, now)).toEqual([]);
    expect([monthOf(now), monthOf(now, 11), monthOf(now, 2)]).toEqual(['2026-03', '2025-04', '2026-01']);
  });

  it('has the interval of Wilson: wide for few verdicts, never beyond 0 and 1', () => {
    // Wilson's interval of 8 of 10: 0.4902 to 0.9433.
    const { share, least, most } = wilson(8, 10);
    expect([share, least, most].map((n) => (n ?? 0).toFixed(4))).toEqual(['0.8000', '0.4902', '0.9433']);
    expect(wilson(3, 3)).toMatchObject({ share: 1, most: 1 });
    expect(wilson(3, 3).least).toBeLessThan(0.5);
    expect(wilson(0, 0)).toMatchObject({ share: null, verdicts: 0 });
  });
});

describe('The reason of a verdict', () => {
  it('is a code that all count alike, with words beside it, and is read in the language of the page', () => {
    useLanguageQuietly('zh');
    expect([reasonOf('industrial', ' 三号焦炉 '), reasonOf('solar', ''), reasonOf(null, '看错了')]).toEqual(['industrial: 三号焦炉', 'solar', '看错了']);
    expect([reasonInWords('industrial: 三号焦炉: 北侧'), reasonInWords('solar'), reasonInWords('看错了: 是灯')]).toEqual(['工业热源 · 三号焦炉: 北侧', '光伏反光', '看错了: 是灯']);
  });

  it('is needed to refute, and in words where it is another', () => {
    useLanguageQuietly('en');
    expect([reasonFault('refuted', null, ' ', false), reasonFault('refuted', 'other', '', false), reasonFault('out', null, '', true)].map((fault) => fault !== null)).toEqual([true, true, true]);
    expect([reasonFault('refuted', 'solar', '', false), reasonFault('refuted', 'other', 'a lamp', false), reasonFault('refuted', null, 'a lamp', false), reasonFault('out', null, '', false), reasonFault('out', 'put-out', '', true)]).toEqual([null, null, null, null, null]);
  });

  it('has words in both languages, as has every refusal', () => {
    const codes = Object.values(reasonsOf).flat();
    for (const { reasons } of Object.values(fireTables)) expect(codes.filter((code) => reasons[code] === undefined)).toEqual([]);
    expect(Object.keys(fireTables.en.problems).toSorted()).toEqual(Object.keys(fireTables.zh.problems).toSorted());
  });
});

/** Without a page whose title and language it would set. */
function useLanguageQuietly(chosen: 'zh' | 'en'): void {
  Object.assign(globalThis, { document: { documentElement: {}, title: '' } });
  useLanguage(chosen);
}
