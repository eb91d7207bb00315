import type { Map as GlMap, VectorTileSource } from 'maplibre-gl';
import type { ShownLayers } from './layers';
import type { TileSource } from './layers/layer';
import { tilesOf } from './style';

const refreshAfterMs = 900;

/** Keeps the tiles at the place of the log that the page has reached, and asks for the layers that are shown only. */
export class TileFollower {
  private version = -1;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private asked = '';

  constructor(
    private readonly gl: GlMap,
    private readonly shown: () => ShownLayers,
    private readonly isStyled: () => boolean,
  ) {}

  /** Something is still to be asked for. */
  get pending(): boolean {
    return this.timer !== null;
  }

  /** The log moved on: tiles of what changes are read again, once for a burst of events. */
  reach(seq: number): void {
    if (seq === this.version) return;
    const first = this.version < 0;
    this.version = seq;
    this.timer ??= setTimeout(() => this.refresh(), first ? 0 : refreshAfterMs);
  }

  /** Reads the subjects again where version or shown layers are others than before. */
  refresh(): void {
    if (!this.isStyled() || this.version < 0) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const tiles = tilesOf('subjects', this.shown(), this.version);
    if (tiles[0] === this.asked) return;
    this.asked = tiles[0] ?? '';
    this.gl.getSource<VectorTileSource>('subjects')?.setTiles(tiles);
  }

  /** Another import: what only an import changes is old as well. */
  renew(source: TileSource): void {
    this.gl.getSource<VectorTileSource>(source)?.setTiles(tilesOf(source, this.shown(), this.version));
  }
}
