import type { Parameter, ParameterValue, ValueDraft } from '../api/parameters';
import { serverNow } from '../api/http';
import { adminWords } from '../i18n/admin';
import { beijingDay } from '../i18n/time';
import { h } from '../screen/dom';
import { Choices } from './choices';
import { countyUnit, kindOf, readValue, type ValueKind } from './dated';
import { field, group, showFaults, textInput, type Fault } from './form';
import { countyTitle } from './scopeInput';
import type { Office } from './view';

/** Another dated value of a parameter. */
export class ValueForm {
  readonly element = h('form', { class: 'panel making', novalidate: '', autocomplete: 'off' });
  private readonly kind: ValueKind;
  private readonly from = h('input', { type: 'date' });
  private readonly to = h('input', { type: 'date' });
  private readonly value: HTMLInputElement | HTMLTextAreaElement;
  private readonly citation = textInput('', { maxlength: '1000' });
  private readonly reason = textInput('', { maxlength: '1000' });
  private readonly submit = h('button', { type: 'submit', class: 'button primary', 'data-act': 'add' });

  /** Where the value is a list of counties. */
  private readonly counties: Choices | null;

  constructor(private readonly office: Office, private readonly parameter: Parameter, submit: () => void) {
    this.kind = kindOf(parameter.values);
    this.counties = parameter.unit === countyUnit ? new Choices('value', [], () => {}) : null;
    this.value = this.kind === 'names' ? h('textarea', { rows: '5' }) : this.kind === 'day' ? h('input', { type: 'date' }) : textInput('', { inputmode: 'decimal' });
    this.element.addEventListener('submit', (event) => { event.preventDefault(); submit(); });
  }

  get isChanged(): boolean {
    return (this.counties?.chosen.size ?? 0) > 0 || [this.from, this.to, this.value, this.citation, this.reason].some((input) => input.value !== '');
  }

  /** What is for a day gone by, or in the place of what began today, is law already. */
  private get needsReason(): boolean {
    const today = beijingDay(serverNow());
    const from = this.from.value;
    return from !== '' && (from < today || (from === today && this.parameter.values.some((v) => v.from === today)));
  }

  /** Null when something is wrong, which then stands beside its field. */
  get draft(): ValueDraft | null {
    const w = adminWords();
    const value: ParameterValue | null = this.counties === null ? readValue(this.kind, this.value.value) : [...this.counties.chosen].sort();
    const citation = this.citation.value.trim();
    const reason = this.reason.value.trim();
    const faults: Fault[] = [
      ...(this.from.value === '' ? [{ field: 'effectiveFrom', text: w.fromMissing }] : []),
      ...(value === null ? [{ field: 'value', text: this.value.value.trim() === '' ? w.valueMissing : w.valueNumber }] : []),
      ...(citation === '' ? [{ field: 'citation', text: w.citationMissing }] : []),
      ...(reason === '' && this.needsReason ? [{ field: 'reason', text: w.valueReasonMissing }] : []),
    ];
    showFaults(this.element, faults);
    return value === null || faults.length > 0 ? null : { effectiveFrom: this.from.value, effectiveTo: this.to.value === '' ? null : this.to.value, value, citation, reason: reason === '' ? null : reason };
  }

  set busy(is: boolean) {
    this.submit.disabled = is;
    this.submit.textContent = is ? adminWords().deciding : adminWords().addValue;
  }

  render(): void {
    const w = adminWords();
    const hint = { number: this.parameter.unit, day: w.dayHint, names: w.namesHint }[this.kind];
    this.submit.textContent = w.addValue;
    this.counties?.render(this.office.counties.map((c) => ({ value: c.properties.code, title: countyTitle(this.office, c.properties.code) })));
    this.element.replaceChildren(h('h2', {}, w.addValue), h('p', { class: 'quiet' }, w.addValueHint), h('div', { class: 'fields bare' },
      field('effectiveFrom', w.from, this.from, { hint: w.fromHint, required: true }), field('effectiveTo', w.to, this.to, { hint: w.toHint }),
      this.counties === null ? field('value', w.value, this.value, { hint, required: true, wide: this.kind === 'names' }) : group('value', w.value, this.counties.element), field('citation', w.citation, this.citation, { hint: w.citationHint, required: true, wide: true }),
      field('reason', w.valueReason, this.reason, { hint: w.valueReasonHint, wide: true })),
    h('div', { class: 'buttons' }, this.submit));
  }
}
