import { shownAtFirst, switchableLayers, withFixed, type ShownLayers } from '../map/layers';
import type { MapTarget, MapView } from '../map/target';

/** What a link to the wall reproduces. No view stands for the whole city, fitted to whatever screen opens the link. */
export interface Address {
  view: MapView | null;
  selected: MapTarget | null;
  layers: ShownLayers;
}

export function readAddress(hash: string): Address {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [lon, lat] = (parts.get('c') ?? '').split(',').map(Number);
  const zoom = Number(parts.get('z') ?? Number.NaN);
  const [kind, id] = (parts.get('s') ?? '').split(':');
  const isView = lon !== undefined && lat !== undefined && [lon, lat, zoom].every(Number.isFinite) && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  return {
    view: isView ? { centre: [lon, lat], zoom } : null,
    selected: (kind === 'county' || kind === 'fire') && id !== undefined && /^[\w-]{1,64}$/.test(id) ? { kind, id } : null,
    layers: readLayers(parts.get('l')),
  };
}

export function writeAddress({ view, selected, layers }: Address): string {
  const parts: string[] = [];
  if (view !== null) parts.push(`c=${view.centre.map((n) => n.toFixed(4)).join(',')}`, `z=${view.zoom.toFixed(2)}`);
  if (selected !== null) parts.push(`s=${selected.kind}:${selected.id}`);
  if (changedLayers(layers) > 0) parts.push(`l=${switchableLayers.filter((l) => layers.has(l.id)).map((l) => l.id).join(',')}`);
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

/** How many layers are not as they are at first. */
export const changedLayers = (layers: ShownLayers): number => switchableLayers.filter((l) => layers.has(l.id) !== l.shownAtFirst).length;

/** The link names every shown layer, so that layers of later versions do not come into an old link. */
function readLayers(names: string | null): ShownLayers {
  return names === null ? shownAtFirst : withFixed(names.split(','));
}
