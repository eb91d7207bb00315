import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { classBounds, type Palette } from './palette';

/** Linfen with a margin, degrees: no tile outside it is asked for. */
const bounds: [number, number, number, number] = [110.2, 35.2, 112.75, 37.1];
const deepestTile = 14;

export const subjectTiles = (version: number): string[] => [`${location.origin}/tiles/fires,violations/{z}/{x}/{y}.mvt?v=${version}`];

export const countyTiles = (version: number): string[] => [`${location.origin}/tiles/counties/{z}/{x}/{y}.mvt?v=${version}`];

/**
 * County outlines change by import only, subjects with every event: two tile sources, so that an event never makes the
 * counties load again. What burns comes from the live log at once and is drawn from memory.
 */
export function wallStyle(palette: Palette, scale: number): StyleSpecification {
  return {
    version: 8,
    sources: {
      counties: { type: 'vector', tiles: countyTiles(0), bounds, minzoom: 5, maxzoom: 12, promoteId: 'code' },
      outline: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      subjects: { type: 'vector', tiles: subjectTiles(0), bounds, minzoom: 5, maxzoom: deepestTile },
      burning: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'id' },
    },
    layers: [...countyLayers(palette, scale), ...tileLayers(palette, scale), ...burningLayers(palette, scale)],
  };
}

/** Also used when the wall changes its size: widths and radii follow the wall's unit. */
export function scaledLayers(palette: Palette, scale: number): LayerSpecification[] {
  return [...countyLayers(palette, scale), ...tileLayers(palette, scale), ...burningLayers(palette, scale)];
}

const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false];

function countyLayers(p: Palette, k: number): LayerSpecification[] {
  const base = { source: 'counties', 'source-layer': 'counties' } as const;
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const steps = classBounds.slice(1).flatMap((bound, index) => [bound, p.counties[index + 1] as string]);
  const fill = ['step', ['number', ['feature-state', 'open'], 0], p.counties[0] as string, ...steps] as unknown as ExpressionSpecification;
  return [
    // Only the outer half of the glow shows: the fills cover what lies inside the city.
    { id: 'city-glow', type: 'line', source: 'outline', layout: round, paint: { 'line-color': p.glow, 'line-width': 48 * k, 'line-blur': 48 * k, 'line-opacity': 0.55 } },
    { id: 'city-halo', type: 'line', source: 'outline', layout: round, paint: { 'line-color': p.border, 'line-width': 14 * k, 'line-blur': 14 * k, 'line-opacity': 0.4 } },
    { id: 'county-fill', type: 'fill', ...base, paint: { 'fill-color': fill, 'fill-antialias': false, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 9.5, 1, 12, 0.45] } },
    { id: 'county-relief', type: 'line', ...base, layout: round, paint: { 'line-color': '#050b16', 'line-width': 14 * k, 'line-blur': 14 * k, 'line-opacity': 0.4 } },
    { id: 'county-line', type: 'line', ...base, layout: round, paint: { 'line-color': p.border, 'line-width': 1.1 * k, 'line-opacity': 0.55 } },
    {
      id: 'county-mark', type: 'line', ...base, layout: round,
      paint: { 'line-color': p.strong, 'line-width': 2.2 * k, 'line-opacity': ['case', state('selected'), 0.95, state('hover'), 0.6, 0] },
    },
  ];
}

/** Of a radius in metres on the ground; 63,240 m are a pixel at zoom 0 at 36.1° N (512 px tiles), 1 % off at the city's ends. */
function metres(value: ExpressionSpecification): ExpressionSpecification {
  return ['interpolate', ['exponential', 2], ['zoom'], 0, ['/', value, 63_240], 22, ['*', value, 2 ** 22 / 63_240]];
}

function tileLayers(p: Palette, k: number): LayerSpecification[] {
  const fires = { source: 'subjects', 'source-layer': 'fires' } as const;
  const status: ExpressionSpecification = ['get', 'status'];
  const many: ExpressionSpecification = ['sqrt', ['coalesce', ['get', 'count'], 1]];
  return [
    {
      id: 'history', type: 'circle', ...fires, filter: ['==', status, 'history'],
      paint: {
        'circle-color': p.history,
        'circle-opacity': 0.6,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, ['min', ['*', many, 1.5 * k], 9 * k], 12, ['min', ['*', many, 3 * k], 12 * k]],
      },
    },
    {
      id: 'ended', type: 'symbol', ...fires, filter: ['in', status, ['literal', ['lapsed', 'out', 'refuted']]],
      layout: { 'icon-image': status, 'icon-size': k, 'icon-allow-overlap': true },
      paint: { 'icon-opacity': 0.85 },
    },
    {
      id: 'violations', type: 'symbol', source: 'subjects', 'source-layer': 'violations',
      layout: { 'icon-image': ['concat', 'violation-', ['get', 'severity']], 'icon-size': 0.85 * k, 'icon-allow-overlap': true },
    },
    {
      id: 'tile-simulated', type: 'symbol', ...fires, minzoom: 8,
      filter: ['all', ['to-boolean', ['get', 'simulated']], ['in', status, ['literal', ['lapsed', 'out', 'refuted']]]],
      layout: { 'icon-image': 'simulated', 'icon-size': 0.8 * k, 'icon-allow-overlap': true },
    },
  ];
}

function burningLayers(p: Palette, k: number): LayerSpecification[] {
  const colour: ExpressionSpecification = ['match', ['get', 'age'], 0, p.fire[0], 1, p.fire[1], p.fire[2]];
  const size: ExpressionSpecification = ['get', 'size'];
  const radius = (least: number, growth: number): ExpressionSpecification => ['*', k, ['+', least, ['*', growth, size]]];
  const confirmed: ExpressionSpecification = ['==', ['get', 'status'], 'confirmed'];
  return [
    {
      id: 'fire-uncertainty', type: 'circle', source: 'burning', minzoom: 9,
      paint: { 'circle-radius': metres(['get', 'radius']), 'circle-color': colour, 'circle-opacity': 0.1, 'circle-stroke-color': colour, 'circle-stroke-width': 1.2 * k, 'circle-stroke-opacity': 0.7 },
    },
    { id: 'fire-glow', type: 'circle', source: 'burning', paint: { 'circle-color': colour, 'circle-radius': radius(22, 16), 'circle-blur': 1, 'circle-opacity': ['case', confirmed, 0.5, 0.28] } },
    {
      id: 'fire-core', type: 'circle', source: 'burning', filter: confirmed,
      paint: { 'circle-color': colour, 'circle-radius': radius(7, 6), 'circle-stroke-color': p.strong, 'circle-stroke-width': 2 * k },
    },
    {
      id: 'fire-suspected', type: 'symbol', source: 'burning', filter: ['!', confirmed],
      layout: { 'icon-image': ['concat', 'suspected-', ['to-string', ['get', 'age']]], 'icon-size': ['*', k, ['+', 0.9, ['*', 0.6, size]]], 'icon-allow-overlap': true },
    },
    {
      id: 'fire-selected', type: 'circle', source: 'burning',
      paint: { 'circle-radius': radius(17, 9), 'circle-opacity': 0, 'circle-stroke-color': p.strong, 'circle-stroke-width': 2 * k, 'circle-stroke-opacity': ['case', state('selected'), 1, 0] },
    },
    {
      id: 'fire-simulated', type: 'symbol', source: 'burning', filter: ['get', 'simulated'],
      layout: { 'icon-image': 'simulated', 'icon-size': ['*', k, ['+', 1.05, ['*', 0.5, size]]], 'icon-allow-overlap': true },
    },
  ];
}
