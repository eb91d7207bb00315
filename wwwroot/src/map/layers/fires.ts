import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl';
import type { Severity } from '../../api/types';
import { marked, metres } from '../expressions';
import type { Palette } from '../palette';
import type { MapLayer } from './layer';

/** Style layers in which a burning fire is seen. */
export const fireSigns = ['fire-core', 'fire-suspected'];

const size: ExpressionSpecification = ['get', 'size'];
const confirmed: ExpressionSpecification = ['==', ['get', 'status'], 'confirmed'];

const each: ExpressionSpecification = ['!', ['has', 'point_count']];
const ofSeverity = (severity: Severity): ExpressionSpecification[] => [['+', ['accumulated'], ['get', severity]], ['case', ['==', ['get', 'severity'], severity], 1, 0]];

/** Fires that would hide each other far out are told as one ring, split by severity as the violations are. */
export const fireClusters: Pick<GeoJSONSourceSpecification, 'cluster' | 'clusterRadius' | 'clusterMaxZoom' | 'clusterProperties'> = {
  cluster: true,
  clusterRadius: 18, // px; two signs that overlap by half
  clusterMaxZoom: 10,
  clusterProperties: { critical: ofSeverity('critical'), serious: ofSeverity('serious'), ordinary: ofSeverity('ordinary') },
};

/** The violations of a replayed moment, as close together as the tiles sum them up. */
export const pastClusters: typeof fireClusters = { ...fireClusters, clusterRadius: 34, clusterMaxZoom: 11 };

/** What burns: size by radius and power, colour by age, suspected unlike confirmed. Drawn from the live log, not from tiles. */
export const fires: MapLayer = {
  id: 'fires',
  title: { zh: '正在燃烧的火点', en: 'Burning fires' },
  group: 'cases',
  tiles: null,
  shownAtFirst: true,
  switchable: true,
  minZoom: 0,
  legend: [
    { signs: ['confirmed'], title: { zh: '已核实火点', en: 'Verified fire' } },
    { signs: ['suspected-0'], title: { zh: '疑似火点', en: 'Suspected fire' } },
    { signs: ['suspected-0', 'suspected-1', 'suspected-2'], title: { zh: '火点 1 小时内、6 小时内、更久', en: 'Fire under 1 h, under 6 h, older' } },
  ],
  picks: { kind: 'fire', styleLayers: fireSigns },
  marks: { kind: 'fire', source: 'burning' },
  style: (p, k) => [...grounds(p, k), ...signs(p, k)],
};

const ageColour = (p: Palette): ExpressionSpecification => ['match', ['get', 'age'], 0, p.fire[0], 1, p.fire[1], p.fire[2]];
const radius = (k: number, least: number, growth: number): ExpressionSpecification => ['*', k, ['+', least, ['*', growth, size]]];

/** How far the fire may be from where it was seen, and its light. */
function grounds(p: Palette, k: number): LayerSpecification[] {
  const colour = ageColour(p);
  return [
    {
      id: 'fire-uncertainty', type: 'circle', source: 'burning', minzoom: 9, filter: each,
      paint: { 'circle-radius': metres(['get', 'radius']), 'circle-color': colour, 'circle-opacity': 0.1, 'circle-stroke-color': colour, 'circle-stroke-width': 1.2 * k, 'circle-stroke-opacity': 0.7 },
    },
    { id: 'fire-glow', type: 'circle', source: 'burning', paint: { 'circle-color': ['case', each, colour, p.fire[0]], 'circle-radius': ['case', each, radius(k, 22, 16), 32 * k], 'circle-blur': 1, 'circle-opacity': ['case', ['any', confirmed, ['!', each]], 0.5, 0.28] } },
  ];
}

function signs(p: Palette, k: number): LayerSpecification[] {
  return [
    {
      id: 'fire-core', type: 'circle', source: 'burning', filter: ['all', each, confirmed],
      paint: { 'circle-color': ageColour(p), 'circle-radius': radius(k, 7, 6), 'circle-stroke-color': p.strong, 'circle-stroke-width': 2 * k },
    },
    {
      id: 'fire-suspected', type: 'symbol', source: 'burning', filter: ['all', each, ['!', confirmed]],
      layout: { 'icon-image': ['concat', 'suspected-', ['to-string', ['get', 'age']]], 'icon-size': ['*', k, ['+', 0.9, ['*', 0.6, size]]], 'icon-allow-overlap': true },
    },
    {
      id: 'fire-cluster', type: 'symbol', source: 'burning', filter: ['!', each],
      layout: { 'icon-image': ['concat', 'split-', ['get', 'critical'], '-', ['get', 'serious'], '-', ['get', 'ordinary']], 'icon-size': Math.max(0.8, 1.05 * k), 'icon-allow-overlap': true },
    },
    {
      id: 'fire-selected', type: 'circle', source: 'burning', filter: each,
      paint: { 'circle-radius': radius(k, 17, 9), 'circle-opacity': 0, 'circle-stroke-color': p.strong, 'circle-stroke-width': 2 * k, 'circle-stroke-opacity': ['case', marked('selected'), 1, 0] },
    },
    {
      id: 'fire-simulated', type: 'symbol', source: 'burning', filter: ['all', each, ['to-boolean', ['get', 'simulated']]],
      layout: { 'icon-image': 'simulated', 'icon-size': ['*', k, ['+', 1.05, ['*', 0.5, size]]], 'icon-allow-overlap': true },
    },
  ];
}
