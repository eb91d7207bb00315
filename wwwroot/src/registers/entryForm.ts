import type { Register } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { formFields, placeName, withShape, withValue, type Draft } from './draft';
import { faultInWords, faultsByField } from './faults';
import { createFieldInput, type FieldInput } from './fieldInput';
import { PlaceInput } from './placeInput';
import type { Desk } from './view';

/** The form of an entry: holds the draft as it is typed, and shows what the server says against it beside the field. */
export class EntryForm {
  readonly element = h('form', { class: 'entry-form', novalidate: '', autocomplete: 'off' });
  private readonly fieldset = h('div', { class: 'fields' });
  private readonly summary = h('div', { class: 'notice bad', role: 'alert', hidden: '' });
  private readonly place: PlaceInput | null;
  private inputs = new Map<string, FieldInput>();
  private faults: readonly string[] = [];
  private opened = false;

  constructor(
    private readonly desk: Desk,
    private readonly register: Register,
    private current: Draft,
    private readonly actions: { changed(): void; submit(): void },
  ) {
    this.place = register.shapes.length === 0 ? null : new PlaceInput(desk, register, current.shape, (shape) => {
      this.current = withShape(this.current, shape);
      this.actions.changed();
    });
    this.element.addEventListener('submit', (event) => { event.preventDefault(); this.actions.submit(); });
    // Enter in a field saves nothing by itself: half a form is soon sent.
    this.element.addEventListener('keydown', (event) => { if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault(); });
    this.element.append(this.summary, this.fieldset, ...(this.place === null ? [] : [this.place.element]));
  }

  get draft(): Draft {
    return this.current;
  }

  get isDrawing(): boolean {
    return this.place?.isDrawing ?? false;
  }

  open(): void {
    this.opened = true;
    this.place?.open();
  }

  dispose(): void {
    this.place?.dispose();
  }

  key(event: KeyboardEvent): boolean {
    return this.place?.key(event) ?? false;
  }

  /** Shows another draft: what was saved, merged or restored. */
  set(draft: Draft): void {
    this.current = draft;
    this.faults = [];
    this.render();
    this.place?.set(draft.shape);
  }

  setFaults(faults: readonly string[]): void {
    this.faults = faults;
    this.showFaults();
    const first = this.element.querySelector<HTMLElement>('[data-field]:has(.fault:not([hidden])), .place:has(> .fault:not([hidden]))');
    if (first !== null) this.focus(first.dataset['field'] ?? placeName);
  }

  focus(name: string): void {
    if (name === placeName) this.place?.focus();
    else this.inputs.get(name)?.focus();
  }

  /** Writes the form again from the draft, for instance in another language; nothing typed is lost. */
  render(): void {
    this.inputs = new Map(formFields(this.register).map((field) => [field.name, createFieldInput(this.desk, field, this.current.values[field.name] ?? '', (text) => {
      this.current = withValue(this.current, field.name, text);
      this.inputs.get(field.name)?.setFaults([]);
      this.actions.changed();
    })]));
    const focused = this.fieldset.contains(document.activeElement) ? (document.activeElement?.id ?? '') : '';
    this.fieldset.replaceChildren(...[...this.inputs.values()].map((i) => i.element));
    if (focused !== '') this.fieldset.querySelector<HTMLElement>(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true });
    if (this.opened) this.place?.render();
    this.showFaults();
  }

  private showFaults(): void {
    const w = deskWords();
    const byField = faultsByField(this.faults, [...this.inputs.keys()]);
    for (const field of formFields(this.register)) this.inputs.get(field.name)?.setFaults((byField.get(field.name) ?? []).map((fault) => faultInWords(fault, field)));
    this.place?.setFaults((byField.get(placeName) ?? []).map((fault) => faultInWords(fault)));
    const elsewhere = [...(byField.get('') ?? []), ...(this.place === null ? (byField.get(placeName) ?? []) : [])];
    this.summary.hidden = this.faults.length === 0;
    this.summary.replaceChildren(h('strong', {}, w.faultsTitle(this.faults.length)), ...elsewhere.map((text) => h('p', {}, faultInWords(text))));
  }
}
