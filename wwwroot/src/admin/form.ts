import { ApiProblem } from '../api/http';
import { adminWords } from '../i18n/admin';
import { isUncertain, whyInWords } from '../registers/problems';
import { h } from '../screen/dom';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The label around a control that stays the same whatever the language, its hint, and what is against its value. */
export function field(name: string, label: string, control: Control, more: { hint?: string; required?: boolean; wide?: boolean } = {}): HTMLElement {
  control.id = `f-${name}`;
  control.setAttribute('aria-describedby', `f-${name}-hint f-${name}-fault`);
  if (more.required === true) control.setAttribute('aria-required', 'true');
  const required = more.required === true ? [h('em', {}, adminWords().required)] : [];
  return h('div', { class: `field${more.wide === true ? ' wide' : ''}`, 'data-field': name }, h('label', { class: 'label', for: `f-${name}` }, label, ...required), control,
    h('small', { class: 'hint', id: `f-${name}-hint` }, more.hint ?? ''), h('p', { class: 'fault', id: `f-${name}-fault`, hidden: '' }));
}

/** A group of choices under one title. */
export function group(name: string, title: string, ...content: HTMLElement[]): HTMLElement {
  return h('fieldset', { class: 'field wide group', 'data-field': name }, h('legend', { class: 'label' }, title), ...content, h('p', { class: 'fault', id: `f-${name}-fault`, hidden: '' }));
}

export interface Fault {
  field: string;
  text: string;
}

/** Puts every fault beside its field, and goes to the first. Returns those without a field. */
export function showFaults(form: HTMLElement, faults: readonly Fault[]): Fault[] {
  const elsewhere = new Set(faults);
  for (const element of form.querySelectorAll<HTMLElement>('[data-field]')) {
    const own = faults.filter((f) => f.field === element.dataset['field']);
    for (const fault of own) elsewhere.delete(fault);
    const place = element.querySelector<HTMLElement>(':scope > .fault');
    if (place === null) continue;
    place.hidden = own.length === 0;
    place.replaceChildren(...own.map((f) => h('span', {}, f.text)));
    for (const control of element.querySelectorAll(':scope > :is(input, select, textarea)')) control.toggleAttribute('aria-invalid', own.length > 0);
  }
  form.querySelector<HTMLElement>('[data-field]:has(> .fault:not([hidden])) :is(input, select, textarea)')?.focus();
  return [...elsewhere];
}

/** What the server says against fields: `name: what is wrong`. */
export function faultsOfProblem(error: unknown): Fault[] {
  if (!(error instanceof ApiProblem) || !Array.isArray(error.more['faults'])) return [];
  return (error.more['faults'] as string[]).map((text) => {
    const [, name = '', what = text] = /^(\w+): (.*)$/s.exec(text) ?? [];
    return { field: name, text: what };
  });
}

/** Says what became of a change that failed; faults stand beside their fields. */
export function tellFailure(form: HTMLElement, place: HTMLElement, error: unknown): void {
  const w = adminWords();
  const faults = faultsOfProblem(error);
  const elsewhere = showFaults(form, faults);
  const text = faults.length > 0 ? w.faultsTitle(faults.length) : isUncertain(error) ? w.uncertain : w.saveFailed(whyInWords(error));
  place.replaceChildren(h('div', { class: 'notice bad', role: 'alert' }, h('p', {}, text), ...elsewhere.map((f) => h('p', {}, f.field === '' ? f.text : `${f.field}: ${f.text}`))));
}

export const textInput = (value = '', attributes: Record<string, string> = {}): HTMLInputElement => h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', value, ...attributes });

/** `a, b，c` → three entries. */
export const listOfText = (text: string): string[] => text.split(/[,，、\s]+/).filter((part) => part !== '');
