import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { glyphNames } from '../src/map/glyphs';
import { subjectKinds, subjectStates, zoneKinds } from '../src/map/kinds';
import { mapLayers, shownAtFirst, switchableLayers, withFixed } from '../src/map/layers';
import type { Palette } from '../src/map/palette';
import { tilesOf, wallStyle } from '../src/map/style';

vi.stubGlobal('location', { origin: 'http://wall' });

const palette: Palette = {
  counties: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], border: 'x', glow: 'x', fire: ['x', 'y', 'z'], burning: 'x', overdue: 'x', serious: 'x', done: 'x', history: 'x', soft: 'x', strong: 'x', ground: 'x', radius: 'x',
  zones: Object.fromEntries(zoneKinds.map((kind) => [kind, 'x'])) as Palette['zones'],
};
const repeated = (names: string[]): string[] => names.filter((name, i) => names.indexOf(name) !== i);

describe('The layers', () => {
  it('have names of their own, in links and in the style', () => {
    expect(repeated(mapLayers.map((l) => l.id))).toEqual([]);
    expect(repeated(mapLayers.flatMap((l) => l.style(palette, 1).map((s) => s.id)))).toEqual([]);
    expect(mapLayers.filter((l) => !/^[a-z][a-z-]*$/.test(l.id))).toEqual([]);
  });

  it('have a title and a legend in both languages, with signs that the map has', () => {
    for (const layer of mapLayers) {
      expect(layer.legend, layer.id).not.toEqual([]);
      for (const { zh, en } of [layer.title, ...layer.legend.map((e) => e.title)]) expect([/\p{Script=Han}/u.test(zh), /^[\x20-\x7e…]+$/.test(en)], `${zh} ${en}`).toEqual([true, true]);
      for (const { signs } of layer.legend) if (signs !== 'ramp') expect(signs.filter((s) => !glyphNames.includes(s))).toEqual([]);
    }
  });

  it('open cards from what they draw only', () => {
    for (const { picks, style } of mapLayers) expect((picks?.styleLayers ?? []).filter((name) => !style(palette, 1).some((s) => s.id === name))).toEqual([]);
  });

  it('show the ground always, whatever is asked for', () => {
    expect([...withFixed(['volcanoes'])]).toEqual(['counties']);
    expect(switchableLayers.map((l) => l.id)).not.toContain('counties');
  });

  it('that are hidden are not drawn', () => {
    const visible = wallStyle(palette, 1, withFixed(['violations'])).layers.filter((l) => l.layout?.visibility !== 'none').map((l) => l.id);
    expect(visible).toContain('county-fill');
    expect(visible).toContain('violations');
    expect(visible).not.toContain('fire-core');
    expect(visible).not.toContain('history');
  });
});

describe('Zones and registers', () => {
  const layersOf = (group: string): typeof mapLayers => mapLayers.filter((l) => l.group === group);

  it('are drawn each in one layer, with a sign for every kind and state', () => {
    const zoneSigns = layersOf('zones').flatMap((l) => l.legend.flatMap(({ signs }) => (signs === 'ramp' ? [] : signs))).filter((s) => s.startsWith('zone-'));
    expect(zoneSigns.toSorted()).toEqual(zoneKinds.map((kind) => `zone-${kind}`).toSorted());
    expect(layersOf('registers').map((l) => l.picks?.kind).toSorted()).toEqual([...subjectKinds].toSorted());
    expect(subjectKinds.flatMap((kind) => subjectStates.map((state) => `${kind}-${state}`)).filter((name) => !glyphNames.some((glyph) => glyph === name))).toEqual([]);
  });

  it('number the kinds of zones as the server does', () => {
    const source = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'Linfen.AirMap.Plan', 'ZoneFact.cs'), 'utf8');
    const kinds = [...(/enum ZoneKind\s*\{([^}]*)\}/.exec(source)?.[1] ?? '').matchAll(/^ {4}([A-Z]\w*),/gm)].map(([, name = '']) => name.charAt(0).toLowerCase() + name.slice(1));
    expect(kinds).toEqual([...zoneKinds]);
  });

  it('ask the server for nothing of the registers far out', () => {
    expect(wallStyle(palette, 1, shownAtFirst).sources['registers']).toMatchObject({ minzoom: 9 });
  });

  it('show coal-free zones, heat radii and the urban area at first, other zones when asked for', () => {
    expect(layersOf('zones').filter((l) => l.shownAtFirst).map((l) => l.id).toSorted()).toEqual(['heat-radii', 'zone-coal', 'zone-urban']);
  });
});

describe('The tiles', () => {
  it('of one source come in one request', () => {
    expect(tilesOf('subjects', shownAtFirst, 7)).toEqual(['http://wall/tiles/fires,violations/{z}/{x}/{y}.mvt?v=7']);
  });

  it('of hidden layers are not asked for', () => {
    expect(tilesOf('subjects', withFixed(['violations', 'fires']), 7)).toEqual(['http://wall/tiles/violations/{z}/{x}/{y}.mvt?v=7']);
  });
});
