import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { County, Feed } from '../src/api/types';
import { en } from '../src/i18n/en';
import { feedErrorWords } from '../src/i18n/feeds';
import { zh } from '../src/i18n/zh';
import { duration, moment } from '../src/i18n/time';
import { mapLayers, shownAtFirst, withFixed } from '../src/map/layers';
import { changedLayers, readAddress, writeAddress } from '../src/screen/address';
import { articleOf } from '../src/screen/rules';
import { polyline } from '../src/screen/articles';
import { ranked } from '../src/screen/ranking';
import { feedStates, isStale } from '../src/screen/strip';

const county = (code: string, open: number, overdue: number): County =>
  ({ properties: { code, summary: { open, overdue, burning: 0 } } }) as unknown as County;

describe('The ranking', () => {
  it('is by open, then overdue, then code', () => {
    const order = ranked([county('3', 1, 0), county('2', 1, 1), county('1', 1, 0), county('4', 5, 0)]).map((c) => c.properties.code);
    expect(order).toEqual(['4', '2', '1', '3']);
  });
});

describe('The address', () => {
  it('gives back the view and the selection that it was written from', () => {
    const address = { view: { centre: [111.52, 36.08] as [number, number], zoom: 9.5 }, selected: { kind: 'fire' as const, id: '01a20b13-a47f' }, layers: withFixed(['fires']) };
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it('gives back a county with the page of the article that is listed', () => {
    const address = { view: null, selected: { kind: 'county' as const, id: '141002' }, layers: shownAtFirst, listing: { article: 17, page: 3 } };
    expect(writeAddress(address)).toBe('#s=county:141002&a=17&p=3');
    expect(readAddress(writeAddress(address))).toEqual(address);
    expect(readAddress('#s=fire:1&a=17').listing).toBeUndefined();
    expect(readAddress('#s=county:141002&a=-1').listing).toBeUndefined();
  });

  it('shows the layers of the beginning where a link names none that exists', () => {
    expect(readAddress('#l=nonsense').layers).toEqual(readAddress('').layers);
    expect(changedLayers(readAddress('#l=').layers)).toBeGreaterThan(0);
    expect(readAddress('#l=nonsense,fires').layers).toEqual(readAddress('#l=fires').layers);
  });

  it('gives back subjects, zones and violations', () => {
    for (const kind of ['boiler', 'finding', 'zone', 'violation'] as const) expect(readAddress(`#s=${kind}:heat-radius-01a2`).selected).toEqual({ kind, id: 'heat-radius-01a2' });
  });

  it('tells a map without any layer from one with the layers of the beginning', () => {
    const bare = { view: null, selected: null, layers: withFixed([]) };
    expect(writeAddress(bare)).toBe('#l=');
    expect(readAddress('#l=')).toEqual(bare);
    expect(readAddress('').layers).toBe(shownAtFirst);
  });

  it('takes no layer that this version does not have, and never the ground away', () => {
    const { layers } = readAddress('#l=fires,volcanoes');
    expect([...layers]).toEqual(mapLayers.filter((l) => l.id === 'fires' || !l.switchable).map((l) => l.id));
    expect(changedLayers(layers)).toBeGreaterThan(0);
  });

  it('is empty for the whole city', () => {
    expect(writeAddress({ view: null, selected: null, layers: shownAtFirst })).toBe('');
  });

  it('ignores what makes no sense', () => {
    expect(readAddress('#c=abc,36&z=9&s=volcano:1')).toMatchObject({ view: null, selected: null });
    expect(readAddress('#s=fire:<img>')).toMatchObject({ view: null, selected: null });
  });
});

describe('The feeds', () => {
  const now = Date.parse('2026-11-23T14:00:00+08:00');
  const feed = (sourceKind: Feed['sourceKind'], further: Partial<Feed>): Feed => ({
    feed: 'x', sourceKind, lastKnownAt: '2026-11-23T13:00:00+08:00', lastOccurredAt: null, today: 1, simulated: false, kind: 'delivered', state: 'fresh', staleAfter: 'PT30M', staleAt: null,
    lastPolledAt: null, lastGoodAt: null, lastError: null, nextPollAt: null, ...further,
  });

  it('are stale when the server says so, and between two readings when their time is over', () => {
    expect(isStale(feed('video', { state: 'stale' }), now)).toBe(true);
    expect(isStale(feed('video', { staleAt: '2026-11-23T13:59:00+08:00' }), now)).toBe(true);
    expect(isStale(feed('video', { staleAt: '2026-11-23T14:01:00+08:00' }), now)).toBe(false);
    expect(isStale(feed('phone', { staleAfter: null }), now)).toBe(false);
  });

  it('are a stale kind only when all are of which something is expected', () => {
    const states = feedStates([feed('video', { state: 'stale' }), feed('video', {}), feed('satellite', { state: 'stale' }), feed('satellite', { staleAfter: null })], now);
    expect(states.map((s) => [s.kind, s.stale])).toEqual([['video', false], ['satellite', true]]);
  });

  it('live by an answer without a fire as by a fire, and a new one by neither', () => {
    const answered = feed('satellite', { lastGoodAt: '2026-11-23T13:50:00+08:00' });
    expect(feedStates([feed('satellite', {}), answered], now)[0]?.livelyAt).toBe(now - 600_000);
    expect(feedStates([feed('satellite', { lastKnownAt: null })], now)[0]?.livelyAt).toBe(null);
  });

  it('have words for every code that the server may give', () => {
    const room = join(import.meta.dirname, '..', '..', 'src', 'Linfen.AirMap', 'Feeds');
    const sources = readdirSync(room).filter((name) => name.endsWith('.cs')).map((name) => readFileSync(join(room, name), 'utf8')).join('\n');
    const codes = [...sources.matchAll(/(?:Fault = new|FeedFault KeyRefused = new|=> new|new FeedFault|\? new|Failed\(new|\(null, new)\("([a-z]+(?:-[a-z]+)*)", /g)].map((match) => match[1] ?? '');
    expect(codes).toEqual(expect.arrayContaining(['timeout', 'server-error', 'old-data', 'file-not-moved', 'html-answer', 'key-refused', 'quota-spent']));
    expect([...new Set(codes)].filter((code) => feedErrorWords[code] === undefined)).toEqual([]);
  });
});

describe('Words and times', () => {
  it('exist in both languages', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(zh).toSorted());
  });

  it('are Beijing time wherever the screen hangs', () => {
    const at = Date.parse('2026-11-23T23:30:00Z');
    expect(moment(at, at)).toBe('07:30');
    expect(moment(at, at + 86_400_000)).toBe('11-24 07:30');
  });

  it('count durations as people say them', () => {
    expect(duration(8 * 60_000)).toBe('8 分钟');
    expect(duration(76 * 3_600_000)).toBe('3 天 4 小时');
  });

  it('name the article of a rule', () => {
    expect(articleOf('A36.OpenBurning')).toBe(36);
  });

  it('draw a trend between floor and ceiling', () => {
    expect(polyline([0, 4], 4)).toBe('0.0,28.0 100.0,2.0');
  });
});
