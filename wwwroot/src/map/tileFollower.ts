import type { Map as GlMap, VectorTileSource } from 'maplibre-gl';
import type { ShownLayers } from './layers';
import type { TileSource } from './layers/layer';
import { tilesOf } from './style';

const refreshAfterMs = 500;
/** Monitors speak all the time: their tiles are read again at most this often. */
const readingsEveryMs = 5_000;
/** What moves with the log; `zones` with the law only, `monitors` with what they send too. */
const moving = ['zones', 'subjects', 'registers', 'monitors'] as const satisfies readonly TileSource[];

/** Where the log's cases and its readings are, and the minute: who falls silent says nothing. */
export interface Reached {
  readonly cases: number;
  readonly monitors: string;
}

/** Keeps the tiles at the place of the log that the page has reached, and asks for the layers that are shown only. */
export class TileFollower {
  private version = -1;
  private monitors = '';
  private law = '';
  private filter = '';
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readings: ReturnType<typeof setTimeout> | null = null;
  private readonly asked = new Map<TileSource, string>();

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
  reach({ cases, monitors }: Reached): void {
    const first = this.version < 0;
    if (cases !== this.version) {
      this.version = cases;
      this.timer ??= setTimeout(() => this.refresh(), first ? 0 : refreshAfterMs);
    }
    if (monitors === this.monitors) return;
    this.monitors = monitors;
    if (!first) this.readings ??= setTimeout(() => this.refresh(), readingsEveryMs);
  }

  /** Another law is in force: zones are read again at once. */
  reachLaw(law: string): void {
    if (law === this.law) return;
    this.law = law;
    this.refresh();
  }

  /** Other cases are looked at. */
  narrow(filter: string): void {
    if (filter === this.filter) return;
    this.filter = filter;
    this.refresh();
  }

  /** Reads what moves again where version or shown layers are others than before. */
  refresh(): void {
    if (!this.isStyled() || this.version < 0) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.readings !== null) clearTimeout(this.readings);
    this.readings = null;
    for (const source of moving) {
      const tiles = tilesOf(source, this.shown(), source === 'zones' ? this.law : source === 'monitors' ? `${this.version}-${this.monitors}` : this.version, source === 'zones' ? '' : this.filter);
      if (tiles[0] === this.asked.get(source)) continue;
      this.asked.set(source, tiles[0] ?? '');
      this.gl.getSource<VectorTileSource>(source)?.setTiles(tiles);
    }
  }

  /** Another import: what only an import changes is old as well. */
  renew(source: TileSource): void {
    this.gl.getSource<VectorTileSource>(source)?.setTiles(tilesOf(source, this.shown(), this.version));
  }
}
