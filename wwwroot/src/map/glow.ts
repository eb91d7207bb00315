import type { County, LonLat } from '../api/types';
import { boundsOf, type Box } from './shapes';

/** The city's light beyond its border, as a picture under the counties. Its corners go clockwise from north-west. */
export interface Glow {
  canvas: HTMLCanvasElement;
  corners: [LonLat, LonLat, LonLat, LonLat];
}

const side = 1024; // px; about 200 m a pixel, and a glow has no details
const margin = 0.16; // of the city's size, room for the light to fade in
/** Wide and blue, narrow and bright: radius in pixels of the picture. */
const lights = [{ radius: 70, token: 'glow', strength: 0.75 }, { radius: 18, token: 'border', strength: 0.5 }] as const;

/** A blurred line would pile up in every bay of the border; the shadow of one shape does not. */
export function drawGlow(counties: readonly County[], colours: Record<'glow' | 'border', string>): Glow {
  const rings = counties.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()));
  const box = grown(boundsOf(rings.flat().map(([lon, lat]): [number, number] => [lon, mercator(lat)])));
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = Math.round((side * (box.bottom - box.top)) / (box.right - box.left));
  const pen = canvas.getContext('2d');
  if (pen !== null) light(pen, pathOf(rings, box, canvas), colours);
  const [north, south] = [latitude(box.bottom), latitude(box.top)];
  return { canvas, corners: [[box.left, north], [box.right, north], [box.right, south], [box.left, south]] };
}

function light(pen: CanvasRenderingContext2D, city: Path2D, colours: Record<'glow' | 'border', string>): void {
  for (const { radius, token, strength } of lights) {
    pen.globalAlpha = strength;
    pen.shadowColor = colours[token];
    pen.shadowBlur = radius;
    pen.fillStyle = colours[token];
    pen.fill(city);
  }
  // Inside, the counties have their own colours, and let the ground through at high zooms.
  pen.shadowColor = 'transparent';
  pen.globalAlpha = 1;
  pen.globalCompositeOperation = 'destination-out';
  pen.fill(city);
}

function pathOf(rings: readonly (readonly LonLat[])[], box: Box, { width, height }: HTMLCanvasElement): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    for (const [i, [lon, lat]] of ring.entries()) {
      const x = ((lon - box.left) / (box.right - box.left)) * width;
      const y = ((box.bottom - mercator(lat)) / (box.bottom - box.top)) * height;
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    path.closePath();
  }
  return path;
}

function grown({ left, top, right, bottom }: Box): Box {
  const [dx, dy] = [(right - left) * margin, (bottom - top) * margin];
  return { left: left - dx, top: top - dy, right: right + dx, bottom: bottom + dy };
}

/** Northing of the web map's projection in degrees, and back. */
const mercator = (lat: number): number => (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
const latitude = (northing: number): number => (Math.atan(Math.exp((northing * Math.PI) / 180)) * 360) / Math.PI - 90;
