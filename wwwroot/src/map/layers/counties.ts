import type { ExpressionSpecification } from 'maplibre-gl';
import { marked } from '../expressions';
import { classBounds, type Palette } from '../palette';
import type { MapLayer } from './layer';

const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
const base = { source: 'counties', 'source-layer': 'counties' } as const;

/** Counties as a calm dark relief, filled by their open violations; close by the fill gives way to what stands on it. */
export const counties: MapLayer = {
  id: 'counties',
  title: { zh: '县（市、区）', en: 'Counties' },
  group: 'cases',
  tiles: { source: 'counties', layer: 'counties' },
  shownAtFirst: true,
  switchable: false,
  minZoom: 0,
  legend: [{ signs: 'ramp', title: { zh: '未办结违规数（件）', en: 'Open violations' } }],
  picks: { kind: 'county', styleLayers: ['county-fill'], ground: true },
  marks: { kind: 'county', source: 'counties', sourceLayer: 'counties' },
  style: (p, k) => [
    { id: 'county-fill', type: 'fill', ...base, paint: { 'fill-color': fillOf(p), 'fill-antialias': false, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 9, 1, 10.4, 0.4] } },
    // Two plain lines for a soft one: blur makes thorns of a border's bends, and what is wider than the tiles' margin shows their edges.
    { id: 'county-relief', type: 'line', ...base, layout: round, paint: { 'line-color': '#050b16', 'line-width': 7 * k, 'line-opacity': 0.16 } },
    { id: 'county-relief-near', type: 'line', ...base, layout: round, paint: { 'line-color': '#050b16', 'line-width': 3.6 * k, 'line-opacity': 0.22 } },
    { id: 'county-line', type: 'line', ...base, layout: round, paint: { 'line-color': p.border, 'line-width': 1.1 * k, 'line-opacity': 0.55 } },
    {
      id: 'county-mark', type: 'line', ...base, layout: round,
      paint: { 'line-color': p.strong, 'line-width': 2.2 * k, 'line-opacity': ['case', marked('selected'), 0.95, marked('hover'), 0.6, 0] },
    },
  ],
};

function fillOf(p: Palette): ExpressionSpecification {
  const steps = classBounds.slice(1).flatMap((bound, index) => [bound, p.counties[index + 1] as string]);
  return ['step', ['number', ['feature-state', 'open'], 0], p.counties[0] as string, ...steps] as unknown as ExpressionSpecification;
}
