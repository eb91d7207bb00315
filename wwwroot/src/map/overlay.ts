import type { County, LonLat } from '../api/types';
import { placeLabels, type LabelWish } from './labels';
import { thinnedRings, type Box, type Pixel } from './shapes';

export interface Projection {
  toPixel(position: LonLat): Pixel;
  toPosition(pixel: Pixel): LonLat;
}

interface Label {
  county: County;
  rings: LonLat[][];
  element: HTMLElement;
  name: HTMLElement;
  number: HTMLElement;
  /** Null while the county has no room in the view. */
  position: LonLat | null;
  size: [number, number];
  /** The text whose size it is. */
  measured: string;
}

/** A pulse or pin. */
interface Pulse {
  element: HTMLElement;
  position: LonLat;
}

/** A county's name and number as they stand on the map. */
export interface ShownLabel {
  readonly name: string;
  readonly number: string;
  readonly at: Pixel;
  /** Pixels. */
  readonly size: { readonly name: number; readonly number: number };
}

/** What must stay sharp and readable above the canvas: names and numbers of counties, and the pulse of a new fire. */
export class Overlay {
  private readonly labels = new Map<string, Label>();
  private readonly pulses = new Set<Pulse>();
  private pinned: Pulse | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly projection: Projection,
  ) {
    new ResizeObserver(() => { for (const label of this.labels.values()) label.measured = ''; }).observe(host);
  }

  setCounties(counties: readonly County[], nameOf: (county: County) => string): void {
    for (const county of counties) {
      const label = this.labels.get(county.properties.code) ?? this.addLabel(county);
      label.county = county;
      write(label.name, nameOf(county));
      write(label.number, String(county.properties.summary.open));
      label.element.classList.toggle('zero', county.properties.summary.open === 0);
    }
    for (const [code, label] of this.labels) {
      if (counties.some((c) => c.properties.code === code)) continue;
      label.element.remove();
      this.labels.delete(code);
    }
  }

  private addLabel(county: County): Label {
    const element = this.host.appendChild(document.createElement('div'));
    element.className = 'county-label';
    element.dataset['county'] = county.properties.code;
    const name = element.appendChild(document.createElement('span'));
    const number = element.appendChild(document.createElement('b'));
    const label: Label = { county, rings: thinnedRings(county), element, name, number, position: null, size: [0, 0], measured: '' };
    this.labels.set(county.properties.code, label);
    return label;
  }

  pulse(position: LonLat): void {
    const element = this.host.appendChild(document.createElement('div'));
    element.className = 'pulse';
    const pulse = { element, position };
    this.pulses.add(pulse);
    this.move(element, position);
    setTimeout(() => {
      element.remove();
      this.pulses.delete(pulse);
    }, 8000);
  }

  /** Marks a place until another is marked; null marks none. */
  pin(position: LonLat | null): void {
    this.pinned?.element.remove();
    this.pinned = null;
    if (position === null) return;
    const element = this.host.appendChild(document.createElement('div'));
    element.className = 'pin';
    this.pinned = { element, position };
    this.move(element, position);
  }

  /** For a picture of the view. */
  get shown(): { labels: ShownLabel[]; pin: Pixel | null } {
    const sizeOf = (element: HTMLElement): number => Number.parseFloat(getComputedStyle(element).fontSize);
    const labels = [...this.labels.values()].flatMap(({ position, name, number }) => position === null ? [] : [{
      name: name.textContent ?? '', number: number.textContent ?? '', at: this.projection.toPixel(position), size: { name: sizeOf(name), number: sizeOf(number) },
    }]);
    return { labels, pin: this.pinned === null ? null : this.projection.toPixel(this.pinned.position) };
  }

  /** Chooses the labels' places anew, for a view at rest. */
  arrange(obstacles: readonly Box[], view: Box): void {
    this.measure();
    const wishes: LabelWish[] = [...this.labels].map(([code, label]) => ({
      code,
      rings: label.rings.map((ring) => ring.map((p) => this.projection.toPixel(p))),
      anchor: this.projection.toPixel(label.county.properties.label),
      width: label.size[0],
      height: label.size[1],
      current: label.position === null ? null : this.projection.toPixel(label.position),
    }));
    const places = placeLabels(wishes, obstacles, view);
    for (const [code, label] of this.labels) {
      const place = places.get(code);
      label.position = place === undefined ? null : this.projection.toPosition(place);
      label.element.classList.toggle('unseen', place === undefined);
    }
    this.follow();
  }

  /** To measure lays out the whole page, so it is done for those whose text changed since, and for all on a screen of another size. */
  private measure(): void {
    const old = [...this.labels.values()].filter((label) => label.measured !== textOf(label));
    // One that had no place is drawn a pixel small: it shows itself to be measured.
    for (const label of old) label.element.classList.remove('unseen');
    for (const label of old) [label.size, label.measured] = [[label.element.offsetWidth, label.element.offsetHeight], textOf(label)];
  }

  /** Moves everything with the map. */
  follow(): void {
    for (const label of this.labels.values()) if (label.position !== null) this.move(label.element, label.position);
    for (const pulse of this.pulses) this.move(pulse.element, pulse.position);
    if (this.pinned !== null) this.move(this.pinned.element, this.pinned.position);
  }

  private move(element: HTMLElement, position: LonLat): void {
    const [x, y] = this.projection.toPixel(position);
    element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}

const textOf = ({ name, number }: Label): string => `${name.textContent} ${number.textContent}`;

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
