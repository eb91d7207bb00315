import type { ExpressionSpecification, GeoJSONSource, Map as GlMap } from 'maplibre-gl';
import type { Circle } from '../api/registers';
import type { County, Fire, LonLat, Violation } from '../api/types';
import { burningFeatures, type SeverityOf } from './burning';
import { addGlyphs } from './canvas';
import { footprintFeatures, footprintSource, footprintStyle, type Footprints } from './footprints';
import { drawGlow } from './glow';
import { mapLayers, type ShownLayers } from './layers';
import { fireSigns } from './layers/fires';
import type { TileSource } from './layers/layer';
import type { Palette } from './palette';
import { pastFeatures } from './past';
import { radiusFeatures } from './radii';
import { seenOn } from './seen';
import type { MapTarget } from './target';
import { TileFollower } from './tileFollower';

const glowId = 'city-glow';
const monitorSigns = mapLayers.flatMap(({ picks }) => (picks?.kind === 'monitor' ? picks.styleLayers : []));
const pointSigns = mapLayers.flatMap(({ id, picks }) => (picks === null || picks.ground === true || picks.kind === 'zone' || picks.kind === 'fire' ? [] : id === 'violations' ? [...picks.styleLayers, 'violations-split', 'violations-past-split'] : picks.styleLayers));
/** Their tiles know the present only, and are put away while a moment of the past is shown. */
const presentOnly: ReadonlySet<string> = new Set(['subjects', 'registers', 'monitors'] satisfies TileSource[]);
const attributedSigns = mapLayers.flatMap(({ id, picks }) => (id === 'attributed' ? (picks?.styleLayers ?? []) : []));
const caseSigns = ['violations', 'violations-split'];
const zoneSigns = mapLayers.flatMap(({ picks }) => (picks?.kind === 'zone' ? picks.styleLayers : []));

/** What stands on the canvas. Asked for before the style is there, it is drawn once it is. */
export class Drawing {
  readonly tiles: TileFollower;
  scale = 1;
  ready = false;
  private counties: readonly County[] = [];
  private fires: readonly Fire[] = [];
  private severityOf: SeverityOf = () => 'critical';
  private radii: readonly Circle[] = [];
  private footprints: Footprints | null = null;
  private selected: MapTarget | null = null;
  private shape = '';
  /** What a filter leaves. */
  private left = { cases: false, violations: true };
  /** Of the moment that is replayed; null in the present. */
  private past: readonly Violation[] | null = null;
  /** Unix ms: by which fires age. */
  private now: number | null = null;

  constructor(
    private readonly gl: GlMap,
    private readonly palette: Palette,
    public shown: ShownLayers,
  ) {
    this.tiles = new TileFollower(gl, () => this.shown, () => this.ready);
    gl.on('style.load', () => this.begin());
  }

  private begin(): void {
    addGlyphs(this.gl, this.palette);
    this.ready = true;
    this.setScale(this.scale);
    this.setShown(this.shown);
    this.setFires(this.fires, this.severityOf);
    this.setRadii(this.radii);
    this.setFootprints(this.footprints);
    this.setCounties(this.counties);
    this.select(this.selected);
    this.setPast(this.past, this.now);
    this.tiles.begin();
  }

  /** Violations of a moment of the past instead of the tiles of the present; null shows the present. Returns how many are too many to draw. */
  setPast(violations: readonly Violation[] | null, moment: number | null): number {
    const turns = (violations === null) !== (this.past === null);
    [this.past, this.now] = [violations, moment];
    const { drawn, notDrawn } = pastFeatures(violations ?? []);
    if (this.ready) void this.gl.getSource<GeoJSONSource>('past')?.setData(drawn);
    if (turns) this.setShown(this.shown);
    return notDrawn;
  }

  /**
   * What the tiles are asked for.
   * @param left `cases`: of cases something is asked that entries of registers and ended fires have no part in, so that they are put away. `violations`: some of them can match.
   */
  setFilter(filter: string, left: { cases: boolean; violations: boolean }): void {
    const turns = left.cases !== this.left.cases || left.violations !== this.left.violations;
    this.left = left;
    if (turns) this.setShown(this.shown);
    this.tiles.narrow(filter);
  }

  /** Ids of the burning fires that the last frame shows. */
  get drawnFires(): string[] {
    return this.idsIn(fireSigns);
  }

  /** Ids of the fires that heat sources explain and that the last frame shows. */
  get drawnAttributed(): string[] {
    return this.idsIn(attributedSigns);
  }

  /** Ids of the zones that the last frame shows, heat radii included. */
  get drawnZones(): string[] {
    return this.idsIn(zoneSigns);
  }

  private idsIn(layers: string[]): string[] {
    return this.ready ? [...new Set(seenOn(this.gl, layers).map((f) => String(f.properties['id'])))] : [];
  }

  /** How many violations of subjects the signs of the last frame stand for, those of rings included. */
  get drawnCases(): number {
    if (!this.ready) return 0;
    const drawn = seenOn(this.gl, caseSigns).map(({ geometry, properties }) => [`${properties['id']} ${JSON.stringify(geometry)}`, Number(properties['count'] ?? 1)] as const);
    return [...new Map(drawn).values()].reduce((sum, count) => sum + count, 0);
  }

