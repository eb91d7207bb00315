import { marked } from '../expressions';
import type { MapLayer } from './layer';

/** Heat-supply radii as thin circles around their plants. They are computed by the server from plants and dated values, so they are no tiles. */
export const heatRadii: MapLayer = {
  id: 'heat-radii',
  title: { zh: '供热半径', en: 'Heat-supply radii' },
  group: 'zones',
  tiles: null,
  shownAtFirst: true,
  switchable: true,
  minZoom: 0,
  legend: [{ signs: ['radius', 'plant-calm'], title: { zh: '供热半径与电厂', en: 'Heat radius and plant' } }],
  picks: { kind: 'zone', styleLayers: ['radius-plant', 'radius-line'] },
  marks: { kind: 'zone', source: 'radii' },
  style: (p, k) => [
    { id: 'radius-line', type: 'line', source: 'radii', filter: ['!', ['get', 'centre']], paint: { 'line-color': p.radius, 'line-width': ['case', marked('selected'), 2.6 * k, 1.2 * k], 'line-dasharray': [2.4, 3.2], 'line-opacity': 0.75 } },
    {
      id: 'radius-plant', type: 'symbol', source: 'radii', filter: ['get', 'centre'], maxzoom: 10,
      layout: { 'icon-image': 'plant-calm', 'icon-size': 0.95 * k, 'icon-allow-overlap': true },
    },
    {
      id: 'radius-simulated', type: 'symbol', source: 'radii', filter: ['all', ['get', 'centre'], ['get', 'simulated']], maxzoom: 10,
      layout: { 'icon-image': 'simulated', 'icon-size': 0.9 * k, 'icon-allow-overlap': true },
    },
  ],
};
