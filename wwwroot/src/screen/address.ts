import { shownAtFirst, switchableLayers, withFixed, type ShownLayers } from '../map/layers';
import { targetKinds, type MapTarget, type MapView } from '../map/target';
import { isFiltered, readFilter, writeFilter, type CaseFilter } from './filter';
import type { Listing } from './model';

/** What a link to the wall reproduces. No view stands for the whole city, fitted to whatever screen opens the link. */
export interface Address {
  view: MapView | null;
  selected: MapTarget | null;
  layers: ShownLayers;
  /** Of a county's card. */
  listing?: Listing;
  /** Absent without one. */
  filter?: CaseFilter;
  /** Unix ms, whole seconds: the moment that is replayed. */
  time?: number;
  /** Id of the base map. */
  baseMap?: string;
}

export function readAddress(hash: string): Address {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [lon, lat] = (parts.get('c') ?? '').split(',').map(Number);
  const zoom = Number(parts.get('z') ?? Number.NaN);
  const isView = lon !== undefined && lat !== undefined && [lon, lat, zoom].every(Number.isFinite) && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  const [article, page] = ['a', 'p'].map((name) => Number(parts.get(name) ?? 1)) as [number, number];
  const selected = readTarget(parts.get('s') ?? '');
  const filter = readFilter(parts.get('f'));
  return {
    view: isView ? { centre: [lon, lat], zoom } : null,
    selected,
    layers: readLayers(parts.get('l')),
    ...(selected?.kind === 'county' && parts.has('a') && isCount(article) && isCount(page) ? { listing: { article, page } } : {}),
    ...(isFiltered(filter) ? { filter } : {}),
    ...readTime(parts.get('time')),
    ...readBaseMap(parts.get('b')),
  };
}

/** Beijing time, as people here read it. */
function readTime(text: string | null): { time?: number } {
  const said = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)$/.exec(text ?? '');
  const time = said === null ? Number.NaN : Date.parse(`${said[1]}T${said[2]}+08:00`);
  return Number.isNaN(time) ? {} : { time };
}

const readBaseMap = (text: string | null): { baseMap?: string } => (text !== null && /^[\p{L}\p{N}_.-]{1,80}$/u.test(text) ? { baseMap: text } : {});

/** For the address: `2026-11-26T14:05:00` in Beijing. */
const timeText = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 19);

const isCount = (n: number): boolean => Number.isInteger(n) && n > 0 && n < 1e6;

function readTarget(text: string): MapTarget | null {
  const [said, id] = text.split(':');
  const kind = targetKinds.find((k) => k === said);
  return kind !== undefined && id !== undefined && /^[\w-]{1,64}$/.test(id) ? { kind, id } : null;
}

export function writeAddress({ view, selected, layers, listing, filter, time, baseMap }: Address): string {
  const parts: string[] = [];
  if (view !== null) parts.push(`c=${view.centre.map((n) => n.toFixed(4)).join(',')}`, `z=${view.zoom.toFixed(2)}`);
  if (selected !== null) parts.push(`s=${selected.kind}:${selected.id}`);
  if (selected?.kind === 'county' && listing !== undefined) parts.push(`a=${listing.article}`, ...(listing.page > 1 ? [`p=${listing.page}`] : []));
  if (changedLayers(layers) > 0) parts.push(`l=${switchableLayers.filter((l) => layers.has(l.id)).map((l) => l.id).join(',')}`);
  if (filter !== undefined && isFiltered(filter)) parts.push(`f=${writeFilter(filter)}`);
  if (time !== undefined) parts.push(`time=${timeText(time)}`);
  if (baseMap !== undefined) parts.push(`b=${encodeURIComponent(baseMap)}`);
  return parts.length === 0 ? '' : `#${parts.join('&')}`;
}

/** How many layers are not as they are at first. */
export const changedLayers = (layers: ShownLayers): number => switchableLayers.filter((l) => layers.has(l.id) !== l.shownAtFirst).length;

/** The link names every shown layer, so that layers of later versions do not come into an old link. One that names only unknown ones names none. */
function readLayers(names: string | null): ShownLayers {
  const said = names?.split(',') ?? null;
  const isNonsense = names !== '' && said?.some((name) => switchableLayers.some((l) => l.id === name)) === false;
  return said === null || isNonsense ? shownAtFirst : withFixed(said);
}
