import type { Map as GlMap, MapGeoJSONFeature } from 'maplibre-gl';
import type { Drawing } from './drawing';
import { mapLayers } from './layers';
import { seenOn } from './seen';
import type { MapListener, MapTarget, Told } from './target';

const reach = 6; // px around the pointer, on a wall whose unit is 10 px

interface Found {
  target: MapTarget;
  told: Told;
}

const pickable = mapLayers.flatMap(({ picks }) => (picks === null ? [] : picks.styleLayers.map((id) => ({ id, kind: picks.kind, ground: picks.ground === true }))));
const signLayers = pickable.filter((l) => !l.ground).map((l) => l.id);
const groundLayers = pickable.filter((l) => l.ground).map((l) => l.id);

/** Null for what stands for several things and names none of them. */
function foundOf({ layer, properties }: MapGeoJSONFeature): Found | null {
  const kind = pickable.find((l) => l.id === layer.id)?.kind;
  const id: unknown = properties[kind === 'county' ? 'code' : 'id'];
  return kind !== undefined && typeof id === 'string' && id !== '' ? { target: { kind, id }, told: properties } : null;
}

/** Tells the listener what the mouse or a finger means: the sign under it, else the zone, else the county. */
export function followPointer(gl: GlMap, drawing: Drawing, listener: MapListener): void {
  let hover: MapTarget | null = null;

  const targetAt = (x: number, y: number): Found | null => {
    if (!drawing.ready) return null;
    const around = reach * drawing.scale;
    const signs = seenOn(gl, signLayers, [[x - around, y - around], [x + around, y + around]]);
    const ground = seenOn(gl, groundLayers, [x, y]);
    return (signs[0] === undefined ? null : foundOf(signs[0])) ?? (ground[0] === undefined ? null : foundOf(ground[0]));
  };

  const setHover = (found: Found | null, x: number, y: number): void => {
    const county = (t: MapTarget | null | undefined): string | null => (t?.kind === 'county' ? t.id : null);
    const [before, after] = [county(hover), county(found?.target)];
    if (before !== after) {
      if (before !== null) drawing.markCounty(before, { hover: false });
      if (after !== null) drawing.markCounty(after, { hover: true });
    }
    hover = found?.target ?? null;
    gl.getCanvas().style.cursor = hover === null ? '' : 'pointer';
    listener.hovered(hover, x, y, found?.told ?? {});
  };

  gl.on('click', ({ point }) => listener.picked(targetAt(point.x, point.y)?.target ?? null));
  gl.on('mousemove', ({ point }) => setHover(targetAt(point.x, point.y), point.x, point.y));
  // What was under a resting mouse is elsewhere now.
  gl.on('zoomstart', () => setHover(null, 0, 0));
  gl.getCanvas().addEventListener('mouseleave', () => setHover(null, 0, 0));
}
