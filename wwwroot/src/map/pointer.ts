import type { Map as GlMap } from 'maplibre-gl';
import type { Drawing } from './drawing';
import { mapLayers } from './layers';
import type { MapListener, MapTarget } from './target';

const reach = 6; // px around the pointer, on a wall whose unit is 10 px

const signLayers = mapLayers.flatMap(({ picks }) => (picks === null || picks.kind === 'county' ? [] : picks.styleLayers.map((id) => ({ id, kind: picks.kind }))));
const countyLayers = mapLayers.flatMap(({ picks }) => (picks?.kind === 'county' ? picks.styleLayers : []));

/** Tells the listener what the mouse or a finger means: the sign under it, else the county. */
export function followPointer(gl: GlMap, drawing: Drawing, listener: MapListener): void {
  let hover: MapTarget | null = null;

  const targetAt = (x: number, y: number): MapTarget | null => {
    if (!drawing.ready) return null;
    const around = reach * drawing.scale;
    const sign = gl.queryRenderedFeatures([[x - around, y - around], [x + around, y + around]], { layers: signLayers.map((l) => l.id) })[0];
    const kind = signLayers.find((l) => l.id === sign?.layer.id)?.kind;
    const id: unknown = sign?.properties['id'];
    const single = Number(sign?.properties['count'] ?? 1) === 1;
    if (kind !== undefined && single && typeof id === 'string' && id !== '') return { kind, id };
    const county = gl.queryRenderedFeatures([x, y], { layers: [...countyLayers] })[0];
    return county === undefined ? null : { kind: 'county', id: String(county.properties['code']) };
  };

  const setHover = (target: MapTarget | null, x: number, y: number): void => {
    const county = (t: MapTarget | null): string | null => (t?.kind === 'county' ? t.id : null);
    const [before, after] = [county(hover), county(target)];
    if (before !== after) {
      if (before !== null) drawing.markCounty(before, { hover: false });
      if (after !== null) drawing.markCounty(after, { hover: true });
    }
    hover = target;
    gl.getCanvas().style.cursor = target === null ? '' : 'pointer';
    listener.hovered(target, x, y);
  };

  gl.on('click', ({ point }) => listener.picked(targetAt(point.x, point.y)));
  gl.on('mousemove', ({ point }) => setHover(targetAt(point.x, point.y), point.x, point.y));
  gl.getCanvas().addEventListener('mouseleave', () => setHover(null, 0, 0));
}
