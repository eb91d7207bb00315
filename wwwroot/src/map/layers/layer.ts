import type { LayerSpecification } from 'maplibre-gl';
import type { GlyphName } from '../glyphs';
import type { Palette } from '../palette';
import type { MapTarget } from '../target';

/** The map knows no language in use: whoever shows a title chooses. */
export interface Title {
  readonly zh: string;
  readonly en: string;
}

/** Tiles that change together come from one source in one request: the ground by import only, subjects with every event. */
export type TileSource = 'counties' | 'subjects';

/** A line of the legend: signs of the map, or the ramp that fills the counties. */
export interface LegendEntry {
  readonly signs: readonly GlyphName[] | 'ramp';
  readonly title: Title;
}

/** All that the page knows about one layer: style, tiles, legend and layer switch follow from it. */
export interface MapLayer {
  /** Stands in links, so it never changes. */
  readonly id: string;
  readonly title: Title;
  /** The server's tile layer; null where the live log is drawn from memory. */
  readonly tiles: { readonly source: TileSource; readonly layer: string } | null;
  readonly shownAtFirst: boolean;
  /** The ground that everything else stands on has no switch. */
  readonly switchable: boolean;
  /** Below it nothing of the layer is drawn; 0 draws it always. */
  readonly minZoom: number;
  readonly legend: readonly LegendEntry[];
  /** Style layers whose features open a card, and of what; features that stand for several do not. */
  readonly picks: { readonly kind: MapTarget['kind']; readonly styleLayers: readonly string[] } | null;
  /** In drawing order; widths and radii in pixels of a wall whose unit is 10 px, times `k`. */
  style(palette: Palette, k: number): LayerSpecification[];
}
