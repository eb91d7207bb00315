import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { LngLat } from 'maplibre-gl';
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
const small = 0.04; // degrees: what is smaller is a point among its neighbours' borders, or nobody knows where it is
const around = 9.6; // zoom that a point is shown at: its county with the neighbours' borders tells where it is
const patienceMs = 20_000;

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
const feature = (geometry: Geometry, properties: Record<string, string> = {}): Feature => ({ type: 'Feature', geometry, properties });

/**
 * A map as a PNG: county outlines, heat radii and the shape, in the tokens and the size of its host. The map is taken away again.
 * Throws where the device has no WebGL, or draws nothing in time.
 */
export async function drawStill(host: HTMLElement, { shape, counties, radii }: StillWish): Promise<Blob> {
  const bounds = boundsOfGeometries(shape === null ? counties.map((c) => c.geometry as Geometry) : [shape]);
  const centre = bounds?.getCenter() ?? new LngLat(0, 0);
  const isSmall = bounds !== null && Math.max(bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth()) < small;
  const style = orientationStyle(host, {
    counties: collection(counties.map((c) => feature(c.geometry as Geometry))),
    names: collection(counties.map((c) => feature({ type: 'Point', coordinates: c.label }, { name: c.name }))),
    radii: collection(radii.map((r) => feature(r))),
    shape: collection(shape === null ? [] : isSmall ? [feature(shape), feature({ type: 'Point', coordinates: [centre.lng, centre.lat] })] : [feature(shape)]),
    corners: collection([]),
  });
  const gl = createCanvas(host, style);
  try {
    if (bounds !== null) gl.fitBounds(bounds, { padding: margin, maxZoom: isSmall ? around : closest, animate: false });
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
