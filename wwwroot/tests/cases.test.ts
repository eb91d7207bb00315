import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Field, Register } from '../src/api/registers';
import type { LogEvent, Violation } from '../src/api/types';
import { useLanguage } from '../src/i18n';
import { factWords, valueWords } from '../src/i18n/facts';
import { changesLaw, concerns } from '../src/live/concerns';
import { byUrgency } from '../src/screen/caseRows';
import { factsInWords, missingInWords, type Catalogue } from '../src/screen/catalogue';
import { articleCounts, pagesOf } from '../src/screen/countyCard';
import { Reading } from '../src/screen/reading';

const articles = join(import.meta.dirname, '..', '..', 'src', 'Linfen.AirMap.Plan', 'Articles');
const now = Date.parse('2026-03-15T10:00:00+08:00');

function violation(id: string, change: Partial<Violation['properties']>): Violation {
  const properties = { id, rule: 'A17.SmallBoiler', article: 17, severity: 'serious', status: 'open', county: '141002', openedAt: '2026-03-01T00:00:00+08:00', dueAt: null, ...change };
  return { type: 'Feature', id, geometry: null, properties } as unknown as Violation;
}

const field = (name: string, options: [string, string][]): Field =>
  ({ name, type: 'choice', title: name, titleEn: name, unit: null, required: false, least: null, most: null, refersTo: null, options: options.map(([code, title]) => ({ code, title, titleEn: code })) });
const catalogue: Catalogue = {
  registers: [
    { kind: 'boiler', title: '锅炉', titleEn: 'Boilers', path: '/api/heating/boilers', fields: [field('kind', [['teaBoiler', '茶浴炉']])] },
    { kind: 'inspection', title: '检查', titleEn: 'Inspections', path: '/api/inspections', fields: [{ ...field('cover', []), title: '物料覆盖' }] },
  ] as unknown as Register[],
  parameters: [], rules: [],
  findingKinds: [{ code: 'looseCoal', rule: 'A20.LooseCoal', titleZh: '散煤', titleEn: 'Loose coal' }],
};

