import type { ExpressionSpecification } from 'maplibre-gl';
import { marked } from '../expressions';
import { hatchName } from '../hatches';
import { zoneKinds, type ZoneKind } from '../kinds';
import type { Palette } from '../palette';
import type { MapLayer, Title } from './layer';

const labelFrom = 9.4; // zoom; farther out names of zones would cover those of counties
const base = { source: 'zones', 'source-layer': 'zones' } as const;

interface ZoneGroup {
  id: string;
  title: Title;
  kinds: readonly ZoneKind[];
  legend: readonly Title[];
  shownAtFirst: boolean;
}

/** Zones of some kinds: a breath of colour, the kind's hatch, a border that stands on any ground. */
function zoneLayer({ id, title, kinds, legend, shownAtFirst }: ZoneGroup): MapLayer {
  const isShown: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', kinds.map((kind) => zoneKinds.indexOf(kind))]];
  return {
    id: `zone-${id}`,
    title,
    group: 'zones',
    tiles: { source: 'zones', layer: 'zones' },
    shownAtFirst,
    switchable: true,
    minZoom: 0,
    legend: kinds.map((kind, i) => ({ signs: [`zone-${kind}` as const], title: legend[i] ?? title })),
    picks: { kind: 'zone', styleLayers: [`zone-${id}-fill`], ground: true },
    marks: { kind: 'zone', source: 'zones', sourceLayer: 'zones' },
    style: (p, k) => [
      { id: `zone-${id}-fill`, type: 'fill', ...base, filter: isShown, paint: { 'fill-color': colourOf(p, kinds), 'fill-opacity': ['case', marked('selected'), 0.3, 0.12] } },
      { id: `zone-${id}-hatch`, type: 'fill', ...base, filter: isShown, paint: { 'fill-pattern': patternOf(kinds), 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0.75, 12, 0.4] } },
      { id: `zone-${id}-casing`, type: 'line', ...base, filter: isShown, paint: { 'line-color': p.ground, 'line-width': 3.4 * k, 'line-opacity': 0.55 } },
      { id: `zone-${id}-line`, type: 'line', ...base, filter: isShown, paint: { 'line-color': colourOf(p, kinds), 'line-width': ['case', marked('selected'), 2.6 * k, 1.3 * k] } },
      {
        id: `zone-${id}-name`, type: 'symbol', ...base, minzoom: labelFrom, filter: isShown,
        layout: { 'text-field': ['get', 'name'], 'text-size': 12.5 * k, 'text-max-width': 9, 'text-padding': 6, 'symbol-avoid-edges': true },
        paint: { 'text-color': colourOf(p, kinds), 'text-halo-color': p.ground, 'text-halo-width': 2 * k },
      },
    ],
  };
}

function byKind(kinds: readonly ZoneKind[], valueOf: (kind: ZoneKind) => string): ExpressionSpecification | string {
  const [first, ...others] = kinds;
  if (first === undefined) return '';
  if (others.length === 0) return valueOf(first);
  return ['match', ['get', 'kind'], ...others.flatMap((kind) => [zoneKinds.indexOf(kind), valueOf(kind)]), valueOf(first)] as unknown as ExpressionSpecification;
}
const colourOf = (p: Palette, kinds: readonly ZoneKind[]): ExpressionSpecification | string => byKind(kinds, (kind) => p.zones[kind]);
const patternOf = (kinds: readonly ZoneKind[]): ExpressionSpecification | string => byKind(kinds, hatchName);

/** Zones by what they are drawn for; the widest below. */
export const zoneLayers: readonly MapLayer[] = [
  zoneLayer({ id: 'land-use', kinds: ['urbanPlanningArea', 'builtUp'], shownAtFirst: false, title: { zh: '建成区、规划区', en: 'Built-up and planning areas' }, legend: [{ zh: '市区规划区', en: 'Urban planning area' }, { zh: '建成区', en: 'Built-up area' }] }),
  zoneLayer({ id: 'urban', kinds: ['urbanArea'], shownAtFirst: true, title: { zh: '市区', en: 'Urban area' }, legend: [] }),
  zoneLayer({ id: 'fuel', kinds: ['heatNetwork', 'highPollutionFuelFree'], shownAtFirst: false, title: { zh: '供热管网、禁燃区', en: 'Heat network, fuel-free zone' }, legend: [{ zh: '供热管网', en: 'Heat network' }, { zh: '禁燃区', en: 'Fuel-free zone' }] }),
  zoneLayer({ id: 'traffic', kinds: ['sweepingDuty', 'freightRestriction', 'nonRoadMachineryControl'], shownAtFirst: false, title: { zh: '机械、货车、清扫', en: 'Machines, freight, sweeping' }, legend: [{ zh: '清扫责任区', en: 'Sweeping duty' }, { zh: '货车限行区', en: 'Freight restriction' }, { zh: '机械控制区', en: 'Machine control' }] }),
  zoneLayer({ id: 'life', kinds: ['fireworksBan', 'barbecuePermitted'], shownAtFirst: false, title: { zh: '烟花、烧烤', en: 'Fireworks, barbecue' }, legend: [{ zh: '烟花禁放区', en: 'Fireworks ban' }, { zh: '烧烤允许区', en: 'Barbecue allowed' }] }),
  zoneLayer({ id: 'industry', kinds: ['industrialPark'], shownAtFirst: false, title: { zh: '工业园区、开发区', en: 'Industrial park zones' }, legend: [] }),
  zoneLayer({ id: 'coal', kinds: ['coalFree'], shownAtFirst: true, title: { zh: '禁煤区', en: 'Coal-free zones' }, legend: [] }),
];
