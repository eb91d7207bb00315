import 'maplibre-gl/dist/maplibre-gl.css';
import { Map as GlMap, setWorkerUrl, type GeoJSONSource, type MapGeoJSONFeature, type VectorTileSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { County, Fire, LonLat } from '../api/types';
import { drawGlyph, glyphNames, glyphSize } from './glyphs';
import { Overlay } from './overlay';
import { cityOutline } from './outline';
import { ageClass, readPalette, type Palette } from './palette';
import { boundsOf, boxAround, thinnedRings, type Box } from './shapes';
import { countyTiles, scaledLayers, subjectTiles, wallStyle } from './style';

setWorkerUrl(workerUrl);

export interface MapTarget {
  kind: 'county' | 'fire';
  id: string;
}

export interface MapView {
  centre: LonLat;
  zoom: number;
}

export interface MapListener {
  picked(target: MapTarget | null): void;
  hovered(target: MapTarget | null, x: number, y: number): void;
  /** The view came to rest; null stands for the whole city. */
  rested(view: MapView | null): void;
}

const glyphRatio = 3; // 26 px signs stay sharp on walls of several thousand pixels
const refreshAfterMs = 900;
const outlineTolerance = 0.035; // degrees, about 3.5 km: a glow has no details
const closestFit = 11.5;
const fireZoom = 12;
const widthOfUnit = 10; // px; the unit that the style's widths are drawn for
const diamondSize = 16; // px
const mostObstacles = 400; // beyond that no place is free anyway
const fireLayers = ['fire-core', 'fire-suspected'];
const endedLayers = ['ended', 'history'];

/** The map of the wall: counties, fires and violations; knows nothing of panels but the area that they leave free. */
export class WallMap {
  private readonly gl: GlMap;
  private readonly overlay: Overlay;
  private readonly palette: Palette = readPalette();
  private readonly known = new Set<string>();
  private counties: readonly County[] = [];
  private fires: readonly Fire[] = [];
  private open: readonly LonLat[] = [];
  private free: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private home = true;
  private scale = 1;
  private version = -1;
  private outlined = '';
  private refreshing: ReturnType<typeof setTimeout> | null = null;
  private arranging = 0;
  private hover: MapTarget | null = null;
  private selected: MapTarget | null = null;
  private styled = false;

  /** Throws where the device has no WebGL. */
  constructor(
    host: HTMLElement,
    private readonly listener: MapListener,
    private readonly calm: boolean,
  ) {
    const canvasHost = host.appendChild(document.createElement('div'));
    canvasHost.style.cssText = 'position:absolute;inset:0';
    const overlayHost = host.appendChild(document.createElement('div'));
    overlayHost.className = 'overlay';
    overlayHost.ariaHidden = 'true'; // the ranking says the same to those who cannot see the map
    this.gl = new GlMap({
      container: canvasHost,
      style: wallStyle(this.palette, this.scale),
      center: [111.5, 36.15],
      zoom: 8,
      minZoom: 6.5,
      maxZoom: 16,
      maxBounds: [[99, 30], [124, 42]],
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      localIdeographFontFamily: "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
      fadeDuration: 0,
    });
    this.gl.touchZoomRotate.disableRotation();
    this.gl.keyboard.disableRotation();
    this.overlay = new Overlay(overlayHost, {
      toPixel: (p) => { const at = this.gl.project(p); return [at.x, at.y]; },
      toPosition: (p) => { const at = this.gl.unproject([p[0], p[1]]); return [at.lng, at.lat]; },
    });
    this.wire();
  }

  private wire(): void {
    const { gl } = this;
    gl.on('styleimagemissing', () => {});
    gl.on('style.load', () => {
      for (const name of glyphNames) {
        const image = drawGlyph(name, this.palette, glyphRatio).getContext('2d')?.getImageData(0, 0, glyphSize * glyphRatio, glyphSize * glyphRatio);
        if (image !== undefined) gl.addImage(name, image, { pixelRatio: glyphRatio });
      }
      this.styled = true;
      this.rescale();
      this.drawFires();
      this.drawCounties();
      if (this.selected !== null) this.mark(this.selected, true);
      if (this.version >= 0) this.refreshTiles();
    });
    gl.on('error', () => {}); // a tile that cannot be read now is read with the next version; the link state tells the user
    gl.on('move', () => this.overlay.follow());
    gl.on('moveend', (event) => {
      // Only what the user did (wheel, drag, keys) leaves the whole-city view.
      if ('originalEvent' in event && event.originalEvent !== undefined) this.home = false;
      this.rearrange();
      this.listener.rested(this.home ? null : this.view);
    });
    gl.on('click', (event) => this.listener.picked(this.targetAt(event.point.x, event.point.y)));
    gl.on('mousemove', (event) => this.setHover(this.targetAt(event.point.x, event.point.y), event.point.x, event.point.y));
    gl.getCanvas().addEventListener('mouseleave', () => this.setHover(null, 0, 0));
  }

  label(text: string): void {
    this.gl.getCanvas().setAttribute('aria-label', text);
  }

  get view(): MapView {
    const centre = this.gl.getCenter();
    return { centre: [centre.lng, centre.lat], zoom: this.gl.getZoom() };
  }

  /** Everything asked for is loaded and drawn. */
  get idle(): boolean {
    return this.styled && this.refreshing === null && !this.gl.isMoving() && this.gl.areTilesLoaded() && this.gl.loaded();
  }

  /** Ids of the burning fires that the last frame shows. */
  get drawnFires(): string[] {
    if (!this.styled) return [];
    const shown = this.gl.queryRenderedFeatures({ layers: fireLayers });
    return [...new Set(shown.map((f) => String(f.properties['id'])))];
  }

  setCounties(counties: readonly County[], nameOf: (county: County) => string): void {
    const first = this.counties.length === 0;
    this.counties = counties;
    this.overlay.setCounties(counties, nameOf);
    this.drawCounties();
    if (first && this.home) this.fit(false);
    else this.rearrange();
  }

  private drawCounties(): void {
    if (!this.styled) return;
    this.drawOutline();
    for (const { properties } of this.counties) this.countyState(properties.code, { open: properties.summary.open });
  }

  private drawOutline(): void {
    const shape = this.counties.map((c) => c.properties.areaSquareKilometres).join();
    if (shape === this.outlined) return;
    // Another shape is another import: the tiles of the counties are old as well.
    if (this.outlined !== '') this.gl.getSource<VectorTileSource>('counties')?.setTiles(countyTiles(this.version));
    this.outlined = shape;
    const features = cityOutline(this.counties, outlineTolerance).map((coordinates) => ({ type: 'Feature' as const, properties: {}, geometry: { type: 'LineString' as const, coordinates } }));
    void this.gl.getSource<GeoJSONSource>('outline')?.setData({ type: 'FeatureCollection', features });
  }

  private countyState(code: string, state: Record<string, unknown>): void {
    if (this.styled) this.gl.setFeatureState({ source: 'counties', sourceLayer: 'counties', id: code }, state);
  }

  /** What burns now. A fire that was not there before pulses; those of the first call are no news. */
  setFires(fires: readonly Fire[], announce: boolean): void {
    this.fires = fires;
    for (const fire of fires) {
      if (this.known.has(fire.id)) continue;
      this.known.add(fire.id);
      if (announce) this.overlay.pulse(fire.geometry.coordinates);
    }
    this.drawFires();
    this.rearrange();
  }

  /** Where open violations stand: names of counties keep away from their signs. */
  setOpen(positions: readonly LonLat[]): void {
    this.open = positions;
    this.rearrange();
  }

  private drawFires(): void {
    if (!this.styled) return;
    const now = Date.now();
    const features = this.fires.map(({ geometry, properties: p }) => ({
      type: 'Feature' as const,
      geometry,
      properties: {
        id: p.id,
        status: p.status,
        age: ageClass(p.firstSeenAt, now),
        size: sizeOf(p),
        radius: p.radiusMetres ?? 0,
        simulated: p.simulated,
      },
    }));
    void this.gl.getSource<GeoJSONSource>('burning')?.setData({ type: 'FeatureCollection', features });
  }

  /** The log moved on: tiles of what changes are read again, once for a burst of events. */
  setVersion(seq: number): void {
    if (seq === this.version) return;
    const first = this.version < 0;
    this.version = seq;
    this.refreshing ??= setTimeout(() => this.refreshTiles(), first ? 0 : refreshAfterMs);
  }

  private refreshTiles(): void {
    if (!this.styled) return;
    if (this.refreshing !== null) clearTimeout(this.refreshing);
    this.refreshing = null;
    this.gl.getSource<VectorTileSource>('subjects')?.setTiles(subjectTiles(this.version));
  }

  /** The pixels that no panel covers, and the wall's unit in pixels. */
  setFree(free: Box, unit: number, refit: boolean): void {
    this.free = free;
    this.scale = unit / widthOfUnit;
    this.gl.resize();
    this.rescale();
    if (refit && this.home) this.fit(false);
    else this.rearrange();
  }

  private rescale(): void {
    if (!this.styled) return;
    for (const layer of scaledLayers(this.palette, this.scale)) {
      const { paint = {}, layout = {} } = layer as { paint?: Record<string, unknown>; layout?: Record<string, unknown> };
      for (const [name, value] of Object.entries(paint)) {
        if (/-(?:width|blur|radius)$/.test(name)) this.gl.setPaintProperty(layer.id, name as 'line-width', value as number);
      }
      if ('icon-size' in layout) this.gl.setLayoutProperty(layer.id, 'icon-size', layout['icon-size'] as number);
    }
  }

  select(target: MapTarget | null): void {
    if (this.selected !== null) this.mark(this.selected, false);
    this.selected = target;
    if (target !== null) this.mark(target, true);
  }

  private mark({ kind, id }: MapTarget, selected: boolean): void {
    if (kind === 'county') this.countyState(id, { selected });
    else if (this.styled) this.gl.setFeatureState({ source: 'burning', id }, { selected });
  }

  goHome(): void {
    this.home = true;
    this.fit(true);
  }

  private fit(animate: boolean): void {
    this.fitTo(this.counties, animate);
  }

  flyToCounty(code: string): void {
    this.home = false;
    this.fitTo(this.counties.filter((c) => c.properties.code === code), true);
  }

  private fitTo(counties: readonly County[], animate: boolean): void {
    if (counties.length === 0 || this.free.right <= this.free.left) return;
    const box = boundsOf(counties.flatMap((c) => thinnedRings(c).flat()));
    const { clientWidth: width, clientHeight: height } = this.gl.getContainer();
    const padding = { left: this.free.left, top: this.free.top, right: width - this.free.right, bottom: height - this.free.bottom };
    this.gl.fitBounds([[box.left, box.top], [box.right, box.bottom]], { padding, maxZoom: closestFit, animate: animate && !this.calm, duration: 900, linear: true });
  }

  flyTo(position: LonLat, zoom = Math.max(fireZoom, this.gl.getZoom())): void {
    this.home = false;
    const { clientWidth: width, clientHeight: height } = this.gl.getContainer();
    const offset: [number, number] = [(this.free.left + this.free.right - width) / 2, (this.free.top + this.free.bottom - height) / 2];
    this.gl.flyTo({ center: position, zoom, offset, animate: !this.calm, duration: 1100 });
  }

  show(view: MapView): void {
    this.home = false;
    this.gl.jumpTo({ center: view.centre, zoom: view.zoom });
  }

  zoomBy(steps: number): void {
    this.home = false;
    this.gl.easeTo({ zoom: this.gl.getZoom() + steps, animate: !this.calm, duration: 250 });
  }

  /** Where a fire stands on the page's map, for cards beside it. */
  private targetAt(x: number, y: number): MapTarget | null {
    if (!this.styled) return null;
    const reach = 6 * this.scale;
    const fire = this.gl.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: [...fireLayers, ...endedLayers] })[0];
    const single = fire !== undefined && Number(fire.properties['count'] ?? 1) === 1 ? idOf(fire) : null;
    if (single !== null) return { kind: 'fire', id: single };
    const county = this.gl.queryRenderedFeatures([x, y], { layers: ['county-fill'] })[0];
    return county === undefined ? null : { kind: 'county', id: String(county.properties['code']) };
  }

  private setHover(target: MapTarget | null, x: number, y: number): void {
    const county = (t: MapTarget | null): string | null => (t?.kind === 'county' ? t.id : null);
    const [before, after] = [county(this.hover), county(target)];
    if (before !== after) {
      if (before !== null) this.countyState(before, { hover: false });
      if (after !== null) this.countyState(after, { hover: true });
    }
    this.hover = target;
    this.gl.getCanvas().style.cursor = target === null ? '' : 'pointer';
    this.listener.hovered(target, x, y);
  }

  private rearrange(): void {
    if (this.arranging !== 0) return;
    this.arranging = requestAnimationFrame(() => {
      this.arranging = 0;
      if (this.gl.isMoving()) return;
      const box = (position: LonLat, side: number): Box => {
        const at = this.gl.project(position);
        return boxAround([at.x, at.y], side * this.scale, side * this.scale);
      };
      const fires = this.fires.slice(0, mostObstacles).map((f) => box(f.geometry.coordinates, glyphSize * (1.1 + 0.6 * sizeOf(f.properties))));
      const open = this.open.slice(0, mostObstacles).map((position) => box(position, diamondSize));
      this.overlay.arrange([...fires, ...open], this.free);
    });
  }
}

/** 0 to 1: by radiative power where a satellite told it, and by how often it was seen. */
function sizeOf({ frpMegawatts, detections }: Fire['properties']): number {
  return Math.min(1, Math.log10(1 + (frpMegawatts ?? 0)) / 2.2 + Math.log2(Math.max(1, detections)) / 12);
}

function idOf(feature: MapGeoJSONFeature): string | null {
  const id: unknown = feature.properties['id'];
  return typeof id === 'string' && id !== '' ? id : null;
}