describe('The facts of a decision', () => {
  it('have words in both languages, every one that an article tells', () => {
    const source = readdirSync(articles).map((name) => readFileSync(join(articles, name), 'utf8')).join('\n');
    const told = [...source.matchAll(/(?:\bnew|\bTell|\bFact)\("([a-z][A-Za-z0-9]*)"/g)].map(([, name = '']) => name);
    expect(new Set(told).size).toBeGreaterThan(50);
    expect([...new Set(told)].filter((name) => factWords[name] === undefined && valueWords[name] === undefined)).toEqual([]);
  });

  it('are told with the words of choices, units and kilometres, and nothing that is not known', () => {
    useLanguageQuietly('zh');
    expect(factsInWords(catalogue, 'boiler', { kind: 'teaBoiler', tonnesPerHour: 10, distanceMetres: 29_950.4, outdated: true, megawatts: null, county: '141002' }, now)).toEqual([
      ['类型', '茶浴炉'], ['额定蒸发量', '10 t/h'], ['距电厂', '29.95 km'], ['落后机组', '是'],
    ]);
    expect(factsInWords(catalogue, 'site', { failedItems: ['cover'], grounds: ['noVideo', 'silent'], silentMonitors: [] }, now)).toEqual([['不达标项目', '物料覆盖'], ['违规事由', '无视频监控、监测设备无数据']]);
    expect(factsInWords(catalogue, 'finding', { kind: 'looseCoal', filedBy: 'public', foundAt: '2026-03-15T09:30:00+08:00' }, now)).toEqual([['类型', '散煤'], ['来源', '群众举报'], ['发现时间', '09:30']]);
  });

  it('that are missing are named as well', () => {
    useLanguageQuietly('zh');
    expect(missingInWords(catalogue, 'boiler', 'tonnes-per-hour')).toBe('额定蒸发量');
    expect(missingInWords(catalogue, 'boiler', 'place')).toBe('位置');
  });
});

describe('A county\'s open violations', () => {
  const late = { dueAt: '2026-03-10T00:00:00+08:00' };
  const all = [
    violation('a', { article: 30, rule: 'A30.BareLand' }), violation('b', { article: 30, rule: 'A30.Yard', severity: 'ordinary' }), violation('c', late),
    violation('d', { county: '141024' }),
  ];

  it('are counted by article and severity, overdue articles first, other counties not at all', () => {
    expect(articleCounts(all, '141002', now).map((c) => [c.article, c.violations.length, c.overdue, c.bySeverity])).toEqual([
      [17, 1, 1, { critical: 0, serious: 1, ordinary: 0 }],
      [30, 2, 0, { critical: 0, serious: 1, ordinary: 1 }],
    ]);
  });

  it('are listed by urgency: longest overdue, then next due, then without a clock', () => {
    const list = [violation('none', {}), violation('soon', { dueAt: '2026-03-16T00:00:00+08:00' }), violation('late', late), violation('later', { dueAt: '2026-03-12T00:00:00+08:00' })];
    expect(byUrgency(list).map((v) => v.id)).toEqual(['late', 'later', 'soon', 'none']);
  });

  it('fill pages of ten', () => {
    expect([0, 1, 10, 11, 100].map(pagesOf)).toEqual([1, 1, 1, 2, 10]);
  });
});

describe('An event', () => {
  const event = (type: string, id: string, data: unknown): LogEvent => ({ seq: 1, at: '', type, county: null, id, data });

  it('concerns its thing and the subject of its violation', () => {
    expect(concerns(event('subject.changed', 'x', {}), 'x')).toBe(true);
    expect(concerns(event('violation.opened', 'v', violation('v', { subject: { kind: 'boiler', id: 'x', name: null } })), 'x')).toBe(true);
    expect(concerns(event('violation.opened', 'v', violation('v', { subject: { kind: 'boiler', id: 'y', name: null } })), 'x')).toBe(false);
  });

  it('changes the law when it is of a zone, a dated value or a plant', () => {
    expect(['zone.published', 'zone.retired', 'parameter.changed'].every((type) => changesLaw(event(type, '1', null)))).toBe(true);
    expect(changesLaw(event('subject.changed', '1', { properties: { register: 'plant' } }))).toBe(true);
    expect(changesLaw(event('subject.changed', '1', { properties: { register: 'boiler' } }))).toBe(false);
    expect(changesLaw(event('violation.opened', '1', null))).toBe(false);
  });
});

describe('A reading', () => {
  it('keeps the old thing while it reads again, and reads once for many changes', async () => {
    const answers: ((text: string) => void)[] = [];
    const reading = new Reading<string>(() => {});
    const read = (): Promise<string> => new Promise((resolve) => { answers.push(resolve); });
    reading.want('a', '1', read);
    expect(reading.progress).toBe('loading');
    answers[0]?.('first');
    await Promise.resolve().then(() => {});
    reading.want('a', '2', read);
    reading.want('a', '3', read);
    expect([reading.value, reading.progress, answers.length]).toEqual(['first', 'ready', 2]);
    answers[1]?.('second');
    await Promise.resolve().then(() => {});
    reading.want('a', '3', read);
    expect([reading.value, answers.length]).toEqual(['second', 3]);
  });

  it('forgets an answer that comes after another thing was asked for', async () => {
    let answer: (text: string) => void = () => {};
    const reading = new Reading<string>(() => {});
    reading.want('a', '1', () => new Promise((resolve) => { answer = resolve; }));
    reading.want('b', '1', () => new Promise(() => {}));
    answer('a');
    await Promise.resolve().then(() => {});
    expect([reading.value, reading.progress]).toEqual([null, 'loading']);
  });
});

function useLanguageQuietly(language: 'zh' | 'en'): void {
  vi.stubGlobal('document', { documentElement: {}, title: '' });
  useLanguage(language);
  vi.unstubAllGlobals();
}
