import type { Map as GlMap } from 'maplibre-gl';
import type { BaseMap } from '../api/baseMaps';
import type { Circle } from '../api/registers';
import type { County, Fire, LonLat, Violation } from '../api/types';
import { BaseGround } from './baseGround';
import { sizeOf, type SeverityOf } from './burning';
import { Camera } from './camera';
import { createCanvas } from './canvas';
import { Drawing } from './drawing';
import type { Footprints } from './footprints';
import { glyphSize } from './glyphs';
import type { ShownLayers } from './layers';
import { fires as fireLayer } from './layers/fires';
import { Overlay } from './overlay';
import { readPalette } from './palette';
import { takeShot, type MapShot } from './shot';
import { followPointer } from './pointer';
import { boxAround, type Box } from './shapes';
import { Spots, type Spot } from './spots';
import { wallStyle } from './style';
import type { Reached } from './tileFollower';
import type { MapListener, MapTarget, MapView } from './target';

const widthOfUnit = 10; // px; the unit that the layers' widths are drawn for
const ageEveryMs = 60_000; // a fire's colour ages on a map without news, too
const signsEveryMs = 400; // names make room for new signs at most this often: placing them costs tens of milliseconds
const mostObstacles = 400; // beyond that no place is free anyway

/** The map of the wall; knows nothing of panels but the area that they leave free. */
export class WallMap {
  private readonly gl: GlMap;
  private readonly camera: Camera;
  private readonly drawing: Drawing;
  private readonly overlay: Overlay;
  private readonly spots: Spots;
  private known = new Set<string>();
  private readonly ground: BaseGround;
  private groundTold: (isBroken: boolean) => void = () => {};
  private counties: readonly County[] = [];
  private fires: readonly Fire[] = [];
  private severityOf: SeverityOf = () => 'critical';
  /** Where signs stood when the map last rested: to ask for thousands of them takes a tenth of a second. */
  private signs: readonly LonLat[] = [];
  private arranging = 0;
  private waiting = 0;

  /** Throws where the device has no WebGL. */
  constructor(
    host: HTMLElement,
    private readonly listener: MapListener,
    calm: boolean,
    shown: ShownLayers,
  ) {
    const palette = readPalette();
    this.gl = createCanvas(host, wallStyle(palette, 1, shown));
    this.camera = new Camera(this.gl, calm);
    this.drawing = new Drawing(this.gl, palette, shown);
    this.ground = new BaseGround(this.gl, palette, (isBroken) => this.groundTold(isBroken));
    const overlayHost = host.appendChild(document.createElement('div'));
    overlayHost.className = 'overlay';
    overlayHost.ariaHidden = 'true'; // the ranking says the same to those who cannot see the map
    this.overlay = new Overlay(overlayHost, {
      toPixel: (p) => { const at = this.gl.project(p); return [at.x, at.y]; },
      toPosition: (p) => { const at = this.gl.unproject([p[0], p[1]]); return [at.lng, at.lat]; },
    });
    this.spots = new Spots((p) => { const at = this.gl.project(p); return [at.x, at.y]; }, { picked: (target) => listener.picked(target), focused: (position) => this.camera.reveal(position) });
    host.append(this.spots.element);
    followPointer(this.gl, this.drawing, listener);
    this.wire();
    setInterval(() => this.drawing.setFires(this.fires, this.severityOf), ageEveryMs);
  }

  private wire(): void {
    this.gl.on('move', () => {
      this.overlay.follow();
      this.spots.follow();
    });
    // Signs come with their tiles, after the map rests; names make room for those that were not there before.
    this.gl.on('idle', () => {
      const signs = this.drawing.drawnSigns;
      if (signs.join(' ') === this.signs.join(' ')) return;
      this.signs = signs;
      this.rearrangeSoon();
    });
    this.gl.on('moveend', (event) => {
      // Only what the user did (wheel, drag, keys) leaves the whole-city view.
      if ('originalEvent' in event && event.originalEvent !== undefined) this.camera.home = false;
      this.rearrange();
      this.listener.rested(this.camera.home ? null : this.camera.view, this.camera.view.zoom);
    });
  }

  /** The map as it is drawn next. Null where it draws no more. */
  async take(): Promise<MapShot | null> {
    const canvas = await takeShot(this.gl);
    return canvas === null ? null : { canvas, width: this.gl.getCanvas().clientWidth, ...this.overlay.shown };
  }

  label(text: string): void {
    this.gl.getCanvas().setAttribute('aria-label', text);
  }

  /** Everything asked for is loaded and drawn. */
  get idle(): boolean {
    return this.drawing.ready && this.waiting === 0 && !this.drawing.tiles.pending && !this.gl.isMoving() && this.gl.areTilesLoaded() && this.gl.loaded();
  }

  get drawnFires(): string[] {
    return this.drawing.drawnFires;
  }

  get drawnAttributed(): string[] {
    return this.drawing.drawnAttributed;
  }

  get drawnZones(): string[] {
    return this.drawing.drawnZones;
  }

  get drawnCases(): number {
    return this.drawing.drawnCases;
  }

  get drawnMonitors(): Record<string, string> {
    return this.drawing.drawnMonitors;
  }

  get zoom(): number {
    return this.camera.view.zoom;
  }

