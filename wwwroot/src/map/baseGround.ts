import type { LayerSpecification, Map as GlMap, SourceSpecification } from 'maplibre-gl';
import type { BaseMap } from '../api/baseMaps';
import type { Palette } from './palette';

const prefix = 'base-ground-';
const fill = 'county-fill';
/** Over a base map the counties' fill is a tint. */
const tint = ['interpolate', ['linear'], ['zoom'], 8, 0.6, 10.4, 0.28, 13, 0.12];
/** Maps are drawn for paper; on a dark wall they would outshine what burns. */
const dimmed = { 'raster-brightness-max': 0.62, 'raster-saturation': -0.3, 'raster-fade-duration': 0 };
const pictureSide = 256; // px of tiles everywhere

/** A base map below everything else, or none. What fails of it costs nothing but itself. */
export class BaseGround {
  private wanted: BaseMap | null = null;
  private ready = false;
  private opacity: unknown;
  private isBroken = false;

  /** @param told Whether what is shown can be read. */
  constructor(private readonly gl: GlMap, private readonly palette: Palette, private readonly told: (isBroken: boolean) => void) {
    gl.on('style.load', () => {
      this.ready = true;
      this.opacity = gl.getPaintProperty(fill, 'fill-opacity');
      void this.show(this.wanted);
    });
    gl.on('error', (event) => { if (isOurs(event)) this.tell(true); });
    gl.on('sourcedata', (event) => { if (isOurs(event) && event.tile !== undefined) this.tell(false); });
  }

  async show(map: BaseMap | null): Promise<void> {
    this.wanted = map;
    if (!this.ready) return;
    this.clear();
    this.isBroken = false;
    this.paint(map !== null);
    if (map === null) return;
    try {
      const parts = map.tiles === null ? await this.fromFile(map) : map.tiles.map((tiles) => picture({ type: 'raster', tiles: [location.origin + tiles], tileSize: pictureSide, minzoom: map.minZoom, maxzoom: map.maxZoom, ...(map.bounds === null ? {} : { bounds: map.bounds }) }));
      if (this.wanted !== map) return;
      this.add(parts);
    } catch {
      if (this.wanted === map) this.tell(true);
    }
  }

  private tell(isBroken: boolean): void {
    this.told(isBroken);
    if (isBroken === this.isBroken) return;
    this.isBroken = isBroken;
    this.paint(!isBroken);
  }

  /** Without ground below it the counties' fill is whole. */
  private paint(overGround: boolean): void {
    this.gl.setPaintProperty(fill, 'fill-opacity', (overGround ? tint : this.opacity) as number);
  }

  private async fromFile({ file, kind }: BaseMap): Promise<Part[]> {
    const { openArchive } = await import('./tileArchive');
    const { url, layers } = await openArchive(file ?? '');
    return kind === 'pictures' ? [picture({ type: 'raster', url, tileSize: pictureSide })] : [{ source: { type: 'vector', url }, layers: layers.flatMap((name) => plain(name, this.palette)) }];
  }

  /** The lowest first, and all below the first layer of our own. */
  private add(parts: readonly Part[]): void {
    const before = this.gl.getLayersOrder()[0];
    for (const [index, { source, layers }] of parts.entries()) {
      this.gl.addSource(`${prefix}${index}`, source);
      for (const [n, layer] of layers.entries()) this.gl.addLayer({ ...layer, id: `${prefix}${index}-${n}`, source: `${prefix}${index}` } as LayerSpecification, before);
    }
  }

  private clear(): void {
    for (const id of this.gl.getLayersOrder()) if (id.startsWith(prefix)) this.gl.removeLayer(id);
    for (const id of Object.keys(this.gl.getStyle().sources)) if (id.startsWith(prefix)) this.gl.removeSource(id);
  }
}

interface Part {
  readonly source: SourceSpecification;
  readonly layers: readonly Record<string, unknown>[];
}

const picture = (source: SourceSpecification): Part => ({ source, layers: [{ type: 'raster', paint: dimmed }] });

/** Whatever is in a layer of vector tiles: areas faint, lines thin. */
const plain = (name: string, p: Palette): Record<string, unknown>[] => [
  { type: 'fill', 'source-layer': name, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': p.soft, 'fill-opacity': 0.08 } },
  { type: 'line', 'source-layer': name, filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': p.soft, 'line-opacity': 0.4, 'line-width': 0.8 } },
];

const isOurs = (event: object): boolean => 'sourceId' in event && typeof event.sourceId === 'string' && event.sourceId.startsWith(prefix);
