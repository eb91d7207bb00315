import { describe, expect, it } from 'vitest';
import type { County, Violation } from '../src/api/types';
import { applyEvents, fromSnapshot, type LiveState } from '../src/live/state';
import { tilesOf } from '../src/map/style';
import { shownAtFirst } from '../src/map/layers';
import { readAddress, writeAddress } from '../src/screen/address';
import { filteredNumbers, filteredState, isFiltered, matches, narrowsCases, noFilter, partsOf, readFilter, tileFilter, toggled, writeFilter } from '../src/screen/filter';
import { fire, violation } from './log';

const now = Date.parse('2026-11-26T15:00:00+08:00');

function about(id: string, change: Partial<Violation['properties']>): Violation {
  const one = violation(id, `subject-${id}`, 'open');
  return { ...one, properties: { ...one.properties, subject: { kind: 'boiler', id: `subject-${id}`, name: id }, ...change } };
}

/** A fire that burns in 洪洞, what it breaks, a late boiler there, a site in 尧都, a new one of today. */
function city(): LiveState {
  const asOf = { epoch: 'first', seq: 10 };
  return fromSnapshot({
    fires: { features: [fire('f', 'confirmed', { violation: 'v-f', county: '141024' })], asOf },
    violations: {
      features: [
        { ...violation('v-f', 'f', 'open'), properties: { ...violation('v-f', 'f', 'open').properties, article: 36, rule: 'A36.OpenBurning', severity: 'critical', county: '141024', knownAt: '2026-11-25T10:00:00+08:00', dueAt: '2026-11-26T16:00:00+08:00' } },
        about('late', { article: 17, rule: 'A17.SmallBoiler', severity: 'serious', county: '141024', dueAt: '2026-11-01T00:00:00+08:00', knownAt: '2026-10-01T00:00:00+08:00' }),
        about('site', { article: 28, rule: 'A28.Dust', severity: 'ordinary', county: '141002', dueAt: null, knownAt: '2026-11-20T00:00:00+08:00' }),
        about('new', { article: 28, rule: 'A28.SixHundred', severity: 'serious', county: '141002', dueAt: null, knownAt: '2026-11-26T00:10:00+08:00' }),
      ],
      asOf,
    },
    past: [],
  });
}

const left = (text: string): string[] => [...filteredState(city(), readFilter(text), now).violations.keys()].toSorted();

