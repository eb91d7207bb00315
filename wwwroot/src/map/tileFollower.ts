import type { Map as GlMap, VectorTileSource } from 'maplibre-gl';
import type { ShownLayers } from './layers';
import type { TileSource } from './layers/layer';
import { tilesOf } from './style';

const refreshAfterMs = 500;
/** Monitors speak all the time: their tiles are read again at most this often. */
const readingsEveryMs = 5_000;
/** Tiles that could not be read are asked for again, which the library never does: soon, and ever less often while they fail. */
const failedAfterMs = 5_000;
const failedAtLeastEveryMs = 60_000;
/** What moves with the log; `zones` with the law only, `monitors` with what they send too. */
const moving = ['zones', 'subjects', 'registers', 'monitors'] as const satisfies readonly TileSource[];

/** Where the log's cases and its readings are, and the minute: who falls silent says nothing. */
export interface Reached {
  readonly cases: number;
  readonly monitors: string;
}

interface TilePlace {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Keeps the tiles at the place of the log that the page has reached, and asks for the layers that are shown only.
 *
 * The library forgets a new address in two cases, so none is given then: while a source is being read (what is on its way keeps the old address), and
 * between a change of the style and the frame that follows it (what is then on its way is taken for old data in new clothes). Both end with a frame.
 */
export class TileFollower {
  private version = -1;
  private monitors = '';
  private law = '';
  private filter = '';
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readings: ReturnType<typeof setTimeout> | null = null;
  private readonly asked = new Map<TileSource, string>();
  /** Asked for at a new address, and not all there yet. */
  private readonly read = new Set<TileSource>();
  private waits = false;
  private isRestyled = false;
  private isCut = false;
  private readonly failed = new Map<string, Map<string, TilePlace>>();
  private again: ReturnType<typeof setTimeout> | null = null;
  private pauseMs = failedAfterMs;
  private retriedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly gl: GlMap,
    private readonly shown: () => ShownLayers,
    private readonly isStyled: () => boolean,
  ) {
    gl.on('render', () => {
      this.isRestyled = false;
      for (const source of this.read) if (this.gl.isSourceLoaded(source)) this.read.delete(source);
      if (this.waits) this.refresh();
    });
    gl.on('error', (event) => {
      const { sourceId, tile } = event as { sourceId?: string; tile?: { tileID: { canonical: TilePlace } } };
      if (sourceId === undefined || tile === undefined) return;
      const { z, x, y } = tile.tileID.canonical;
      const places = this.failed.get(sourceId) ?? new Map<string, TilePlace>();
      this.failed.set(sourceId, places.set(`${z}/${x}/${y}`, { z, x, y }));
      this.retryLater();
      if (this.waits) this.refresh();
    });
  }

  /** Something is still to be asked for. */
  get pending(): boolean {
    return this.timer !== null || (this.waits && !this.isCut);
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

  /** Without a connection the map keeps what it has; with it again, what is missing and what is old is read at once. */
  cut(isCut: boolean): void {
    if (isCut === this.isCut) return;
    this.isCut = isCut;
    if (isCut) return;
    this.retriedAt = Number.NEGATIVE_INFINITY;
    this.refresh();
    this.retry();
  }

  /** The style was changed. */
  restyle(): void {
    for (const source of this.read) this.asked.delete(source);
    this.read.clear();
    this.isRestyled = true;
    // A change that changes nothing draws no frame.
    this.gl.triggerRepaint();
    this.refresh();
  }

  /** Reads what moves again where version, filter or shown layers are others than before. */
  refresh(): void {
    if (!this.isStyled() || this.version < 0) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.readings !== null) clearTimeout(this.readings);
    this.readings = null;
    this.waits = false;
    for (const source of moving) {
      const tiles = this.addressOf(source);
      if (tiles[0] === this.asked.get(source)) continue;
      if (this.isCut || this.isRestyled || !this.gl.isSourceLoaded(source)) {
        this.waits = true;
        continue;
      }
      this.asked.set(source, tiles[0] ?? '');
      this.read.add(source);
      this.readAgain(source, tiles);
    }
  }

  /** The style is there, and nothing was read yet. */
  begin(): void {
    if (this.version < 0) return;
    for (const source of moving) {
      const tiles = this.addressOf(source);
      this.asked.set(source, tiles[0] ?? '');
      this.gl.getSource<VectorTileSource>(source)?.setTiles(tiles);
    }
    this.refresh();
  }

  /** Another import: what only an import changes is old as well. */
  renew(source: TileSource): void {
    this.readAgain(source, tilesOf(source, this.shown(), this.version));
  }

  private addressOf(source: (typeof moving)[number]): string[] {
    return tilesOf(source, this.shown(), source === 'zones' ? this.law : source === 'monitors' ? `${this.version}-${this.monitors}` : this.version, source === 'zones' ? '' : this.filter);
  }

  /** In one go: `setTiles` waits a frame, in which much can happen, and leaves a tile that failed before unread for ever. */
  private readAgain(source: TileSource, tiles: string[]): void {
    const kept = this.gl.getSource<VectorTileSource>(source);
    if (kept === undefined) return;
    kept.tiles = tiles;
    this.readFailed(source);
    this.gl.refreshTiles(source);
  }

  private readFailed(source: string): void {
    const places = this.failed.get(source);
    this.failed.delete(source);
    if (places !== undefined && this.gl.getSource(source) !== undefined) this.gl.refreshTiles(source, [...places.values()]);
  }

  private retryLater(): void {
    if (this.again !== null) return;
    this.pauseMs = performance.now() - this.retriedAt < 2 * this.pauseMs ? Math.min(2 * this.pauseMs, failedAtLeastEveryMs) : failedAfterMs;
    this.again = setTimeout(() => this.retry(), this.pauseMs);
  }

  private retry(): void {
    if (this.again !== null) clearTimeout(this.again);
    this.again = null;
    if (this.isCut) return;
    this.retriedAt = performance.now();
    for (const source of this.failed.keys()) this.readFailed(source);
  }
}
