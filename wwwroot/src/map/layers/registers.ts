import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { marked } from '../expressions';
import type { SubjectKind } from '../kinds';
import type { Palette } from '../palette';
import type { LegendEntry, MapLayer, Title } from './layer';
import { monitors } from './monitors';
import { registersFrom, singlesFrom } from './zooms';

/** What is not in violation is a dot before it is a sign, so that violations stand out; hollow where a rule waits for a fact. */
const quietSignsFrom = 11.6;
interface RegisterLayer {
  kind: SubjectKind;
  /** The server's tile layer, and ours. */
  id: string;
  title: Title;
  /** In the legend, where room is short. */
  short: Title;
  /** Drawn by shape where the register has it. */
  shape?: 'line' | 'area';
  shownAtFirst?: boolean;
}

const worst: ExpressionSpecification = ['case', ['>', ['get', 'open'], 0], ['get', 'severity'], ['to-boolean', ['get', 'undecidable']], 'undecided', 'calm'];
const single: ExpressionSpecification = ['has', 'id'];
const isCalm: ExpressionSpecification = ['==', worst, 'calm'];
const isUndecided: ExpressionSpecification = ['==', worst, 'undecided'];
const isQuiet: ExpressionSpecification = ['any', isCalm, isUndecided];

function stateColour(p: Palette): ExpressionSpecification {
  return ['match', worst, 'critical', p.burning, 'serious', p.overdue, 'ordinary', p.serious, 'undecided', p.strong, p.soft];
}

function registerLayer({ kind, id, title, short, shape, shownAtFirst = true }: RegisterLayer): MapLayer {
  const base = { source: 'registers', 'source-layer': id } as const;
  return {
    id,
    title,
    group: 'registers',
    tiles: { source: 'registers', layer: id },
    shownAtFirst,
    switchable: true,
    minZoom: registersFrom,
    legend: [{ signs: [`${kind}-calm`], title: short }],
    picks: { kind, styleLayers: [`${id}-sign`, `${id}-quiet`, `${id}-dot`] },
    marks: { kind, source: 'registers', sourceLayer: id },
    style: (p, k) => [...(shape === undefined ? [] : ground(id, shape, p, k)), ...signs(kind, id, shape, p, k), ...counts(id, p, k)],
  };

  function signs(of: SubjectKind, name: string, form: RegisterLayer['shape'], p: Palette, k: number): LayerSpecification[] {
    const size: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 10, 0.62 * k, 11.5, 0.82 * k, 13.5, 1.05 * k];
    const placed = { 'icon-allow-overlap': true, 'icon-rotation-alignment': 'viewport', 'symbol-placement': form === 'line' ? 'line-center' : 'point' } as const;
    return [
      {
        // A circle stands at every corner of a shape, so shapes are marked by their outline.
        id: `${name}-chosen`, type: 'circle', ...base, minzoom: singlesFrom, filter: ['all', single, ['==', ['geometry-type'], 'Point']],
        paint: { 'circle-radius': 15 * k, 'circle-opacity': 0, 'circle-stroke-color': p.strong, 'circle-stroke-width': 2 * k, 'circle-stroke-opacity': ['case', marked('selected'), 1, 0] },
      },
      {
        id: `${name}-dot`, type: 'circle', ...base, minzoom: singlesFrom, maxzoom: quietSignsFrom, filter: ['all', single, isQuiet],
        paint: { 'circle-radius': ['case', isUndecided, 2.8 * k, 2.2 * k], 'circle-color': ['case', isUndecided, p.ground, p.soft], 'circle-opacity': 0.7, 'circle-stroke-color': p.strong, 'circle-stroke-width': ['case', isUndecided, 1.3 * k, 0] },
      },
      { id: `${name}-quiet`, type: 'symbol', ...base, minzoom: quietSignsFrom, filter: ['all', single, isQuiet], layout: { 'icon-image': ['concat', `${of}-`, worst], 'icon-size': size, ...placed }, paint: { 'icon-opacity': ['case', isCalm, 0.8, 1] } },
      {
        id: `${name}-sign`, type: 'symbol', ...base, minzoom: singlesFrom, filter: ['all', single, ['!', isQuiet]],
        layout: { 'icon-image': ['concat', `${of}-`, worst], 'icon-size': size, ...placed, 'symbol-sort-key': ['match', worst, 'critical', 2, 'serious', 1, 0] },
      },
      {
        id: `${name}-simulated`, type: 'symbol', ...base, minzoom: 13, filter: ['all', single, ['to-boolean', ['get', 'simulated']]],
        layout: { 'icon-image': 'simulated', 'icon-size': 0.75 * k, ...placed },
      },
      {
        id: `${name}-name`, type: 'symbol', ...base, minzoom: 12.5, filter: single,
        layout: { 'text-field': ['get', 'name'], 'text-size': 11.5 * k, 'text-offset': [0, 1.35], 'text-anchor': 'top', 'text-max-width': 9, 'text-optional': true },
        paint: { 'text-color': p.strong, 'text-halo-color': p.ground, 'text-halo-width': 1.3 * k },
      },
    ];
  }

  /** How many stand in a cell, faint: they are there, and not the news. */
  function counts(name: string, p: Palette, k: number): LayerSpecification[] {
    return [{
      id: `${name}-count`, type: 'circle', ...base, maxzoom: singlesFrom, filter: ['!', single],
      paint: { 'circle-color': p.soft, 'circle-opacity': 0.32, 'circle-radius': ['min', ['*', ['sqrt', ['get', 'count']], 2 * k], 10 * k] },
    }];
  }
}

