import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CurveLimit, CurvePoint, MonitorHealth } from '../src/api/readings';
import { backgroundAt, backgroundSteps, bandPath, decimate, exceededMs, gapOf, limitSteps, linePath, nearest, ringPath, samplesOf, stepPath, timeTicks, valueTicks, type Sample } from '../src/dust/shape';
import { reasonInWords, reasonsInWords, reasonWords } from '../src/i18n/dust';
import { healthOf, readRoute, writeRoute } from '../src/registers/route';
import { sortHealth, sortOf } from '../src/registers/healthOrder';
import { dustCount, isWorrying } from '../src/screen/dustCount';

const root = join(import.meta.dirname, '..', '..', 'src');
const source = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const start = Date.parse('2026-03-15T00:00:00+08:00');
const minute = 60_000;
const sample = (i: number, value: number, low = value, high = value): Sample => ({ at: start + i * minute, value, low, high });
const point = (i: number, change: Partial<CurvePoint>): CurvePoint => ({ at: new Date(start + i * minute).toISOString(), value: null, min: null, max: null, mean: null, doubtful: null, why: null, ...change });
const x = (width: number, minutes: number) => (at: number): number => ((at - start) / (minutes * minute)) * width;

describe('A decimated curve', () => {
  it('has no more columns than pixels, however many values there are', () => {
    const month = Array.from({ length: 43_200 }, (_, i) => sample(i, 100 + (i % 7)));
    expect(decimate(month, x(300, 43_200), 10 * minute).flat().length).toBeLessThanOrEqual(301);
  });

  it('keeps the least and the highest of each column: a peak of one minute is seen in a month', () => {
    const month = Array.from({ length: 43_200 }, (_, i) => sample(i, 100, 99, i === 20_000 ? 1_900 : 101));
    const columns = decimate(month, x(300, 43_200), 10 * minute).flat();
    expect(Math.max(...columns.map((c) => c.high))).toBe(1_900);
    expect(Math.min(...columns.map((c) => c.low))).toBe(99);
  });

  it('breaks where nothing came, and a value between two gaps is a dot', () => {
    const pieces = decimate([sample(0, 1), sample(1, 2), sample(60, 3), sample(120, 4), sample(121, 5)], x(1_200, 120), 10 * minute);
    expect(pieces.map((p) => p.length)).toEqual([2, 1, 2]);
    expect(linePath(pieces, (v) => v, 'middle')).toBe('M0 1L10 2M600 3h0.1M1200 4L1210 5');
    expect(bandPath(pieces, (v) => v).match(/M/g)).toHaveLength(2);
  });

  it('takes what is usual for the device as its step: hourly values are no gaps', () => {
    expect(gapOf([0, 10, 20, 30, 90].map((i) => point(i, { value: 1 })), minute)).toBe(25 * minute);
    expect(gapOf([0, 1, 2, 3, 40].map((i) => point(i, { value: 1 })), minute)).toBe(2.5 * minute);
  });

  it('draws a thousand doubtful values as one path of a few rings', () => {
    const rings = ringPath(Array.from({ length: 1_440 }, (_, i) => sample(i, 5)), { x: x(300, 1_440), y: (v) => v }, 100, 2.2);
    expect(rings.match(/M/g)?.length).toBeLessThan(80);
  });

  it('tells what counts from what does not', () => {
    const points = [point(0, { value: 10, min: 8, max: 12 }), point(1, { doubtful: 9, why: ['flagged'] }), point(2, {})];
    expect(samplesOf(points)).toEqual([sample(0, 10, 8, 12)]);
    expect(nearest(points, start + 1.4 * minute)).toBe(1);
    expect(nearest([], start)).toBeNull();
  });
});