  /** State of each dust monitor that the last frame shows, by id. */
  get drawnMonitors(): Record<string, string> {
    if (!this.ready) return {};
    const drawn = seenOn(this.gl, monitorSigns);
    return Object.fromEntries(drawn.map((f) => [String(f.properties['id']), String(f.properties['state'])]));
  }

  /** Ids of the single violations of a replayed moment that the last frame shows. */
  get drawnPast(): string[] {
    if (!this.ready || this.past === null) return [];
    return [...new Set(seenOn(this.gl, ['violations-past']).map((f) => String(f.properties['id'])))];
  }

  /** Where the last frame shows signs of cases and entries, single or summed. */
  get drawnSigns(): LonLat[] {
    if (!this.ready) return [];
    const drawn = seenOn(this.gl, pointSigns);
    const places = drawn.flatMap(({ geometry }) => (geometry.type === 'Point' ? [geometry.coordinates as [number, number]] : []));
    return [...new Map(places.map((at) => [at.join(), at])).values()];
  }

  setCounties(counties: readonly County[]): void {
    this.counties = counties;
    if (!this.ready) return;
    this.drawGlow();
    for (const { properties } of counties) this.markCounty(properties.code, { open: properties.summary.open });
  }

  private drawGlow(): void {
    const shape = this.counties.map((c) => c.properties.areaSquareKilometres).join();
    if (shape === this.shape) return;
    // Another shape is another import: the tiles of the counties are old as well.
    if (this.shape !== '') this.tiles.renew('counties');
    this.shape = shape;
    if (this.gl.getLayer(glowId) !== undefined) this.gl.removeLayer(glowId).removeSource(glowId);
    if (this.counties.length === 0) return;
    const { canvas, corners } = drawGlow(this.counties, this.palette);
    this.gl.addSource(glowId, { type: 'canvas', canvas, coordinates: corners, animate: false });
    // Close by, the border is enough.
    const opacity: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 9.5, 1, 12, 0.25];
    this.gl.addLayer({ id: glowId, type: 'raster', source: glowId, paint: { 'raster-opacity': opacity, 'raster-fade-duration': 0 } }, this.gl.getLayersOrder()[0]);
  }

  markCounty(code: string, state: Record<string, unknown>): void {
    if (this.ready) this.gl.setFeatureState({ source: 'counties', sourceLayer: 'counties', id: code }, state);
  }

  /** In the colours of their age by now. */
  setFires(fires: readonly Fire[], severityOf: SeverityOf): void {
    this.fires = fires;
    this.severityOf = severityOf;
    if (this.ready) void this.gl.getSource<GeoJSONSource>('burning')?.setData(burningFeatures(fires, this.now ?? Date.now(), severityOf));
  }

  setRadii(radii: readonly Circle[]): void {
    this.radii = radii;
    if (this.ready) void this.gl.getSource<GeoJSONSource>('radii')?.setData(radiusFeatures(radii));
  }

  /** Of the open fire; null clears them. */
  setFootprints(shown: Footprints | null): void {
    this.footprints = shown;
    if (this.ready) void this.gl.getSource<GeoJSONSource>(footprintSource)?.setData(footprintFeatures(shown));
  }

  setShown(shown: ShownLayers): void {
    this.shown = shown;
    if (!this.ready) return;
    for (const layer of mapLayers) {
      for (const drawn of layer.style(this.palette, this.scale)) {
        const isThen = this.past === null || !('source' in drawn) || !presentOnly.has(drawn.source);
        const isLeft = !('source' in drawn) || !presentOnly.has(drawn.source) || (layer.id === 'violations' ? this.left.violations : !this.left.cases);
        this.gl.setLayoutProperty(drawn.id, 'visibility', shown.has(layer.id) && isThen && isLeft ? 'visible' : 'none');
      }
    }
    this.tiles.restyle();
  }

  /** Widths, radii and signs follow the wall's unit. */
  setScale(scale: number): void {
    this.scale = scale;
    if (!this.ready) return;
    for (const drawn of [...mapLayers.flatMap((l) => l.style(this.palette, scale)), ...footprintStyle(this.palette, scale)]) {
      const { paint = {}, layout = {} } = drawn as { paint?: Record<string, unknown>; layout?: Record<string, unknown> };
      for (const [name, value] of Object.entries(paint)) {
        if (/-(?:width|blur|radius|translate)$/.test(name)) this.gl.setPaintProperty(drawn.id, name as 'line-width', value as number);
      }
      for (const name of ['icon-size', 'text-size'] as const) if (name in layout) this.gl.setLayoutProperty(drawn.id, name, layout[name] as number);
    }
    this.tiles.restyle();
  }

  select(target: MapTarget | null): void {
    if (this.selected !== null) this.mark(this.selected, false);
    this.selected = target;
    if (target !== null) this.mark(target, true);
  }

  private mark({ kind, id }: MapTarget, selected: boolean): void {
    if (!this.ready) return;
    for (const place of markPlaces.filter((m) => m.kind === kind)) this.gl.setFeatureState({ ...place, id }, { selected });
  }
}

/** Where the mark of a kind of thing is set, each source once. */
const markPlaces = [...new Map(mapLayers.flatMap(({ marks }) => (marks === undefined ? [] : [[`${marks.source}/${marks.sourceLayer ?? ''}`, marks] as const]))).values()];
