import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as GlMap, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { drawGlyph, glyphNames, glyphSize } from './glyphs';
import { drawHatch, hatches, hatchName } from './hatches';
import type { Palette } from './palette';
import { Shelf } from './shelf';
import { drawSplit } from './splitSign';

setWorkerUrl(workerUrl);

const mostRings = 300; // 58 kB each
const glyphRatio = 3; // 26 px signs stay sharp on walls of several thousand pixels

/** A map that moves and zooms, and never turns or tilts. Throws where the device has no WebGL. */
export function createCanvas(host: HTMLElement, style: StyleSpecification): GlMap {
  const container = host.appendChild(document.createElement('div'));
  container.style.cssText = 'position:absolute;inset:0';
  const gl = new GlMap({
    container,
    style,
    center: [111.5, 36.15],
    zoom: 8,
    minZoom: 6.5,
    maxZoom: 16,
    maxBounds: [[99, 30], [124, 42]],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    localIdeographFontFamily: "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
    fadeDuration: 0,
    // Of what left the view as much as one view holds is kept, not five: a wall stands for weeks, and the browser keeps the bytes anyway.
    maxTileCacheZoomLevels: 1,
    // As fine as the screen is. Where the graphics card gives less than is asked for, the library notices and takes that.
    maxCanvasSize: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  });
  gl.touchZoomRotate.disableRotation();
  gl.keyboard.disableRotation();
  gl.on('styleimagemissing', () => {});
  gl.on('error', () => {}); // a tile that cannot be read now is read with the next version; the link state tells the user
  return gl;
}

export function addGlyphs(gl: GlMap, palette: Palette): void {
  const side = glyphSize * glyphRatio;
  for (const name of glyphNames) {
    const image = drawGlyph(name, palette, glyphRatio).getContext('2d')?.getImageData(0, 0, side, side);
    if (image !== undefined) gl.addImage(name, image, { pixelRatio: glyphRatio });
  }
  for (const kind of hatches) {
    const image = drawHatch(kind, palette, glyphRatio);
    if (image !== null) gl.addImage(hatchName(kind), image, { pixelRatio: glyphRatio });
  }
  // Rings are split in more ways than one can draw beforehand, and in weeks in more than one can keep.
  const rings = new Shelf(mostRings, 3_600_000);
  gl.setMissingStyleImageResolver((id) => {
    const image = gl.hasImage(id) ? null : drawSplit(id, palette, glyphRatio);
    if (image === null) return;
    gl.addImage(id, image, { pixelRatio: glyphRatio });
    for (const old of rings.put(id, performance.now())) gl.removeImage(old);
  });
}
