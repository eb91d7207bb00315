import { describe, expect, it } from 'vitest';
import { kindInWords, systemInWords } from '../src/i18n/search';
import { marked, stepped, targetOf } from '../src/screen/search';

describe('The search box', () => {
  it('marks what was asked for, whatever its case', () => {
    expect(marked('兆光电厂2号', '电厂')).toEqual([{ text: '兆光', hit: false }, { text: '电厂', hit: true }, { text: '2号', hit: false }]);
    expect(marked('Zhaoguang', 'ZHAO')[0]).toEqual({ text: 'Zhao', hit: true });
  });
  it('marks nothing where initials were asked for', () => expect(marked('兆光', 'zg')).toEqual([{ text: '兆光', hit: false }]));
  it('opens what the wall knows, and only flies to the rest', () => {
    const hit = { kind: 'boiler', id: 'x', name: '', code: null, county: null, lon: 1, lat: 1, bbox: null, simulated: false };
    expect([targetOf(hit), targetOf({ ...hit, kind: 'inspection' }), targetOf({ ...hit, kind: 'place', id: null })]).toEqual([{ kind: 'boiler', id: 'x' }, null, null]);
  });
  it('goes round its rows by arrow keys', () => {
    expect([stepped(-1, 1, 3), stepped(2, 1, 3), stepped(0, -1, 3), stepped(-1, -1, 3), stepped(0, 1, 0)]).toEqual([0, 0, 2, 2, -1]);
  });
  it('names kinds and systems, and what it does not know by its own name', () => {
    expect([kindInWords('boiler'), kindInWords('other'), systemInWords('BD09'), systemInWords('EPSG:4525')]).toEqual(['锅炉', 'other', '百度（BD-09）', 'EPSG:4525']);
  });
});
