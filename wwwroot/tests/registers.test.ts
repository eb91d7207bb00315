import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry, ImportReport, Register } from '../src/api/registers';
import { ApiProblem } from '../src/api/http';
import { lastReport } from '../src/api/ndjson';
import { registersEn } from '../src/i18n/registers.en';
import { registersZh } from '../src/i18n/registers.zh';
import { bodyOf, clashes, differences, draftOf, emptyDraft, formFields, merged, withShape, withValue, type Side } from '../src/registers/draft';
import { faultInWords, faultsByField } from '../src/registers/faults';
import { reasonInWords, reportCsv } from '../src/registers/importReport';
import { columnsOf } from '../src/registers/list';
import { momentText, pickerText } from '../src/registers/moments';
import { atMostEvery } from '../src/registers/pace';
import { entryOf, listOf, readRoute, writeRoute, type Route } from '../src/registers/route';
import { bodyOfShape, cornersOf, faultOf, geometryOf, shapeOf } from '../src/registers/shapeDraft';

const field = (name: string, type: string, more: object = {}): Register['fields'][number] =>
  ({ name, type, title: name, titleEn: name, unit: null, required: false, least: null, most: null, options: null, refersTo: null, ...more }) as Register['fields'][number];

const machines: Register = {
  kind: 'machine', path: '/api/machines', title: '机械', titleEn: 'Machines', shapes: ['point', 'area'], placeRequired: false, parentKind: 'site', parentField: 'siteId',
  fields: [field('code', 'text'), field('name', 'text', { required: true }), field('since', 'moment'), field('simulated', 'flag'), field('stage', 'integer'), field('blackSmoke', 'flag'), field('note', 'text')],
};

const stored: Entry = {
  type: 'Feature', id: 'a', geometry: { type: 'Point', coordinates: [111.5, 36.1] },
  properties: { id: 'a', register: 'machine', code: null, name: '装载机', county: '141002', siteId: 's', stage: 2, blackSmoke: false, since: '2026-03-15T10:00:00.123456+08:00', knownAt: '', changedAt: '', version: 3, simulated: true },
};

describe('An address of the registers', () => {
  const registers = ['land', 'land/yards', 'heating/boilers'];
  const id = '01a20bc1-4d09-76fd-bd73-211b8d959cf5';

  it.each<Route>([
    { view: 'start' }, { view: 'undecidable', county: '141002', rule: 'A28.Monitoring' }, listOf('land'), listOf('land/yards', { q: '城 & 东', county: '141002', cursor: 'x_y-' }),
    entryOf('heating/boilers', id), entryOf('land', null, { parent: id }), entryOf('land', id, { field: 'netMesh' }), { view: 'history', register: 'land/yards', id }, { view: 'import', register: 'land' },
  ])('is read as it was written: %j', (route) => {
    expect(readRoute(writeRoute(route), registers)).toEqual(route);
  });

  it.each(['', '#/', '#/nothing', '#/land/1', '#/land/new/history', `#/land/${id}/other`, `#/land/${id}/history/x`, '#/landing'])('that means nothing leads to the start: %s', (hash) => {
    expect(readRoute(hash, registers)).toEqual({ view: 'start' });
  });
});

describe('A draft', () => {
  it('holds every field as text and comes back as the body that was read', () => {
    const draft = draftOf(machines, stored);
    expect(draft.values).toEqual({ name: '装载机', siteId: 's', code: '', stage: '2', blackSmoke: 'false', note: '', since: '2026-03-15T10:00:00.123456+08:00' });
    expect(bodyOf(machines, draft, false)).toEqual({ name: '装载机', siteId: 's', stage: '2', blackSmoke: false, lon: 111.5, lat: 36.1, crs: 'CGCS2000' });
    expect(bodyOf(machines, draft, true)).toMatchObject({ since: '2026-03-15T10:00:00.123456+08:00' });
  });

  it('shows the name first, what it belongs to next, and never the mark of simulation', () => {
    expect(formFields(machines).map((f) => f.name)).toEqual(['name', 'siteId', 'code', 'stage', 'blackSmoke', 'note', 'since']);
  });

  it('sends what was typed, so that the server names what it cannot take', () => {
    expect(bodyOf(machines, withValue(emptyDraft(machines), 'stage', ' two '), false)).toEqual({ stage: 'two' });
    expect(bodyOf(machines, withShape(emptyDraft(machines), { kind: 'point', lon: '111', lat: 'x', crs: 'WGS84' }), false)).toEqual({ lon: 111, lat: 'x', crs: 'WGS84' });
  });

  it('differs by meaning, not by spelling', () => {
    const draft = draftOf(machines, stored);
    expect(differences(machines, draft, withValue(draft, 'stage', '2.0'))).toEqual([]);
    expect(differences(machines, draft, withValue(draft, 'since', '2026-03-15T02:00:00.123456Z'))).toEqual([]);
    expect(differences(machines, draft, withValue(draft, 'stage', ''))).toEqual(['stage']);
    expect(differences(machines, draft, withShape(draft, { kind: 'none' }))).toEqual(['place']);
  });
});

