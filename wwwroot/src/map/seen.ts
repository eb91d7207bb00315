import type { Map as GlMap, MapGeoJSONFeature, QueryRenderedFeaturesOptions } from 'maplibre-gl';

type Area = Parameters<GlMap['queryRenderedFeatures']>[0];

/**
 * What the last frame shows. Between a tile and the one that replaces it, with other layers in it, the library looks up the signs of the old one in
 * the new one and throws: then nothing is known until the next frame.
 */
export function seenOn(gl: GlMap, layers: string[], area?: Area): MapGeoJSONFeature[] {
  const options: QueryRenderedFeaturesOptions = { layers };
  try {
    return area === undefined ? gl.queryRenderedFeatures(options) : gl.queryRenderedFeatures(area, options);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Out of bounds')) return [];
    throw error;
  }
}
