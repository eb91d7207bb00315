import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapLayer } from './layer';

const base = { source: 'subjects', 'source-layer': 'violations' } as const;
/** Of a replayed moment; the tiles know the present only. */
const past = { source: 'past' } as const;
const isCluster: ExpressionSpecification = ['has', 'point_count'];
const smallestRing = 0.75; // of the sign's size; below it nobody reads the number
const isSummed: ExpressionSpecification = ['>', ['get', 'count'], 1];
/** The violation of a fire has the fire's sign. */
const isOfSubject: ExpressionSpecification = ['any', ['!', ['has', 'kind']], ['!=', ['get', 'kind'], 'fire']];

/** Open violations where their subjects stand: far out as rings split by severity, close by each, under the sign of its subject. */
export const violations: MapLayer = {
  id: 'violations',
  title: { zh: '未办结违规', en: 'Open violations' },
  group: 'cases',
  tiles: { source: 'subjects', layer: 'violations' },
  shownAtFirst: true,
  switchable: true,
  minZoom: 0,
  legend: [
    { signs: ['violation-critical', 'violation-serious', 'violation-ordinary'], title: { zh: '违规：严重、较重、一般', en: 'Violation: critical to ordinary' } },
    { signs: ['violation-split'], title: { zh: '多项违规', en: 'Several violations' } },
  ],
  picks: { kind: 'violation', styleLayers: ['violations', 'violations-past'] },
  style: (_, k) => [
    {
      id: 'violations', type: 'symbol', ...base, filter: ['all', isOfSubject, ['!', isSummed]],
      layout: {
        'icon-image': ['concat', 'violation-', ['get', 'severity']], 'icon-size': 0.85 * k, 'icon-allow-overlap': true,
        'symbol-sort-key': ['match', ['get', 'severity'], 'critical', 2, 'serious', 1, 0],
      },
    },
    {
      id: 'violations-split', type: 'symbol', ...base, filter: ['all', isOfSubject, isSummed],
      layout: {
        'icon-image': ['concat', 'split-', ['get', 'critical'], '-', ['get', 'serious'], '-', ['get', 'ordinary']], 'icon-size': Math.max(smallestRing, 0.9 * k), 'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'count'],
      },
    },
    {
      id: 'violations-past', type: 'symbol', ...past, filter: ['!', isCluster],
      layout: {
        'icon-image': ['concat', 'violation-', ['get', 'severity']], 'icon-size': 0.85 * k, 'icon-allow-overlap': true,
        'symbol-sort-key': ['match', ['get', 'severity'], 'critical', 2, 'serious', 1, 0],
      },
    },
    {
      id: 'violations-past-split', type: 'symbol', ...past, filter: isCluster,
      layout: {
        'icon-image': ['concat', 'split-', ['get', 'critical'], '-', ['get', 'serious'], '-', ['get', 'ordinary']], 'icon-size': Math.max(smallestRing, 0.9 * k), 'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'point_count'],
      },
    },
  ],
};