describe('A conflict', () => {
  const base = draftOf(machines, stored);
  const mine = withValue(withValue(base, 'stage', '3'), 'note', '我');
  const theirs = withValue(withValue(base, 'code', 'J-1'), 'note', '他');

  it('proposes the side that changed a part, and mine where both did', () => {
    expect(clashes(machines, base, mine, theirs)).toEqual([
      { name: 'code', both: false, proposed: 'theirs' }, { name: 'stage', both: false, proposed: 'mine' }, { name: 'note', both: true, proposed: 'mine' },
    ]);
  });

  it('with an entry that is there already proposes what was typed, and what is stored where nothing was', () => {
    const typed = withValue(withValue(emptyDraft(machines), 'note', '我'), 'name', '装载机');
    expect(clashes(machines, null, typed, theirs).filter((c) => c.name !== 'place')).toEqual([
      { name: 'siteId', both: false, proposed: 'theirs' }, { name: 'code', both: false, proposed: 'theirs' }, { name: 'stage', both: false, proposed: 'theirs' },
      { name: 'blackSmoke', both: false, proposed: 'theirs' }, { name: 'note', both: true, proposed: 'mine' },
    ]);
  });

  it('leaves the beginning of the state to the facts, unless somebody set it', () => {
    const later = withValue(theirs, 'since', '2026-03-16T08:00:00+08:00');
    expect(clashes(machines, base, mine, later).map((c) => c.name)).not.toContain('since');
    expect(merged(mine, later, new Map()).values['since']).toBe('2026-03-16T08:00:00+08:00');
    const set = withValue(mine, 'since', '2026-03-14T08:00:00+08:00');
    expect(clashes(machines, base, set, later)).toContainEqual({ name: 'since', both: true, proposed: 'mine' });
  });

  it('is merged part by part', () => {
    const choice = new Map<string, Side>([['code', 'theirs'], ['stage', 'mine'], ['note', 'theirs']]);
    expect(merged(mine, theirs, choice).values).toMatchObject({ code: 'J-1', stage: '3', note: '他', name: '装载机' });
  });
});

