import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { LngLatBounds, type GeoJSONSource, type Map as GlMap, type StyleSpecification } from 'maplibre-gl';
import type { County, LonLat } from '../api/types';
import { createCanvas } from './canvas';

export interface PickListener {
  /** A place was pointed at: by mouse, finger, or Enter at the cross. */
  picked(position: LonLat): void;
  /** The drawing is to end here. */
  ended(): void;
}

export interface PickMapLook {
  countyName(county: County): string;
  label: string;
}

const margin = 36; // px around what is shown
const closest = 15; // zoom that a shape is shown at
const around = 9.5; // zoom that a point is shown at: its county with the neighbours' borders tells where it is
const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A map to pick a place on: county outlines and heat radii for orientation, the entry's own shape on top. */
export class PickMap {
  private readonly gl: GlMap;
  private readonly data = new Map<string, FeatureCollection>();
  private ready = false;
  private home: LngLatBounds | null = null;

  /** Throws where the device has no WebGL. */
  constructor(
    private readonly host: HTMLElement,
    private readonly listener: PickListener,
  ) {
    this.gl = createCanvas(host, orientationStyle(host));
    this.gl.doubleClickZoom.disable();
    this.gl.getCanvas().style.cursor = 'crosshair';
    this.gl.on('load', () => {
      this.ready = true;
      for (const [source, features] of this.data) this.set(source, features);
    });
    this.gl.on('click', ({ lngLat, originalEvent }) => {
      if (originalEvent.detail < 2) this.listener.picked(rounded(lngLat.lng, lngLat.lat));
    });
    this.gl.on('dblclick', () => this.listener.ended());
    this.gl.getCanvas().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey) return;
      event.preventDefault();
      const { lng, lat } = this.gl.getCenter();
      this.listener.picked(rounded(lng, lat));
    });
    new ResizeObserver(() => this.gl.resize()).observe(host);
  }

  get idle(): boolean {
    return this.ready && this.gl.loaded() && !this.gl.isMoving();
  }

  /** Where a position is drawn, in CSS pixels of the map. */
  pixelOf(position: LonLat): { x: number; y: number } {
    const { x, y } = this.gl.project(position);
    return { x, y };
  }

  setCounties(counties: readonly County[], look: PickMapLook): void {
    this.gl.getCanvas().setAttribute('aria-label', look.label);
    this.set('counties', collection(counties.map((c) => feature(c.geometry as Geometry))));
    this.set('names', collection(counties.map((c) => feature({ type: 'Point', coordinates: c.properties.label }, { name: look.countyName(c) }))));
    this.home = boundsOf(counties.map((c) => c.geometry as Geometry));
  }

  setRadii(circles: readonly { geometry: Geometry }[]): void {
    this.set('radii', collection(circles.map((c) => feature(c.geometry))));
  }

  /** @param corners Drawn as handles. */
  setShape(geometry: Geometry | null, corners: readonly LonLat[]): void {
    this.set('shape', collection(geometry === null ? [] : [feature(geometry)]));
    this.set('corners', collection(corners.map((coordinates) => feature({ type: 'Point', coordinates }))));
  }

  showCity(): void {
    if (this.home !== null) this.gl.fitBounds(this.home, { padding: 12, animate: false });
  }

  show(geometry: Geometry): void {
    const bounds = boundsOf([geometry]);
    if (bounds !== null) this.gl.fitBounds(bounds, { padding: margin, maxZoom: geometry.type === 'Point' ? around : closest, animate: false });
  }

  remove(): void {
    this.gl.remove();
    this.host.replaceChildren();
  }

  private set(source: string, features: FeatureCollection): void {
    this.data.set(source, features);
    if (this.ready) (this.gl.getSource(source) as GeoJSONSource).setData(features);
  }
}

/** To a ten-millionth of a degree, about a centimetre: what a finger cannot mean is not written down. */
const rounded = (lon: number, lat: number): LonLat => [Number(lon.toFixed(7)), Number(lat.toFixed(7))];

const feature = (geometry: Geometry, properties: Record<string, string> = {}): Feature => ({ type: 'Feature', geometry, properties });
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

/** Null of nothing. */
export function boundsOf(geometries: readonly Geometry[]): LngLatBounds | null {
  const bounds = new LngLatBounds();
  const extend = (inner: unknown): void => {
    if (!Array.isArray(inner)) return;
    if (typeof inner[0] === 'number') bounds.extend([inner[0], inner[1] as number]);
    else inner.forEach(extend);
  };
  for (const geometry of geometries) if (geometry.type !== 'GeometryCollection') extend(geometry.coordinates);
  return bounds.isEmpty() ? null : bounds;
}

/**
 * County outlines with names, heat radii and one shape, in the tokens of the host.
 * @param data What is known at once, by source.
 */
export function orientationStyle(host: HTMLElement, data: Readonly<Record<string, FeatureCollection>> = {}): StyleSpecification {
  const style = getComputedStyle(host);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const [ground, land, border, text, accent, radius] = ['map-ground', 'map-land', 'map-border', 'map-text', 'map-accent', 'map-radius'].map(token) as [string, string, string, string, string, string];
  const source = (name: string): { type: 'geojson'; data: FeatureCollection } => ({ type: 'geojson', data: data[name] ?? empty });
  return {
    version: 8,
    sources: Object.fromEntries(['counties', 'names', 'radii', 'shape', 'corners'].map((name) => [name, source(name)])),
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground } },
      { id: 'land', type: 'fill', source: 'counties', paint: { 'fill-color': land } },
      { id: 'borders', type: 'line', source: 'counties', paint: { 'line-color': border, 'line-width': 1 } },
      { id: 'radius-fill', type: 'fill', source: 'radii', paint: { 'fill-color': radius, 'fill-opacity': 0.06 } },
      { id: 'radius-line', type: 'line', source: 'radii', paint: { 'line-color': radius, 'line-width': 1.2, 'line-dasharray': [4, 3] } },
      { id: 'names', type: 'symbol', source: 'names', layout: { 'text-field': ['get', 'name'], 'text-size': 12, 'text-padding': 2 }, paint: { 'text-color': text, 'text-halo-color': land, 'text-halo-width': 1.4 } },
      { id: 'shape-fill', type: 'fill', source: 'shape', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': accent, 'fill-opacity': 0.22 } },
      { id: 'shape-line', type: 'line', source: 'shape', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': accent, 'line-width': 2.4 } },
      { id: 'shape-point', type: 'circle', source: 'shape', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': accent, 'circle-radius': 7, 'circle-stroke-color': land, 'circle-stroke-width': 2.5 } },
      { id: 'corners', type: 'circle', source: 'corners', paint: { 'circle-color': land, 'circle-radius': 4, 'circle-stroke-color': accent, 'circle-stroke-width': 2 } },
    ],
  };
}
