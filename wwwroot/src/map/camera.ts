import type { Map as GlMap } from 'maplibre-gl';
import type { County, LonLat } from '../api/types';
import { boundsOf, thinnedRings, type Box } from './shapes';
import type { MapView } from './target';

const closestFit = 11.5;
const closestArea = 14;
const fireZoom = 12;

/** Where the map looks, and how it gets there: always into the pixels that no panel covers. */
export class Camera {
  free: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  /** The whole city, fitted to whatever the screen is. */
  home = true;

  constructor(
    private readonly gl: GlMap,
    private readonly calm: boolean,
  ) {}

  get view(): MapView {
    const centre = this.gl.getCenter();
    return { centre: [centre.lng, centre.lat], zoom: this.gl.getZoom() };
  }

  goHome(counties: readonly County[], animate: boolean): void {
    this.home = true;
    this.fitTo(counties, animate);
  }

  flyToCounty(county: County): void {
    this.home = false;
    this.fitTo([county], true);
  }

  flyAround(corners: readonly LonLat[]): void {
    this.home = false;
    this.fit(corners, closestArea, true);
  }

  private fitTo(counties: readonly County[], animate: boolean): void {
    this.fit(counties.flatMap((c) => thinnedRings(c).flat()), closestFit, animate);
  }

  private fit(places: readonly LonLat[], maxZoom: number, animate: boolean): void {
    if (places.length === 0 || this.free.right <= this.free.left) return;
    const box = boundsOf(places);
    const { clientWidth: width, clientHeight: height } = this.gl.getContainer();
    const padding = { left: this.free.left, top: this.free.top, right: width - this.free.right, bottom: height - this.free.bottom };
    this.gl.fitBounds([[box.left, box.top], [box.right, box.bottom]], { padding, maxZoom, animate: animate && !this.calm, duration: 900, linear: true });
  }

  flyTo(position: LonLat): void {
    this.home = false;
    const { clientWidth: width, clientHeight: height } = this.gl.getContainer();
    const offset: [number, number] = [(this.free.left + this.free.right - width) / 2, (this.free.top + this.free.bottom - height) / 2];
    this.gl.flyTo({ center: position, zoom: Math.max(fireZoom, this.gl.getZoom()), offset, animate: !this.calm, duration: 1100 });
  }

  /** Brings a place into the pixels that are free, where it is not there already; as near as it is. */
  reveal(position: LonLat): void {
    const { x, y } = this.gl.project(position);
    const { left, top, right, bottom } = this.free;
    if (x >= left && x <= right && y >= top && y <= bottom) return;
    this.home = false;
    const { clientWidth: width, clientHeight: height } = this.gl.getContainer();
    this.gl.easeTo({ center: position, offset: [(left + right - width) / 2, (top + bottom - height) / 2], animate: !this.calm, duration: 400 });
  }

  show(view: MapView): void {
    this.home = false;
    this.gl.jumpTo({ center: view.centre, zoom: view.zoom });
  }

  zoomBy(steps: number): void {
    this.home = false;
    this.gl.easeTo({ zoom: this.gl.getZoom() + steps, animate: !this.calm, duration: 250 });
  }
}
