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
  /** The map is still reading what it was asked for before. */
  private waits = false;
  private retry: ReturnType<typeof setTimeout> | null = null;
  /** Asked for, and not yet begun to be read. */
  private readonly taken = new Set<TileSource>();

  constructor(
    private readonly gl: GlMap,
    private readonly shown: () => ShownLayers,
    private readonly isStyled: () => boolean,
  ) {
    const again = (): void => { if (this.waits) this.refresh(); };
    gl.on('sourcedata', ({ sourceId, sourceDataType, isSourceLoaded }) => {
      if (sourceDataType === 'content') this.taken.delete(sourceId as TileSource);
      if (isSourceLoaded) again();
    });
    gl.on('idle', again);
  }

  /** Something is still to be asked for. */
  get pending(): boolean {
    return this.timer !== null || this.waits;
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

  /** The style is changed: the library forgets to read what it has not begun to, so it is asked once more. */
  restyle(): void {
    for (const source of this.taken) this.asked.delete(source);
    this.taken.clear();
    this.refresh();
  }

  /**
   * Reads what moves again where version, filter or shown layers are others than before. While the map still reads, or is about to follow another
   * style, it is asked later: the library would keep the answers to the old address and never ask at the new one.
   * @param isFirst Nothing was read yet.
   */
  refresh(isFirst = false): void {
    if (!this.isStyled() || this.version < 0) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.readings !== null) clearTimeout(this.readings);
    this.readings = null;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    this.waits = false;
    const isBusy = !isFirst && this.gl.isStyleLoaded() !== true;
    for (const source of moving) {
      const tiles = tilesOf(source, this.shown(), source === 'zones' ? this.law : source === 'monitors' ? `${this.version}-${this.monitors}` : this.version, source === 'zones' ? '' : this.filter);
      if (tiles[0] === this.asked.get(source)) continue;
      if (isBusy) {
        this.waits = true;
        continue;
      }
      this.asked.set(source, tiles[0] ?? '');
      if (!isFirst) this.taken.add(source);
      this.gl.getSource<VectorTileSource>(source)?.setTiles(tiles);
    }
    // Of tiles that could not be read nothing is told.
    if (this.waits) this.retry = setTimeout(() => this.refresh(), refreshAfterMs);
  }

  /** Another import: what only an import changes is old as well. */
  renew(source: TileSource): void {
    this.gl.getSource<VectorTileSource>(source)?.setTiles(tilesOf(source, this.shown(), this.version));
  }
}