function ground(name: string, shape: 'line' | 'area', p: Palette, k: number): LayerSpecification[] {
  const base = { source: 'registers', 'source-layer': name, minzoom: singlesFrom } as const;
  const line: LayerSpecification = {
    id: `${name}-line`, type: 'line', ...base, filter: ['all', single, ['!=', ['geometry-type'], 'Point']],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': ['case', marked('selected'), p.strong, stateColour(p)], 'line-width': ['case', marked('selected'), 4 * k, (shape === 'line' ? 3 : 1.4) * k], 'line-opacity': 0.9 },
  };
  if (shape === 'line') return [line];
  return [{ id: `${name}-fill`, type: 'fill', ...base, filter: ['all', single, ['==', ['geometry-type'], 'Polygon']], paint: { 'fill-color': stateColour(p), 'fill-opacity': 0.22 } }, line];
}

/** Every register with a place; those that belong to others lie below them. */
export const registerLayers: readonly MapLayer[] = [...([
  { kind: 'park', id: 'parks', title: { zh: '工业园区', en: 'Parks' }, short: { zh: '园区', en: 'Park' }, shape: 'area' },
  { kind: 'road', id: 'roads', title: { zh: '破损道路', en: 'Damaged roads' }, short: { zh: '道路', en: 'Road' }, shape: 'line' },
  { kind: 'land', id: 'land', title: { zh: '裸地', en: 'Bare land' }, short: { zh: '裸地', en: 'Land' }, shape: 'area' },
  { kind: 'yard', id: 'yards', title: { zh: '堆场', en: 'Yards' }, short: { zh: '堆场', en: 'Yard' }, shape: 'area' },
  { kind: 'site', id: 'sites', title: { zh: '施工工地', en: 'Construction sites' }, short: { zh: '工地', en: 'Site' }, shape: 'area' },
  { kind: 'enterprise', id: 'enterprises', title: { zh: '散乱污企业', en: 'Scattered polluters' }, short: { zh: '散乱污', en: 'Polluter' }, shape: 'area' },
  { kind: 'plant', id: 'plants', title: { zh: '热电联产电厂', en: 'CHP plants' }, short: { zh: '电厂', en: 'Plant' }, shape: 'area' },
  { kind: 'boiler', id: 'boilers', title: { zh: '锅炉与燃煤设施', en: 'Boilers, coal facilities' }, short: { zh: '锅炉', en: 'Boiler' }, shape: 'area' },
  { kind: 'heatSource', id: 'heat-sources', title: { zh: '工业热源', en: 'Heat sources' }, short: { zh: '热源', en: 'Heat' }, shape: 'area', shownAtFirst: false },
  { kind: 'station', id: 'stations', title: { zh: '空气监测站', en: 'Air stations' }, short: { zh: '监测站', en: 'Station' } },
  { kind: 'machine', id: 'machines', title: { zh: '非道路机械', en: 'Non-road machines' }, short: { zh: '机械', en: 'Machine' } },
  { kind: 'finding', id: 'findings', title: { zh: '巡查与举报', en: 'Findings' }, short: { zh: '巡查举报', en: 'Finding' } },
] as const satisfies readonly RegisterLayer[]).map(registerLayer), monitors];

/** How the sign of any register's entry tells its state. */
export const subjectStatesLegend: readonly LegendEntry[] = [
  { signs: ['site-critical', 'site-serious', 'site-ordinary'], title: { zh: '有违规：严重、较重、一般', en: 'In violation: critical to ordinary' } },
  { signs: ['site-undecided'], title: { zh: '待核实', en: 'To verify' } },
  { signs: ['site-calm'], title: { zh: '无违规', en: 'In order' } },
];