describe('A filter', () => {
  it('is read from the address and written there, in one order, whatever else the address says', () => {
    const text = 'a17,a36,critical,overdue,burning,opened,county:141002,county:141024';
    expect(writeFilter(readFilter('county:141024,opened,a36,burning,overdue,critical,a17,county:141002,a36'))).toBe(text);
    const address = { ...readAddress('#s=county:141024&a=17'), filter: readFilter(text) };
    expect(readAddress(writeAddress(address))).toEqual(address);
    expect(writeAddress({ view: null, selected: null, layers: shownAtFirst, filter: noFilter })).toBe('');
  });

  it('passes over what is none', () => {
    expect(isFiltered(readFilter('a,a0,a100,A36,severe,county:14,<img>,'))).toBe(false);
    expect(readAddress('#f=nonsense').filter).toBeUndefined();
    expect(isFiltered(readFilter(null))).toBe(false);
  });

  it('is set and taken away part by part; opened and closed exclude each other', () => {
    const one = toggled(toggled(noFilter, 'a36'), 'overdue');
    expect(partsOf(one)).toEqual(['a36', 'overdue']);
    expect(partsOf(toggled(one, 'a36'))).toEqual(['overdue']);
    expect(partsOf(toggled(toggled(noFilter, 'opened'), 'closed'))).toEqual(['closed']);
  });

  it('widens by values of a kind and narrows by kinds', () => {
    expect(left('a28')).toEqual(['new', 'site']);
    expect(left('a17,a28')).toEqual(['late', 'new', 'site']);
    expect(left('serious')).toEqual(['late', 'new']);
    expect(left('serious,a28')).toEqual(['new']);
    expect(left('county:141024')).toEqual(['late', 'v-f']);
    expect(left('county:141024,county:141002,overdue')).toEqual(['late']);
    expect(left('opened')).toEqual(['new']);
    expect(left('closed')).toEqual([]);
    expect(left('')).toEqual(['late', 'new', 'site', 'v-f']);
  });

  it('takes a fire with its violation, and by itself where only burning and place are asked for', () => {
    const fires = (text: string): number => filteredState(city(), readFilter(text), now).fires.size;
    expect(['a36', 'critical', 'burning', 'county:141024', 'burning,critical'].map(fires)).toEqual([1, 1, 1, 1, 1]);
    expect(['a28', 'overdue', 'opened', 'burning,county:141002', 'closed', 'ordinary,burning'].map(fires)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('becomes overdue by the clock', () => {
    const [v] = [...city().violations.values()];
    const burns = city().fires;
    expect(v && matches(readFilter('overdue'), v, burns, now)).toBe(false);
    expect(v && matches(readFilter('overdue'), v, burns, now + 2 * 3_600_000)).toBe(true);
  });

  it('leaves the whole state as it is where there is none', () => {
    const state = city();
    expect(filteredState(state, noFilter, now)).toBe(state);
  });

  it('leaves of the stream what the lines say, closings among them', () => {
    const state = applyEvents(city(), [
      { seq: 11, at: '2026-11-26T14:00:00+08:00', type: 'violation.closed', county: '141024', id: 'late', data: { ...about('late', { article: 17, rule: 'A17.SmallBoiler', county: '141024', closedAt: '2026-11-26T14:00:00+08:00' }), properties: { ...about('late', { article: 17, severity: 'serious', county: '141024', closedAt: '2026-11-26T14:00:00+08:00' }).properties, status: 'closed' } } },
      { seq: 12, at: '2026-11-26T14:05:00+08:00', type: 'violation.opened', county: '141002', id: 'x', data: about('x', { article: 30, rule: 'A30.BareLand', severity: 'serious', county: '141002' }) },
    ]);
    const rows = (text: string): string[] => filteredState(state, readFilter(text), now).stream.map((r) => r.key);
    expect(rows('a17')).toEqual(['closed:11']);
    expect(rows('closed')).toEqual(['closed:11']);
    expect(rows('opened')).toEqual(['violation:12']);
    expect(rows('county:141002')).toEqual(['violation:12']);
    expect(rows('burning')).toEqual([]);
  });

  it('counts the counties by what is looked at', () => {
    const county = (code: string): County => ({ type: 'Feature', id: code, geometry: { type: 'Polygon', coordinates: [] }, properties: { code, name: code, nameEn: null, label: [0, 0], areaSquareKilometres: 1, responsible: '', summary: { open: 99, overdue: 9, burning: 9, undecidable: 3, byRule: {}, bySeverity: { critical: 0, serious: 0, ordinary: 0 }, openedToday: 7, closedToday: 5, simulated: 0 } } });
    const numbers = { asOf: { epoch: 'first', seq: 10 }, counties: [county('141002'), county('141024')] };
    const open = (text: string): number[] => {
      const filter = readFilter(text);
      return filteredNumbers(numbers, filteredState(city(), filter, now), filter, now).counties.map((c) => c.properties.summary.open);
    };
    expect(open('a28')).toEqual([2, 0]);
    expect(open('overdue')).toEqual([0, 1]);
    expect(open('burning')).toEqual([0, 1]);
    expect(open('county:141024')).toEqual([0, 2]);
    expect(open('closed')).toEqual([5, 5]);
    expect(open('closed,county:141024')).toEqual([0, 5]);
    expect(open('closed,a28')).toEqual([0, 0]);
  });

  it('asks the tiles for what they know, and for nothing more without it', () => {
    const origin = globalThis.location;
    Object.defineProperty(globalThis, 'location', { value: { origin: 'https://map.test' }, configurable: true });
    expect(tilesOf('subjects', shownAtFirst, 7)[0]).toMatch(/\.mvt\?v=7$/);
    expect(tilesOf('subjects', shownAtFirst, 7, 'a36,county:141024')[0]).toMatch(/\.mvt\?v=7&f=a36,county:141024$/);
    Object.defineProperty(globalThis, 'location', { value: origin, configurable: true });
    expect(tileFilter(readFilter('closed,a36'))).toBe('a36');
    expect(narrowsCases(readFilter('county:141024'))).toBe(false);
    expect(narrowsCases(readFilter('county:141024,closed'))).toBe(true);
  });
});
