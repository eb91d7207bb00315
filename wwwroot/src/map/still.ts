import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { LngLatBounds } from 'maplibre-gl';
import type { LonLat } from '../api/types';
import { createCanvas } from './canvas';
import { boundsOf as boundsOfGeometries, orientationStyle } from './pickMap';

/** What a picture of a place shows. */
export interface StillWish {
  readonly shape: Geometry | null;
  readonly counties: readonly { readonly geometry: unknown; readonly label: LonLat; readonly name: string }[];
  readonly radii: readonly Geometry[];
}

const margin = 48; // px around what is shown
const closest = 14;
const around = 9.6; // zoom that a point is shown at: its county with the neighbours' borders tells where it is
const patienceMs = 20_000;

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
const feature = (geometry: Geometry, properties: Record<string, string> = {}): Feature => ({ type: 'Feature', geometry, properties });

/**
 * A map as a PNG: county outlines, heat radii and the shape, in the tokens and the size of its host. The map is taken away again.
 * Throws where the device has no WebGL, or draws nothing in time.
 */
export async function drawStill(host: HTMLElement, { shape, counties, radii }: StillWish): Promise<Blob> {
  const style = orientationStyle(host, {
    counties: collection(counties.map((c) => feature(c.geometry as Geometry))),
    names: collection(counties.map((c) => feature({ type: 'Point', coordinates: c.label }, { name: c.name }))),
    radii: collection(radii.map((r) => feature(r))),
    shape: collection(shape === null ? [] : [feature(shape)]),
    corners: collection([]),
  });
  const gl = createCanvas(host, style);
  try {
    const bounds: LngLatBounds | null = boundsOfGeometries(shape === null ? counties.map((c) => c.geometry as Geometry) : [shape]);
    if (bounds !== null) gl.fitBounds(bounds, { padding: margin, maxZoom: shape?.type === 'Point' ? around : closest, animate: false });
    return await new Promise<Blob>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('The map was not drawn in time.')), patienceMs);
      gl.once('idle', () => {
        // The canvas keeps its picture only until the frame is over.
        gl.once('render', () => {
          clearTimeout(late);
          gl.getCanvas().toBlob((blob) => (blob === null ? reject(new Error('The canvas gave no picture.')) : resolve(blob)));
        });
        gl.triggerRepaint();
      });
    });
  } finally {
    gl.remove();
  }
}
