import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { footprintSource, footprintStyle } from './footprints';
import { mapLayers, type ShownLayers } from './layers';
import type { MapLayer, TileSource } from './layers/layer';
import { fireClusters, pastClusters } from './layers/fires';
import { registersFrom } from './layers/zooms';
import type { Palette } from './palette';

/** Linfen with a margin, degrees: no tile outside it is asked for. */
const bounds: [number, number, number, number] = [110.2, 35.2, 112.75, 37.1];
const deepestTile = 14;

/**
 * County outlines change by import only, zones with the law, subjects with every event: sources of their own, so that an event never makes
 * the ground load again. What burns comes from the live log at once and is drawn from memory, as are the heat radii.
 */
export function wallStyle(palette: Palette, scale: number, shown: ShownLayers): StyleSpecification {
  return {
    version: 8,
    sources: {
      counties: { type: 'vector', tiles: tilesOf('counties', shown, 0), bounds, minzoom: 5, maxzoom: 12, promoteId: 'code' },
      zones: { type: 'vector', tiles: tilesOf('zones', shown, 0), bounds, minzoom: 5, maxzoom: deepestTile, promoteId: 'id' },
      subjects: { type: 'vector', tiles: tilesOf('subjects', shown, 0), bounds, minzoom: 5, maxzoom: deepestTile },
      registers: { type: 'vector', tiles: tilesOf('registers', shown, 0), bounds, minzoom: registersFrom, maxzoom: deepestTile, promoteId: 'id' },
      monitors: { type: 'vector', tiles: tilesOf('monitors', shown, 0), bounds, minzoom: registersFrom, maxzoom: deepestTile, promoteId: 'id' },
      radii: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'id' },
      past: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'id', ...pastClusters },
      burning: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'id', ...fireClusters },
      [footprintSource]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    // Footprints lie below the signs of what burns, whatever layers are shown.
    layers: mapLayers.flatMap((layer) => [...(layer.id === 'fires' ? footprintStyle(palette, scale) : []), ...layer.style(palette, scale).map((drawn) => placed(drawn, layer, shown))]),
  };
}

function placed(drawn: LayerSpecification, { id, minZoom }: MapLayer, shown: ShownLayers): LayerSpecification {
  const layout = { ...('layout' in drawn ? drawn.layout : {}), visibility: shown.has(id) ? 'visible' : 'none' };
  return { ...drawn, minzoom: Math.max(minZoom, drawn.minzoom ?? 0), layout } as LayerSpecification;
}

/**
 * One request for the tile layers that are shown. Without any the source is at rest, and its address does not matter.
 * @param filter As the server reads it; empty for everything.
 */
export function tilesOf(source: TileSource, shown: ShownLayers, version: number | string, filter = ''): string[] {
  const drawn = mapLayers.filter((l) => l.tiles?.source === source);
  const wanted = drawn.filter((l) => shown.has(l.id));
  const names = new Set((wanted.length === 0 ? drawn : wanted).map((l) => l.tiles?.layer));
  return [`${location.origin}/tiles/${[...names].join(',')}/{z}/{x}/{y}.mvt?v=${version}${filter === '' ? '' : `&f=${filter}`}`];
}