describe('A place', () => {
  it('keeps every digit of what is stored', () => {
    const geometry = { type: 'Polygon', coordinates: [[[111.123456789012, 36], [111.2, 36], [111.2, 36.1], [111.123456789012, 36]]] } as const;
    const shape = shapeOf(geometry as never);
    expect(geometryOf(shape)).toEqual(geometry);
    expect(bodyOfShape(shape)).toEqual({ geometry, crs: 'CGCS2000' });
  });

  it('that a form cannot draw stays as it is', () => {
    const holes = { type: 'Polygon', coordinates: [[[0, 0], [4, 0], [4, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]] };
    expect(bodyOfShape(shapeOf(holes as never))).toEqual({ geometry: holes });
  });

  it('takes corners with any usual separator and names the line that is none', () => {
    expect(cornersOf('111.5, 36.1\n\n111.6 36.2\n111.7，36.3')).toEqual({ corners: [[111.5, 36.1], [111.6, 36.2], [111.7, 36.3]], fault: null });
    expect(cornersOf('111.5, 36.1\n111.6').fault).toBe(2);
    expect(faultOf({ kind: 'area', corners: '1,2\n3,4', crs: 'CGCS2000' })).toEqual({ what: 'few', least: 3 });
    expect(faultOf({ kind: 'area', corners: '', crs: 'CGCS2000' })).toBeNull();
  });

  it('in another system is not drawn where it is not', () => {
    expect(geometryOf({ kind: 'point', lon: '111.5', lat: '36.1', crs: 'GCJ02' })).toBeNull();
    expect(geometryOf({ kind: 'point', lon: '111.5', lat: '', crs: 'CGCS2000' })).toBeNull();
  });
});

describe('Times of a form', () => {
  it('are Beijing times, whatever clock the machine has', () => {
    expect(pickerText('2026-03-15T02:00:05Z')).toBe('2026-03-15T10:00:05');
    expect(momentText('2026-03-15T10:00')).toBe('2026-03-15T10:00:00+08:00');
    expect(momentText('2026-03-15T10:00:05')).toBe('2026-03-15T10:00:05+08:00');
    expect([pickerText(''), momentText('')]).toEqual(['', '']);
  });
});

describe('Faults of the server', () => {
  it('stand beside their field; those of no field are told above', () => {
    const byField = faultsByField(['name: a name of at most 200 characters is needed (名称)', 'lon, lat: are missing (经度, 纬度)', 'geometry: is empty', 'something else'], ['name']);
    expect(Object.fromEntries(byField)).toEqual({ name: ['a name of at most 200 characters is needed (名称)'], place: ['are missing (经度, 纬度)', 'is empty'], '': ['something else'] });
  });

  it.each([
    ["'12x' is not a number from 0 to 10000 (t/h)", '“12x” 不是数字，或超出范围（0 至 10000 t/h）'],
    ["'1.5' is not a whole number from 0 to 6", '“1.5” 不是整数，或超出范围（0 至 6）'],
    ['is missing (检查时间)', '必填'],
    ["there is no site '东关'", '没有找到“东关”'],
    ['the place lies outside the city', '位置在市界之外'],
    ['something new', 'something new'],
  ])('are told in Chinese: %s', (fault, told) => {
    expect(faultInWords(fault)).toBe(told);
  });
});

describe('The report of an import', () => {
  const report: ImportReport = { dryRun: true, received: 2, created: 1, changed: 0, unchanged: 0, rejectedCount: 1, rejected: [{ line: 7, reason: "name: is missing (名称); lon, lat: the place lies outside the city" }] };
  const answer = (...lines: unknown[]): Response => new Response(lines.map((l) => `${JSON.stringify(l)}\n`).join(''));

  it('comes after its progress', async () => {
    const told: number[] = [];
    expect(await lastReport(answer({ received: 1, rejectedCount: 0 }, { received: 2, rejectedCount: 1 }, report), (p) => told.push(p.received))).toEqual(report);
    expect(told).toEqual([1, 2]);
  });

  it('says what was done before a problem ended it, and that a broken connection ended it', async () => {
    const broken = lastReport(answer({ received: 1, rejectedCount: 0 }, { type: '/problems/row-too-long', detail: 'line 3', report }), () => {});
    await expect(broken).rejects.toSatisfy((e) => e instanceof ApiProblem && e.type === '/problems/row-too-long' && e.more['report'] !== undefined);
    await expect(lastReport(answer({ received: 1, rejectedCount: 0 }), () => {})).rejects.toMatchObject({ type: '/problems/cut-off' });
  });

  it('names field and reason of each fault of a row', () => {
    expect(reasonInWords(machines, `${report.rejected[0]?.reason ?? ''}; kind: 'x' is not one of a, b`)).toBe('name: 必填; 位置: 位置在市界之外; kind: “x” 不在可选值中：a, b');
    expect(reasonInWords(machines, 'lon, lat: seem to be swapped; longitude comes first; name: is missing')).toBe('位置: 经度与纬度似乎颠倒了; name: 必填');
  });

  it('as CSV holds no cell that a spreadsheet would execute', () => {
    const csv = reportCsv(machines, { ...report, rejected: [{ line: 3, reason: '=cmd|"x"' }] });
    expect(csv).toBe('\uFEFF"行号","原因","reason"\r\n3,"\'=cmd|""x""","\'=cmd|""x"""\r\n');
  });
});

describe('The list', () => {
  it('shows what tells entries apart, beginning with what they belong to', () => {
    expect(columnsOf(machines).map((f) => f.name)).toEqual(['siteId', 'stage', 'blackSmoke']);
  });
});

describe('The words of the registers', () => {
  beforeEach(() => expect.hasAssertions());

  it('have the same problems and coordinate systems in both languages', () => {
    for (const table of ['problems', 'crsNames'] as const) expect(Object.keys(registersEn[table]).toSorted()).toEqual(Object.keys(registersZh[table]).toSorted());
  });

  it('hold no English sentence in the Chinese table', () => {
    const texts = Object.values(registersZh).filter((t): t is string => typeof t === 'string');
    expect(texts.filter((t) => !/[\u4e00-\u9fff]/.test(t))).toEqual([]);
  });
});

describe('A page that is rung often', () => {
  it('reads at once, then once a second, and never misses the last ring', () => {
    vi.useFakeTimers();
    const read = vi.fn<() => void>();
    const ring = atMostEvery(1000, read);
    for (let i = 0; i < 5; i += 1) ring();
    expect(read).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(read).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(5000);
    expect(read).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});
