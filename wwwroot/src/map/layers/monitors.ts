import type { ExpressionSpecification } from 'maplibre-gl';
import { marked } from '../expressions';
import type { MapLayer } from './layer';
import { registersFrom, singlesFrom } from './zooms';

/** Those that speak and are believed are dots before they are signs, so that the others stand out. */
const okSignsFrom = 11.6;
const namesFrom = 12.5;

const base = { source: 'monitors', 'source-layer': 'monitors' } as const;
const single: ExpressionSpecification = ['has', 'id'];
/** A state that this page does not know is doubted rather than believed. */
const state: ExpressionSpecification = ['match', ['get', 'state'], 'exceeding', ['case', ['==', ['get', 'severity'], 'critical'], 'critical', 'exceeding'], ['ok', 'silent', 'suspect'], ['get', 'state'], 'suspect'];
const isOk: ExpressionSpecification = ['==', ['get', 'state'], 'ok'];
const known = (name: string, short: string): ExpressionSpecification => ['case', ['has', name], ['concat', short, ' ', ['to-string', ['get', name]]], ''];
const between: ExpressionSpecification = ['case', ['all', ['has', 'tsp'], ['has', 'pm10']], '  ', ''];

/** Dust monitors by their state; close by with what they measure. */
export const monitors: MapLayer = {
  id: 'monitors',
  title: { zh: '扬尘监测', en: 'Dust monitors' },
  group: 'registers',
  tiles: { source: 'monitors', layer: 'monitors' },
  shownAtFirst: true,
  switchable: true,
  minZoom: registersFrom,
  legend: [
    { signs: ['dust-ok'], title: { zh: '扬尘正常', en: 'Dust: ok' } },
    { signs: ['dust-suspect'], title: { zh: '数据存疑', en: 'Doubted' } },
    { signs: ['dust-silent'], title: { zh: '无数据', en: 'Silent' } },
    { signs: ['dust-exceeding'], title: { zh: '扬尘超标', en: 'Above limit' } },
  ],
  picks: { kind: 'monitor', styleLayers: ['monitors-sign', 'monitors-ok', 'monitors-dot'] },
  marks: { kind: 'monitor', source: 'monitors', sourceLayer: 'monitors' },
  style: (p, k) => {
    // A monitor stands where its site does: its sign hovers above that of the site, and its values above the sign.
    const above = (px: number): ExpressionSpecification => ['literal', [0, -px * k]];
    const hovering: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 10, above(11), 11.5, above(18), 13.5, above(24)];
    const placed = { 'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.66 * k, 11.5, 0.86 * k, 13.5, 1.1 * k] as ExpressionSpecification, 'icon-offset': [0, -21] as [number, number], 'icon-allow-overlap': true, 'icon-rotation-alignment': 'viewport' } as const;
    return [
      {
        id: 'monitors-chosen', type: 'circle', ...base, minzoom: singlesFrom, filter: single,
        paint: { 'circle-radius': 15 * k, 'circle-translate': hovering, 'circle-opacity': 0, 'circle-stroke-color': p.strong, 'circle-stroke-width': 2 * k, 'circle-stroke-opacity': ['case', marked('selected'), 1, 0] },
      },
      { id: 'monitors-dot', type: 'circle', ...base, minzoom: singlesFrom, maxzoom: okSignsFrom, filter: ['all', single, isOk], paint: { 'circle-radius': 2.6 * k, 'circle-translate': hovering, 'circle-color': p.done, 'circle-opacity': 0.85 } },
      { id: 'monitors-ok', type: 'symbol', ...base, minzoom: okSignsFrom, filter: ['all', single, isOk], layout: { 'icon-image': 'dust-ok', ...placed } },
      {
        id: 'monitors-sign', type: 'symbol', ...base, minzoom: singlesFrom, filter: ['all', single, ['!', isOk]],
        layout: { 'icon-image': ['concat', 'dust-', state], ...placed, 'symbol-sort-key': ['match', ['get', 'state'], 'exceeding', 2, 'suspect', 1, 0] },
      },
      { id: 'monitors-simulated', type: 'symbol', ...base, minzoom: 13, filter: ['all', single, ['to-boolean', ['get', 'simulated']]], layout: { ...placed, 'icon-image': 'simulated', 'icon-size': 0.8 * k, 'icon-offset': [0, -29] } },
      {
        id: 'monitors-name', type: 'symbol', ...base, minzoom: namesFrom, filter: single,
        layout: {
          'text-field': ['format', ['get', 'name'], { 'font-scale': 1 }, ['case', ['any', ['has', 'tsp'], ['has', 'pm10']], '\n', ''], {}, ['concat', known('tsp', 'TSP'), between, known('pm10', 'PM10')], { 'font-scale': 1.05 }],
          'text-size': 11.5 * k, 'text-offset': [0, -3.4], 'text-anchor': 'bottom', 'text-max-width': 14, 'text-optional': true,
        },
        paint: { 'text-color': p.strong, 'text-halo-color': p.ground, 'text-halo-width': 1.3 * k },
      },
      {
        id: 'monitors-count', type: 'circle', ...base, maxzoom: singlesFrom, filter: ['!', single],
        paint: { 'circle-color': p.done, 'circle-opacity': 0.32, 'circle-radius': ['min', ['*', ['sqrt', ['get', 'count']], 2 * k], 10 * k] },
      },
    ];
  },
};
