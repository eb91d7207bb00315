import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapLayer } from './layer';

const fires = { source: 'subjects', 'source-layer': 'fires' } as const;

/** A registered heat source explains it. */
export const isAttributed: ExpressionSpecification = ['to-boolean', ['get', 'attributed']];

/** What satellites see at registered heat sources: no fire, so it has none of a fire's colours and does not glow. */
export const attributed: MapLayer = {
  id: 'attributed',
  title: { zh: '已归因工业热源', en: 'Explained by heat sources' },
  group: 'cases',
  tiles: { source: 'subjects', layer: 'fires' },
  shownAtFirst: false,
  switchable: true,
  minZoom: 0,
  legend: [{ signs: ['attributed'], title: { zh: '已归因工业热源', en: 'Explained heat' } }],
  picks: { kind: 'fire', styleLayers: ['attributed'] },
  style: (_, k) => [
    {
      id: 'attributed', type: 'symbol', ...fires, filter: isAttributed,
      layout: { 'icon-image': 'attributed', 'icon-size': k, 'icon-allow-overlap': true },
      // What is not seen any more recedes.
      paint: { 'icon-opacity': ['match', ['get', 'status'], ['suspected', 'confirmed'], 1, 0.5] },
    },
    {
      id: 'attributed-simulated', type: 'symbol', ...fires, minzoom: 8, filter: ['all', ['to-boolean', ['get', 'simulated']], isAttributed],
      layout: { 'icon-image': 'simulated', 'icon-size': 0.8 * k, 'icon-allow-overlap': true },
    },
  ],
};
