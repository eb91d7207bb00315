import { describe, expect, it } from 'vitest';
import type { County } from '../src/api/types';
import { fromSnapshot } from '../src/live/state';
import { spotsOf } from '../src/screen/mapSpots';
import type { Model } from '../src/screen/model';
import { fire } from './log';

const asOf = { epoch: 'e', seq: 3 };
const county = (code: string, name: string, open: number, burning: number): County => ({ properties: { code, name, label: [111.5, 36.1], summary: { open, burning, overdue: 0 } } }) as unknown as County;

describe('What the keyboard reaches on the map', () => {
  it('is every fire by name, the one seen last first, then the counties as they are ranked', () => {
    const fires = [fire('f1', 'suspected', { lastSeenAt: '2026-11-26T10:00:00+08:00' }), fire('f2', 'confirmed', { lastSeenAt: '2026-11-26T11:00:00+08:00' })];
    const state = fromSnapshot({ fires: { features: fires, asOf }, violations: { features: [], asOf }, past: [] });
    const numbers = { asOf, counties: [county('141002', '尧都区', 2, 0), county('141024', '洪洞县', 7, 2)] };
    const spots = spotsOf({ state, numbers } as unknown as Model);
    expect(spots.map(({ target }) => `${target.kind}:${target.id}`)).toEqual(['fire:f2', 'fire:f1', 'county:141024', 'county:141002']);
    expect(spots.map(({ name }) => name)).toEqual(['火点 洪洞县 已核实', '火点 洪洞县 疑似', '洪洞县 未结 7，燃烧 2', '尧都区 未结 2']);
  });
});