  setCounties(counties: readonly County[], nameOf: (county: County) => string): void {
    const first = this.counties.length === 0;
    this.counties = counties;
    this.overlay.setCounties(counties, nameOf);
    this.drawing.setCounties(counties);
    if (first && this.camera.home) this.camera.goHome(counties, false);
    else this.rearrange();
  }

  /** What burns now. A fire that was not there before pulses, whatever layers are shown; those of the first call are no news. */
  setFires(fires: readonly Fire[], announce: boolean, severityOf: SeverityOf): void {
    this.fires = fires;
    this.severityOf = severityOf;
    for (const fire of fires) if (announce && !this.known.has(fire.id)) this.overlay.pulse(fire.geometry.coordinates);
    this.known = new Set(fires.map((fire) => fire.id));
    this.drawing.setFires(fires, severityOf);
    this.rearrangeSoon();
  }

  /** A moment of the past instead of the present, or the present again. Returns how many violations are too many to draw. */
  setPast(violations: readonly Violation[] | null, moment: number | null): number {
    return this.drawing.setPast(violations, moment);
  }

  /** Which cases the tiles show: see `Drawing.setFilter`. */
  setFilter(filter: string, left: { cases: boolean; violations: boolean }): void {
    this.drawing.setFilter(filter, left);
    this.rearrange();
  }

  get drawnPast(): string[] {
    return this.drawing.drawnPast;
  }

  /** The place in the log that the tiles shall show. */
  setVersion(reached: Reached): void {
    this.drawing.tiles.reach(reached);
  }

  /** Names the law that zones and heat radii show. */
  setLaw(law: string): void {
    this.drawing.tiles.reachLaw(law);
  }

  /** Without a connection the map keeps what it has. */
  setCut(isCut: boolean): void {
    this.drawing.tiles.cut(isCut);
  }

  setRadii(radii: readonly Circle[]): void {
    this.drawing.setRadii(radii);
  }

  setFootprints(shown: Footprints | null): void {
    this.drawing.setFootprints(shown);
  }

  setLayers(shown: ShownLayers): void {
    this.drawing.setShown(shown);
    this.rearrange();
  }

  /** The pixels that no panel covers, and the wall's unit in pixels. */
  setFree(free: Box, unit: number, refit: boolean): void {
    this.camera.free = free;
    // Both throw away what is drawn, or look at every layer, where nothing changes, too.
    const [canvas, host] = [this.gl.getCanvas(), this.gl.getContainer()];
    if (canvas.clientWidth !== host.clientWidth || canvas.clientHeight !== host.clientHeight) this.gl.resize();
    if (unit / widthOfUnit !== this.drawing.scale) this.drawing.setScale(unit / widthOfUnit);
    if (refit && this.camera.home) this.camera.goHome(this.counties, false);
    else this.rearrange();
  }

  /** Null shows none. */
  setBaseMap(map: BaseMap | null, told: (isBroken: boolean) => void): void {
    this.groundTold = told;
    void this.ground.show(map);
  }

  select(target: MapTarget | null): void {
    this.drawing.select(target);
  }

  /** What the keyboard reaches on the map, in this order. */
  setSpots(label: string, spots: readonly Spot[]): void {
    this.spots.set(label, spots);
  }

  goHome(): void {
    this.overlay.pin(null);
    this.camera.goHome(this.counties, true);
  }

  flyToCounty(code: string): void {
    const county = this.counties.find((c) => c.properties.code === code);
    if (county !== undefined) this.camera.flyToCounty(county);
  }

  /** To a place, or so that all of an area is in view. */
  flyTo(places: readonly LonLat[]): void {
    const [first, ...more] = places;
    if (first === undefined) return;
    if (more.length === 0) this.camera.flyTo(first);
    else this.camera.flyAround(places);
  }

  /** Marks a place that was searched for, and goes there. */
  pin(position: LonLat): void {
    this.overlay.pin(position);
    this.flyTo([position]);
  }

  show(view: MapView): void {
    this.camera.show(view);
  }

  zoomBy(steps: number): void {
    this.camera.zoomBy(steps);
  }

  private rearrangeSoon(): void {
    if (this.waiting !== 0) return;
    this.waiting = window.setTimeout(() => {
      this.waiting = 0;
      this.rearrange();
    }, signsEveryMs);
  }

  private rearrange(): void {
    if (this.arranging !== 0) return;
    this.arranging = requestAnimationFrame(() => {
      this.arranging = 0;
      if (!this.gl.isMoving()) this.overlay.arrange([...this.obstacles()], this.camera.free);
    });
  }

  /** The signs that a county's name must not cover. */
  private *obstacles(): Generator<Box> {
    const { shown, scale } = this.drawing;
    const box = (position: LonLat, side: number): Box => {
      const at = this.gl.project(position);
      return boxAround([at.x, at.y], side * scale, side * scale);
    };
    if (shown.has(fireLayer.id)) {
      for (const { geometry, properties } of this.fires.slice(0, mostObstacles)) yield box(geometry.coordinates, glyphSize * (1.1 + 0.6 * sizeOf(properties)));
    }
    for (const position of this.signs.slice(0, mostObstacles)) yield box(position, glyphSize);
  }
}
