import type { MapTarget, MapView } from '../map/wallMap';

/** What a link to the wall reproduces. No view stands for the whole city, fitted to whatever screen opens the link. */
export interface Address {
  view: MapView | null;
  selected: MapTarget | null;
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
  };
}

export function writeAddress({ view, selected }: Address): string {
  const parts: string[] = [];
  if (view !== null) parts.push(`c=${view.centre.map((n) => n.toFixed(4)).join(',')}`, `z=${view.zoom.toFixed(2)}`);
  if (selected !== null) parts.push(`s=${selected.kind}:${selected.id}`);
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}
