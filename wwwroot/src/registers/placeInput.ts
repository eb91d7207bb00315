import type { Geometry } from 'geojson';
import { heatRadii, type Register, type ShapeKind } from '../api/registers';
import type { LonLat } from '../api/types';
import { deskWords } from '../i18n/registers';
import { PickMap } from '../map/pickMap';
import { h } from '../screen/dom';
import { button } from './notices';
import { cornersOf, cornersText, emptyShape, faultOf, geometryOf, knownCrs, ownCrs, type ShapeDraft } from './shapeDraft';
import { countyNameOf, type Desk } from './view';

/**
 * The place of an entry: typed, or picked on the map; both write the same draft. A point is set by a click; the corners of a line or
 * an area are added by clicks once drawing has begun, taken back one by one, and given up with Esc.
 */
export class PlaceInput {
  readonly element = h('section', { class: 'place' });
  private readonly host = h('div', { class: 'pick-map', 'data-pick': '' });
  private readonly controls = h('div', { class: 'place-controls' });
  private readonly faults = h('p', { class: 'fault', id: 'f-place-fault', hidden: '' });
  private readonly tools = h('div', { class: 'map-tools' });
  private map: PickMap | null = null;
  private mapFailed = false;
  /** The shape before drawing began; null while nothing is being drawn. */
  private before: ShapeDraft | null = null;
  private told: readonly string[] = [];

  constructor(
    private readonly desk: Desk,
    private readonly register: Register,
    private shape: ShapeDraft,
    private readonly changed: (shape: ShapeDraft) => void,
  ) {
    this.element.append(h('div', { class: 'map-frame' }, this.host, h('i', { class: 'cross', 'aria-hidden': 'true' }), this.tools), this.controls, this.faults);
    if (register.kind === 'boiler' || register.kind === 'plant') void heatRadii().then((circles) => this.map?.setRadii(circles), () => {});
  }

  /** Call once the element is in the page. */
  open(): void {
    try {
      this.map = new PickMap(this.host, { picked: (at) => this.pick(at), ended: () => this.endDrawing() });
      exposePick(this.map);
    } catch {
      this.mapFailed = true;
    }
    this.render();
    this.fit();
  }

  dispose(): void {
    this.map?.remove();
    this.map = null;
  }

  get isDrawing(): boolean {
    return this.before !== null;
  }

  /** True when the key meant the drawing. */
  key(event: KeyboardEvent): boolean {
    if (!this.isDrawing) return false;
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Escape') this.cancelDrawing();
    else if (event.key === 'Backspace' && !typing) this.undoCorner();
    else return false;
    return true;
  }

  /** Shows another place, as after a save or a merge. */
  set(shape: ShapeDraft): void {
    this.shape = shape;
    this.before = null;
    this.render();
    this.fit();
  }

  setFaults(faults: readonly string[]): void {
    this.told = faults;
    this.renderFaults();
  }

  focus(): void {
    this.element.scrollIntoView({ block: 'center' });
    (this.controls.querySelector<HTMLElement>('input:not([type=radio]), textarea') ?? this.controls.querySelector<HTMLElement>('input:checked'))?.focus();
  }

  render(): void {
    const w = deskWords();
    this.element.setAttribute('aria-label', w.place);
    this.map?.setCounties(this.desk.counties, { countyName: (c) => countyNameOf(this.desk, c.properties.code, ''), label: w.mapLabel });
    if (this.mapFailed) this.host.replaceChildren(h('p', { class: 'notice quiet' }, w.mapUnavailable));
    this.renderTools();
    this.renderControls();
    this.draw();
    this.renderFaults();
  }

  private renderTools(): void {
    const w = deskWords();
    const drawable = this.shape.kind === 'line' || this.shape.kind === 'area';
    const said = this.isDrawing ? w.drawing(this.corners.length) : drawable ? w.drawHint : this.shape.kind === 'other' ? w.shapeOtherHint : w.pickHint;
    const buttons = this.isDrawing
      ? [button(w.drawUndo, () => this.undoCorner(), { 'data-draw': 'undo' }), button(w.drawCancel, () => this.cancelDrawing(), { 'data-draw': 'cancel' }), button(w.drawEnd, () => this.endDrawing(), { 'data-draw': 'end', class: 'button primary' })]
      : [...(drawable ? [button(w.draw, () => this.beginDrawing(), { 'data-draw': 'begin', class: 'button primary' })] : []),
        button(w.wholeCity, () => this.map?.showCity()), ...(geometryOf(this.shape) === null ? [] : [button(w.toEntry, () => this.fit())])];
    this.tools.replaceChildren(h('p', { class: 'map-hint', 'aria-live': 'polite' }, said), h('div', { class: 'buttons' }, ...buttons));
  }

  private renderControls(): void {
    const w = deskWords();
    const names: Record<ShapeKind, string> = { point: w.shapePoint, line: w.shapeLine, area: w.shapeArea };
    const kinds: (ShapeKind | 'none' | 'other')[] = [...this.register.shapes, 'none', ...(this.shape.kind === 'other' ? (['other'] as const) : [])];
    const group = h('div', { class: 'three', role: 'radiogroup', 'aria-label': w.place });
    for (const kind of kinds) {
      const radio = h('input', { type: 'radio', name: 'shape-kind', value: kind, ...(this.shape.kind === kind ? { checked: '' } : {}) });
      radio.addEventListener('change', () => this.become(kind));
      group.append(h('label', {}, radio, h('span', {}, kind === 'none' ? w.shapeNone : kind === 'other' ? w.shapeOther : names[kind])));
    }
    this.controls.replaceChildren(h('div', { class: 'field' }, h('span', { class: 'label' }, w.place), group), ...this.inputs());
  }

