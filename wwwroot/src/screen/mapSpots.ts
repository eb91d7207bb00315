import type { Fire } from '../api/types';
import { language, words } from '../i18n';
import { tourWords } from '../i18n/tour';
import type { Spot } from '../map/spots';
import type { WallMap } from '../map/wallMap';
import { countyName, type Model } from './model';
import { ranked } from './ranking';

const mostFires = 60; // the lists have the others

/** What the keyboard finds on the map: fires, the newest first, then the counties as they are ranked. */
export function spotsOf(model: Model): Spot[] {
  const w = tourWords();
  // The server writes all times with one offset.
  const newest = (a: Fire, b: Fire): number => b.properties.lastSeenAt.localeCompare(a.properties.lastSeenAt) || a.id.localeCompare(b.id);
  const fires = [...(model.state?.fires.values() ?? [])].sort(newest).slice(0, mostFires).map((fire): Spot => ({
    target: { kind: 'fire', id: fire.id },
    name: w.spotFire(countyName(model, fire.properties.county), words().fireStatus[fire.properties.status]),
    position: fire.geometry.coordinates,
  }));
  const counties = ranked(model.numbers?.counties ?? []).map(({ properties: { code, label, summary } }): Spot => ({
    target: { kind: 'county', id: code },
    name: w.spotCounty(countyName(model, code), summary.open, summary.burning),
    position: label,
  }));
  return [...fires, ...counties];
}

/** Keeps them on the map as they are on the screen; asked at every drawing. */
export function createMapSpots(model: Model, map: () => WallMap | null): () => void {
  let drawn: readonly unknown[] = [];
  return () => {
    const now = [map(), model.state?.fires, model.numbers, language()];
    if (now.every((part, i) => part === drawn[i])) return;
    drawn = now;
    map()?.setSpots(tourWords().spots, spotsOf(model));
  };
}
