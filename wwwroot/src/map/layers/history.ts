import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapLayer } from './layer';

const many: ExpressionSpecification = ['sqrt', ['coalesce', ['get', 'count'], 1]];

/** Fires that were over when they became known; at low zooms a dot stands for all fires of its cell. */
export const history: MapLayer = {
  id: 'history',
  title: { zh: '历史火点', en: 'Past fires' },
  group: 'cases',
  tiles: { source: 'subjects', layer: 'fires' },
  shownAtFirst: true,
  switchable: true,
  minZoom: 0,
  legend: [{ signs: ['history'], title: { zh: '历史火点', en: 'Past fire' } }],
  picks: { kind: 'fire', styleLayers: ['history'] },
  style: (p, k) => [{
    id: 'history', type: 'circle', source: 'subjects', 'source-layer': 'fires', filter: ['==', ['get', 'status'], 'history'],
    paint: {
      'circle-color': p.history,
      'circle-opacity': 0.6,
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, ['min', ['*', many, 1.5 * k], 9 * k], 12, ['min', ['*', many, 3 * k], 12 * k]],
    },
  }],
};
