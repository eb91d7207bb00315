import { describe, expect, it } from 'vitest';
import type { PrecisionRow } from '../src/api/fires';
import type { Field, Register, Version } from '../src/api/registers';
import type { CountySummary, Violation } from '../src/api/types';
import { articleTrends, severitySpec, trendSpec } from '../src/pages/articleTable';
import { chartOption, chartRows, type ChartColours, type ChartSpec, type Tone } from '../src/pages/charts/options';
import { precisionSpec } from '../src/pages/precision';
import { timelineOf, versionItems, violationItems } from '../src/pages/timeline';

const summary: CountySummary = { open: 7, overdue: 1, burning: 1, undecidable: 0, byRule: { 'A36.OpenBurning': 2, 'A28.Dust': 1, 'A28.SixHundred': 4 }, bySeverity: { critical: 2, serious: 4, ordinary: 1 }, openedToday: 1, closedToday: 0, simulated: 0 };
const days = ['2026-11-24', '2026-11-25', '2026-11-26'];
const trend = { days, rules: { 'A28.Dust': { opened: [1, 0, 2], closed: [0, 1, 0] }, 'A28.SixHundred': { opened: [0, 3, 0], closed: [0, 0, 0] }, 'A30.BareLand': { opened: [1, 0, 0], closed: [0, 0, 1] } } };
const colours: ChartColours = { font: 'sans-serif', text: '#000', soft: '#333', grid: '#ccc', ground: '#fff', tones: new Proxy({} as Record<Tone, string>, { get: (_, name) => `tone-${String(name)}` }) };

describe('The articles of a county', () => {
  it('count their rules together, most open first, those with a history only last', () => {
    const rows = articleTrends(summary, trend);
    expect(rows.map((r) => [r.article, r.open, r.opened, r.closed])).toEqual([[28, 5, [1, 3, 2], [0, 1, 0]], [36, 2, [], []], [30, 0, [1, 0, 0], [0, 0, 1]]]);
  });

  it('are drawn together or one by one, and told in words', () => {
    const rows = articleTrends(summary, trend);
    const all = trendSpec(rows, days, null);
    expect(all.series.map((s) => s.values)).toEqual([[2, 3, 2], [0, 1, 1]]);
    expect(all.description).toContain('共新增 7 件、办结 2 件');
    expect(all.description).toContain('2026-11-25');
    expect(trendSpec(rows, days, 30).series.map((s) => s.values)).toEqual([[1, 0, 0], [0, 0, 1]]);
    expect(trendSpec([], days, null).description).toBe('近 30 日没有新增，也没有办结。');
    expect(severitySpec(summary).series[0]?.values).toEqual([2, 4, 1]);
  });
});

describe('A chart', () => {
  const spec = trendSpec(articleTrends(summary, trend), days, null);

  it('tells by form what it tells by colour, says itself in words, and writes no style as text', () => {
    const option = chartOption(spec, colours) as { series: { itemStyle: Record<string, unknown>; data: unknown[] }[]; tooltip: { renderMode: string }; aria: { label: { description: string } }; animation: boolean };
    expect(option.series[0]?.itemStyle).toMatchObject({ color: 'tone-opened' });
    expect(option.series[1]?.itemStyle).toMatchObject({ color: '#fff', borderColor: 'tone-closed' });
    expect(option.tooltip.renderMode).toBe('richText');
    expect(option.aria.label.description).toBe(spec.description);
    expect(option.animation).toBe(false);
    // Nothing was closed on the first day: its rim would be a line.
    expect(option.series[1]?.data).toEqual([null, 1, 1]);
  });

  it('has the same numbers as a table, without the days on which nothing was', () => {
    expect(chartRows({ ...spec, categories: [...spec.categories, '11-27'], series: spec.series.map((s) => ({ ...s, values: [...s.values, 0] })) }))
      .toEqual([{ category: '11-24', values: ['2', '0'] }, { category: '11-25', values: ['3', '1'] }, { category: '11-26', values: ['2', '1'] }]);
    const shares: ChartSpec = { ...spec, unit: '%', categories: ['2026-10', '2026-11'], series: [{ name: '视频', values: [null, 66.66], tone: 'first', kind: 'line' }] };
    expect(chartRows(shares)).toEqual([{ category: '2026-11', values: ['67%'] }]);
  });

  it('leaves no room for a share above one hundred', () => {
    const option = chartOption({ ...spec, unit: '%' }, colours) as { yAxis: { min: number; max: number } };
    expect([option.yAxis.min, option.yAxis.max]).toEqual([0, 100]);
  });
});

describe('How often sources are right', () => {
  const row = (sourceKind: PrecisionRow['sourceKind'], month: string, real: number, refuted: number): PrecisionRow => ({ sourceKind, county: '141024', month, fires: 9, real, refuted });

  it('is a line for each source over the months with a verdict, with gaps where none was given', () => {
    const spec = precisionSpec([row('video', '2026-11', 3, 1), row('satellite', '2026-10', 1, 1), row('video', '2026-09', 0, 0)]);
    expect(spec?.categories).toEqual(['2026-10', '2026-11']);
    expect(spec?.series.map((s) => [s.name, s.values])).toEqual([['卫星', [50, null]], ['视频', [null, 75]]]);
    expect(precisionSpec([row('video', '2026-11', 0, 0)])).toBeNull();
  });
});

describe('The timeline of a subject', () => {
  const field = (name: string, change: Partial<Field> = {}): Field => ({ name, type: 'text', title: name, titleEn: name, unit: null, required: false, least: null, most: null, options: null, refersTo: null, ...change });
  const register = { kind: 'boiler', title: '锅炉', titleEn: 'Boilers', path: '/api/heating/boilers', parentField: null, parentKind: null, fields: [field('name'), field('tonnesPerHour', { type: 'number', title: '蒸发量', unit: 't/h' }), field('password', { type: 'secret', title: '密码' })] } as unknown as Register;
  const version = (n: number, action: Version['action'], properties: Record<string, unknown>): Version => ({ version: n, at: `2026-11-2${n}T10:00:00+08:00`, action, by: 'local', data: { type: 'Feature', id: 'b', geometry: null, properties: { name: '茶浴炉', ...properties } } as unknown as Version['data'] });

  it('tells who changed what, from what to what, and no secret', () => {
    const items = versionItems(register, [version(2, 'changed', { tonnesPerHour: 10, password: 'new' }), version(1, 'created', { tonnesPerHour: 6, password: 'old' })]);
    expect(items[0]?.detail).toContain('蒸发量：6 t/h → 10 t/h');
    expect(JSON.stringify(items)).not.toContain('old');
    expect(items[1]).toMatchObject({ what: 'created' });
  });

  it('has the beginning and the end of each violation, newest first, and says how many are too many', () => {
    const one = { type: 'Feature', id: 'v', geometry: null, properties: { rule: 'A17.SmallBoiler', article: 17, severity: 'serious', openedAt: '2026-11-20T10:00:00+08:00', closedAt: '2026-11-23T10:00:00+08:00', closedReason: 'rectified' } } as unknown as Violation;
    const { shown, left } = timelineOf(violationItems([one]), versionItems(register, [version(1, 'created', {})]), [{ at: 'nonsense', what: 'seen', detail: '' }]);
    expect(shown.map((i) => i.what)).toEqual(['closed', 'created', 'opened']);
    expect(left).toBe(0);
    expect(timelineOf(Array.from({ length: 230 }, (_, i) => ({ at: new Date(1e12 + i).toISOString(), what: 'detected', detail: '' }))).left).toBe(30);
  });
});