  private inputs(): HTMLElement[] {
    const w = deskWords();
    const { shape } = this;
    if (shape.kind === 'none' || shape.kind === 'other') return [];
    const crs = h('select', { id: 'f-crs' }, ...knownCrs.map((name) => h('option', { value: name, ...(shape.crs === name ? { selected: '' } : {}) }, w.crsNames[name] ?? name)));
    crs.addEventListener('change', () => this.take({ ...shape, crs: crs.value }, true));
    const crsField = h('div', { class: 'field wide' }, h('label', { class: 'label', for: 'f-crs' }, w.crs), crs, h('small', { class: 'hint' }, shape.crs === ownCrs ? '' : w.crsNote));
    if (shape.kind !== 'point') {
      const area = h('textarea', { id: 'f-corners', rows: '5', spellcheck: 'false', 'aria-describedby': 'f-place-fault' });
      area.value = shape.corners;
      area.addEventListener('input', () => this.take({ ...shape, corners: area.value }, false));
      return [h('div', { class: 'field wide' }, h('label', { class: 'label', for: 'f-corners' }, w.corners), area), crsField];
    }
    const number = (name: 'lon' | 'lat', title: string): HTMLElement => {
      const input = h('input', { id: `f-${name}`, type: 'text', inputmode: 'decimal', autocomplete: 'off', value: shape[name], 'aria-describedby': 'f-place-fault' });
      input.addEventListener('input', () => {
        if (this.shape.kind === 'point') this.take({ ...this.shape, [name]: input.value }, false);
      });
      return h('div', { class: 'field' }, h('label', { class: 'label', for: `f-${name}` }, title), input);
    };
    return [number('lon', w.longitude), number('lat', w.latitude), crsField];
  }

  private renderFaults(): void {
    const w = deskWords();
    const own = faultOf(this.shape);
    const said = [...this.told, ...(own === null || this.isDrawing ? [] : [own.what === 'corner' ? w.cornerFault(own.line) : w.cornersFew(own.least)])];
    this.faults.hidden = said.length === 0;
    this.faults.replaceChildren(...said.map((text) => h('span', {}, text)));
  }

  private draw(): void {
    this.map?.setShape(geometryOf(this.shape), this.isDrawing ? this.corners : []);
  }

  private fit(): void {
    const geometry: Geometry | null = geometryOf(this.shape);
    if (geometry === null) this.map?.showCity();
    else this.map?.show(geometry);
  }

  private get corners(): LonLat[] {
    return this.shape.kind === 'line' || this.shape.kind === 'area' ? cornersOf(this.shape.corners).corners : [];
  }

  private become(kind: ShapeKind | 'none' | 'other'): void {
    if (kind === 'other') return;
    this.before = null;
    this.take(kind === 'none' ? { kind: 'none' } : emptyShape(kind), true);
    this.controls.querySelector<HTMLElement>(`input[value='${kind}']`)?.focus();
  }

  private pick(at: LonLat): void {
    const { shape } = this;
    if (shape.kind === 'line' || shape.kind === 'area') {
      if (this.isDrawing) this.take({ ...shape, corners: cornersText([...this.corners, at]) }, true);
    } else if (this.register.shapes.includes('point') && (shape.kind === 'point' || shape.kind === 'none')) {
      this.take({ kind: 'point', lon: String(at[0]), lat: String(at[1]), crs: ownCrs }, true);
    }
  }

  private beginDrawing(): void {
    const { shape } = this;
    if (shape.kind !== 'line' && shape.kind !== 'area') return;
    this.before = shape;
    this.take({ ...shape, corners: '', crs: ownCrs }, true);
    this.host.querySelector<HTMLElement>('canvas')?.focus({ preventScroll: true });
  }

  private undoCorner(): void {
    if (this.shape.kind === 'line' || this.shape.kind === 'area') this.take({ ...this.shape, corners: cornersText(this.corners.slice(0, -1)) }, true);
  }

  private cancelDrawing(): void {
    if (this.before === null) return;
    const { before } = this;
    this.before = null;
    this.take(before, true);
  }

  private endDrawing(): void {
    if (!this.isDrawing) return;
    this.before = null;
    this.render();
  }

  /** @param anew Whether the inputs are to be written again; not while somebody types in them. */
  private take(shape: ShapeDraft, anew: boolean): void {
    this.shape = shape;
    this.told = [];
    if (anew) this.render();
    else {
      this.draw();
      this.renderFaults();
      this.renderTools();
    }
    this.changed(shape);
  }
}

/** For tests: where on the screen a position lies, and whether the map is drawn. */
function exposePick(map: PickMap): void {
  Object.defineProperty(window, 'airmapPick', { configurable: true, value: Object.freeze({ get idle() { return map.idle; }, pixelOf: (p: LonLat) => map.pixelOf(p) }) });
}
