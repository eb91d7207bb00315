import type { Map as GlMap } from 'maplibre-gl';
import type { ShownLabel } from './overlay';
import type { Pixel } from './shapes';

/** A picture of the map with what stands above its canvas. Positions in pixels of the page. */
export interface MapShot {
  readonly canvas: HTMLCanvasElement;
  /** Of the map in pixels of the page; the canvas may have more or fewer. */
  readonly width: number;
  readonly labels: readonly ShownLabel[];
  readonly pin: Pixel | null;
}

const patienceMs = 5000; // a lost context or a hidden page draws no frame

/** A canvas keeps its pixels no longer than the frame that draws them (keeping them costs memory and speed on every frame), so they are copied within it. */
export function takeShot(gl: GlMap): Promise<HTMLCanvasElement | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      gl.off('render', copy);
      resolve(null);
    }, patienceMs);
    const copy = (): void => {
      clearTimeout(late);
      const drawn = gl.getCanvas();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [drawn.width, drawn.height];
      const pen = canvas.getContext('2d');
      pen?.drawImage(drawn, 0, 0);
      resolve(pen === null ? null : canvas);
    };
    void gl.once('render', copy);
    gl.triggerRepaint();
  });
}