describe('The axes of a curve', () => {
  it('rise in round numbers to above the highest value', () => {
    expect(valueTicks(1_010)).toEqual([0, 500, 1_000, 1_500]);
    expect(valueTicks(0)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(valueTicks(76).at(-1)).toBeGreaterThanOrEqual(76);
  });

  it('stand at whole hours and midnights of Beijing', () => {
    const ticks = timeTicks(start - 30 * minute, start + 24 * 60 * minute, 27);
    expect(ticks[0]).toEqual({ at: start, isDay: true });
    expect(ticks.every((t) => (t.at - start) % (4 * 60 * minute) === 0)).toBe(true);
    expect(timeTicks(start, start + 30 * 24 * 60 * minute, 27).every((t) => t.isDay)).toBe(true);
  });
});

describe('The limit of a curve', () => {
  const limit = (change: Partial<CurveLimit>): CurveLimit => ({ from: new Date(start).toISOString(), to: new Date(start + 600 * minute).toISOString(), limit: 80, minutes: 60, share: 0.75, aboveBackground: false, ...change });
  const background = [{ at: new Date(start).toISOString(), value: 100 }, { at: new Date(start + 60 * minute).toISOString(), value: 120 }];

  it('lies on the background, as long as that holds', () => {
    const steps = limitSteps([limit({ aboveBackground: true })], backgroundSteps(background, start, start + 600 * minute));
    expect(steps.map((s) => [(s.from - start) / minute, (s.to - start) / minute, s.value])).toEqual([[0, 60, 180], [60, 240, 200]]);
    expect(backgroundAt(background, start + 239 * minute)).toBe(120);
    expect(backgroundAt(background, start + 240 * minute)).toBeNull();
    expect(stepPath(steps, { x: (at) => (at - start) / minute, y: (v) => v })).toBe('M0 180H60V200H240');
  });

  it('is a line of its own where it does not', () => {
    expect(limitSteps([limit({ limit: 800 })], [])).toEqual([{ from: start, to: start + 600 * minute, value: 800 }]);
    expect(exceededMs({ exceeding: [{ from: new Date(start).toISOString(), to: new Date(start + 35 * minute).toISOString() }] } as never)).toBe(35 * minute);
  });
});

describe('The reasons of a doubt', () => {
  it('have words in both languages, every one that the server gives', () => {
    const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
    const kebab = (name: string): string => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
    const members = (text: string): string[] => [...text.matchAll(/^ {4}([A-Z]\w*)(?: = \d+)?,/gm)].map((m) => m[1] ?? '');
    const qualities = members(/enum Quality[^{]*\{([^}]*)\}/.exec(source('Linfen.AirMap', 'Dust', 'Reading.cs'))?.[1] ?? '').filter((n) => n !== 'Counts').map(lower);
    const faults = members(/enum Fault\s*\{([\s\S]*?)\n\}/.exec(source('Linfen.AirMap.Hj212', 'Defect.cs'))?.[1] ?? '').filter((n) => n !== 'None').map(kebab);
    const flags = [...(/Letters = "(\w+)"/.exec(source('Linfen.AirMap.Hj212', 'DataState.cs'))?.[1] ?? '')].map((l) => `flag-${l}`);
    expect([qualities.length, faults.length, flags.length].every((n) => n >= 5)).toBe(true);
    expect([...qualities, ...faults, ...flags, 'silent', 'flatLine', 'unknown-mn', 'wrong-password'].filter((name) => reasonWords[name] === undefined)).toEqual([]);
    expect(Object.values(reasonWords).filter(([zh, en]) => !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  it('are told once where the flag says it, and as they are where nobody knows them', () => {
    expect(reasonsInWords(['flagged', 'flag-C'])).toEqual(['标记 C：校准']);
    expect(reasonInWords('quarantined-by-moon')).toBe('quarantined-by-moon');
  });
});

describe('The health of devices', () => {
  const device = (name: string, state: MonitorHealth['state'], lastDataAt: string | null = null, county = '141024'): MonitorHealth => ({ monitor: name, mn: name, name, county, site: null, simulated: false, state, reasons: [], lastDataAt });
  const list = [device('c', 'ok', '2026-03-15T10:00:00+08:00'), device('b', 'silent'), device('a', 'suspect', '2026-03-15T09:00:00+08:00', '141002')];
  const names = (sort: string): string => sortHealth(list, sortOf(sort), (county) => (county === '141002' ? '尧都区' : '洪洞县')).map((m) => m.name).join('');

  it('shows who needs somebody first, and sorts by any column both ways', () => {
    expect(['', 'state', '-state', 'name', '-name', 'last', 'county', 'volcano'].map(names)).toEqual(['bac', 'bac', 'cab', 'abc', 'cba', 'bac', 'bca', 'bac']);
  });

  it('has an address of its own below the register of monitors', () => {
    const registers = ['monitors', 'sites'];
    const route = healthOf({ county: '141024', state: 'silent', sort: '-last' });
    expect(readRoute(writeRoute(route), registers)).toEqual(route);
    expect(readRoute('#/monitors/health', registers)).toEqual(healthOf());
    expect(readRoute('#/monitors/heal', registers)).toEqual({ view: 'start' });
  });

  it('is counted for the strip, amber where more than a tenth is silent', () => {
    expect(dustCount(list)).toEqual({ all: 3, online: 2, suspect: 1 });
    expect([isWorrying({ all: 30, online: 27, suspect: 0 }), isWorrying({ all: 30, online: 26, suspect: 0 })]).toEqual([false, true]);
  });
});
