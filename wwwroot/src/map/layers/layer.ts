import type { LayerSpecification } from 'maplibre-gl';
import type { GlyphName } from '../glyphs';
import type { Palette } from '../palette';
import type { MapTarget } from '../target';

/** The map knows no language in use: whoever shows a title chooses. */
export interface Title {
  readonly zh: string;
  readonly en: string;
}

/**
 * Tiles that change together come from one source in one request: the ground by import only, zones with the law, cases with every event,
 * and so the entries of registers, which are not asked for far out; monitors, which all speak every minute, by themselves.
 */
export type TileSource = 'counties' | 'zones' | 'subjects' | 'registers' | 'monitors';

/** A line of the legend: signs of the map, or the ramp that fills the counties. */
export interface LegendEntry {
  readonly signs: readonly GlyphName[] | 'ramp';
  readonly title: Title;
}

export const layerGroups = ['cases', 'zones', 'registers'] as const;
export type LayerGroup = (typeof layerGroups)[number];

/** All that the page knows about one layer: style, tiles, legend and layer switch follow from it. */
export interface MapLayer {
  /** Stands in links, so it never changes. */
  readonly id: string;
  readonly title: Title;
  /** Where the layer switch lists it. */
  readonly group: LayerGroup;
  /** The server's tile layer; null where what the page holds itself is drawn. */
  readonly tiles: { readonly source: TileSource; readonly layer: string } | null;
  readonly shownAtFirst: boolean;
  /** The ground that everything else stands on has no switch. */
  readonly switchable: boolean;
  /** Below it nothing of the layer is drawn; 0 draws it always. */
  readonly minZoom: number;
  readonly legend: readonly LegendEntry[];
  /** Style layers whose features open a card, and of what; features that stand for several do not. */
  readonly picks: { readonly kind: MapTarget['kind']; readonly styleLayers: readonly string[]; readonly ground?: boolean } | null;
  /** Where the mark of the chosen thing is set; null where nothing is marked. */
  readonly marks?: { readonly kind: MapTarget['kind']; readonly source: string; readonly sourceLayer?: string };
  /** In drawing order; widths and radii in pixels of a wall whose unit is 10 px, times `k`. */
  style(palette: Palette, k: number): LayerSpecification[];
}
