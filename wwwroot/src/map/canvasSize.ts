/** MapLibre's own limit, where nothing better is known: px. */
const cautious: readonly [number, number] = [4096, 4096];

/** What a context says of its limits. */
export interface Limits {
  readonly texture: number;
  readonly renderbuffer: number;
  /** Width and height. */
  readonly viewport: readonly number[];
}

/** The largest canvas, px, that a device draws without being asked to draw less. */
export function canvasWithin({ texture, renderbuffer, viewport: [width, height] }: Limits): [number, number] {
  const side = Math.min(texture, renderbuffer);
  return [Math.max(cautious[0], Math.min(side, width ?? side)), Math.max(cautious[1], Math.min(side, height ?? side))];
}

/** Asks the graphics card, so that a wall of many screens is not drawn coarser than it is. */
export function largestCanvas(): [number, number] {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return [...cautious];
  const size = canvasWithin({ texture: gl.getParameter(gl.MAX_TEXTURE_SIZE) as number, renderbuffer: gl.getParameter(gl.MAX_RENDERBUFFER_SIZE) as number, viewport: [...(gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array)] });
  // Browsers keep only a few contexts alive.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return size;
}
