import type { Field } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { momentText, pickerText } from './moments';
import { createReferenceInput } from './referenceInput';
import { count } from './values';
import { titleOf, type Desk } from './view';

export interface FieldInput {
  readonly element: HTMLElement;
  focus(): void;
  setFaults(faults: readonly string[]): void;
}

/** The label, the control that fits the field's type, its unit or range, and what the server says against it. */
export function createFieldInput(desk: Desk, field: Field, value: string, changed: (text: string) => void): FieldInput {
  const id = `f-${field.name}`;
  const faults = h('p', { class: 'fault', id: `${id}-fault`, hidden: '' });
  const hint = h('small', { class: 'hint', id: `${id}-hint` }, hintOf(field));
  const { control, element } = controlOf(desk, field, id, value, changed);
  const required = field.required ? [h('em', {}, deskWords().required)] : [];
  const title = field.type === 'flag' ? h('span', { class: 'label', id: `${id}-label` }, titleOf(field), ...required) : h('label', { class: 'label', for: id }, titleOf(field), ...required);
  const wide = field.name === 'note' || field.name === 'name';
  control.setAttribute('aria-describedby', `${id}-hint ${id}-fault`);
  if (field.required && field.type !== 'flag') control.setAttribute('aria-required', 'true');
  return {
    element: h('div', { class: `field ${field.type}${wide ? ' wide' : ''}`, 'data-field': field.name }, title, element, hint, faults),
    focus: () => {
      (control.matches('input, select, textarea') ? control : (control.querySelector<HTMLElement>('input:checked') ?? control.querySelector<HTMLElement>('input')))?.focus();
      control.scrollIntoView({ block: 'center' });
    },
    setFaults: (said) => {
      faults.hidden = said.length === 0;
      faults.replaceChildren(...said.map((text) => h('span', {}, text)));
      if (said.length > 0) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    },
  };
}

function hintOf(field: Field): string {
  const w = deskWords();
  if (field.name === 'since') return `${w.beijingTime} · ${w.sinceHint}`;
  if (field.type === 'moment') return w.beijingTime;
  if (field.type === 'number' || field.type === 'integer') {
    return field.least === null && field.most === null ? (field.unit ?? '') : w.range(bound(field.least), bound(field.most), field.unit ?? '');
  }
  return field.type === 'secret' ? w.secretHint : '';
}

const bound = (value: number | null): string => (value === null ? '…' : count(value));

function controlOf(desk: Desk, field: Field, id: string, value: string, changed: (text: string) => void): { control: HTMLElement; element: HTMLElement } {
  const w = deskWords();
  const plain = (input: HTMLInputElement | HTMLTextAreaElement, read = (text: string) => text): { control: HTMLElement; element: HTMLElement } => {
    input.addEventListener('input', () => changed(read(input.value)));
    return { control: input, element: input };
  };
  switch (field.type) {
    case 'choice': {
      const select = h('select', { id }, h('option', { value: '' }, w.unknown), ...(field.options ?? []).map((o) => h('option', { value: o.code }, titleOf(o))));
      select.value = value;
      select.addEventListener('change', () => changed(select.value));
      return { control: select, element: select };
    }
    case 'flag':
      return threeStates(id, value, changed);
    case 'reference': {
      const { element, input } = createReferenceInput(desk, id, field.refersTo ?? '', value, changed);
      return { control: input, element };
    }
    case 'number':
    case 'integer': {
      const input = h('input', { id, type: 'text', inputmode: field.type === 'integer' ? 'numeric' : 'decimal', autocomplete: 'off', value });
      const element = field.unit === null ? input : h('span', { class: 'with-unit' }, input, h('span', { class: 'unit', 'aria-hidden': 'true' }, field.unit));
      return { control: plain(input).control, element };
    }
    case 'secret': {
      const input = h('input', { id, type: 'password', autocomplete: 'new-password', value });
      input.addEventListener('focus', () => input.select());
      return plain(input);
    }
    case 'day':
      return plain(h('input', { id, type: 'date', value }));
    case 'moment':
      return plain(h('input', { id, type: 'datetime-local', step: '1', value: pickerText(value) }), momentText);
    default:
      if (field.name === 'note') {
        const area = h('textarea', { id, rows: '3' });
        area.value = value;
        return plain(area);
      }
      return plain(h('input', { id, type: 'text', autocomplete: 'off', value }));
  }
}

function threeStates(id: string, value: string, changed: (text: string) => void): { control: HTMLElement; element: HTMLElement } {
  const w = deskWords();
  const group = h('div', { class: 'three', role: 'radiogroup', 'aria-labelledby': `${id}-label`, id });
  for (const [state, title] of [['true', w.yes], ['false', w.no], ['', w.unknown]] as const) {
    const radio = h('input', { type: 'radio', name: id, value: state, ...(value === state ? { checked: '' } : {}) });
    radio.addEventListener('change', () => changed(state));
    group.append(h('label', {}, radio, h('span', {}, title)));
  }
  return { control: group, element: group };
}
