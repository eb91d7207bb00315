import type { ExpressionSpecification } from 'maplibre-gl';
import { isAttributed } from './attributed';
import type { MapLayer } from './layer';

const fires = { source: 'subjects', 'source-layer': 'fires' } as const;
const isEnded: ExpressionSpecification = ['all', ['in', ['get', 'status'], ['literal', ['lapsed', 'out', 'refuted']]], ['!', isAttributed]];

/** Fires that were live once: not seen any more, out, or a false alarm. */
export const ended: MapLayer = {
  id: 'ended',
  title: { zh: '失联与已结束火点', en: 'Unseen and ended fires' },
  group: 'cases',
  tiles: { source: 'subjects', layer: 'fires' },
  shownAtFirst: true,
  switchable: true,
  minZoom: 0,
  legend: [
    { signs: ['lapsed'], title: { zh: '失联（12 小时）', en: 'Unseen for 12 h' } },
    { signs: ['out', 'refuted'], title: { zh: '已灭、误报', en: 'Out, false alarm' } },
  ],
  picks: { kind: 'fire', styleLayers: ['ended'] },
  style: (_, k) => [
    {
      id: 'ended', type: 'symbol', ...fires, filter: isEnded,
      layout: { 'icon-image': ['get', 'status'], 'icon-size': k, 'icon-allow-overlap': true },
      paint: { 'icon-opacity': 0.85 },
    },
    {
      id: 'ended-simulated', type: 'symbol', ...fires, minzoom: 8, filter: ['all', ['to-boolean', ['get', 'simulated']], isEnded],
      layout: { 'icon-image': 'simulated', 'icon-size': 0.8 * k, 'icon-allow-overlap': true },
    },
  ],
};
