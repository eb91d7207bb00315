import type { MapLayer } from './layer';

/** Open violations where their subjects stand, by severity. */
export const violations: MapLayer = {
  id: 'violations',
  title: { zh: '未办结违规', en: 'Open violations' },
  tiles: { source: 'subjects', layer: 'violations' },
  shownAtFirst: true,
  switchable: true,
  minZoom: 0,
  legend: [{ signs: ['violation-critical', 'violation-serious', 'violation-ordinary'], title: { zh: '违规：严重、较重、一般', en: 'Violation: critical to ordinary' } }],
  picks: null,
  style: (_, k) => [{
    // The violation of a fire has the fire's sign.
    id: 'violations', type: 'symbol', source: 'subjects', 'source-layer': 'violations', filter: ['!=', ['get', 'article'], 36],
    layout: { 'icon-image': ['concat', 'violation-', ['get', 'severity']], 'icon-size': 0.85 * k, 'icon-allow-overlap': true },
  }],
};
