import { attributed } from './attributed';
import { counties } from './counties';
import { ended } from './ended';
import { fires } from './fires';
import { heatRadii } from './heatRadii';
import { history } from './history';
import type { MapLayer } from './layer';
import { registerLayers } from './registers';
import { violations } from './violations';
import { zoneLayers } from './zones';

/** Every layer of the map, in drawing order. A new one is a file beside this one and a place in this list. */
export const mapLayers: readonly MapLayer[] = [counties, ...zoneLayers, heatRadii, history, attributed, ended, violations, ...registerLayers, fires];

/** Ids of the layers that are drawn. */
export type ShownLayers = ReadonlySet<string>;

export const shownAtFirst: ShownLayers = new Set(mapLayers.filter((l) => l.shownAtFirst).map((l) => l.id));

/** These of the layers that have a switch, and all that have none. */
export const withFixed = (ids: Iterable<string>): ShownLayers => {
  const wanted = new Set(ids);
  return new Set(mapLayers.filter((l) => !l.switchable || wanted.has(l.id)).map((l) => l.id));
};

/** Topmost first, as people list layers. */
export const switchableLayers: readonly MapLayer[] = mapLayers.filter((l) => l.switchable).toReversed();
