import { keyKinds, machinePermissions, type KeyDraft, type KeyKind } from '../api/accounts';
import { adminWords } from '../i18n/admin';
import { button } from '../registers/notices';
import { h } from '../screen/dom';
import { Choices } from './choices';
import { field, group, showFaults, textInput, type Fault } from './form';
import { ScopeInput } from './scopeInput';
import type { Office } from './view';

const mostPerMinute = 100_000;

/** A key as it is asked for. */
export class KeyForm {
  readonly element = h('form', { class: 'panel making', novalidate: '', autocomplete: 'off' });
  private readonly name = textInput('', { maxlength: '64' });
  private readonly source = textInput('', { maxlength: '64' });
  private readonly rate = textInput('', { inputmode: 'numeric' });
  private readonly expires = h('input', { type: 'date' });
  private readonly scope: ScopeInput;
  private readonly permissions = new Choices('permissions', ['view'], () => {});
  private kind: KeyKind = 'feed';

  constructor(office: Office, private readonly actions: { submit(): void; cancel(): void }) {
    this.scope = new ScopeInput(office, 'key', null, () => {});
    this.element.addEventListener('submit', (event) => { event.preventDefault(); actions.submit(); });
  }

  get draft(): KeyDraft {
    const text = (input: HTMLInputElement): string | null => (input.value.trim() === '' ? null : input.value.trim());
    const rate = text(this.rate);
    return { name: this.name.value.trim(), kind: this.kind, permissions: this.kind === 'integration' ? [...this.permissions.chosen] : ['deliver'], counties: this.scope.counties, source: text(this.source), ratePerMinute: rate === null ? null : Number(rate), expiresAt: this.expires.value === '' ? null : `${this.expires.value}T23:59:59+08:00` };
  }

  get isChanged(): boolean {
    return [this.name, this.source, this.rate, this.expires].some((input) => input.value !== '');
  }

  check(): boolean {
    const w = adminWords();
    const { name, permissions, ratePerMinute: rate } = this.draft;
    const faults: Fault[] = [
      ...(name === '' ? [{ field: 'name', text: w.keyNameMissing }] : []),
      ...(rate === null || (Number.isInteger(rate) && rate >= 1 && rate <= mostPerMinute) ? [] : [{ field: 'ratePerMinute', text: w.rateFault }]),
      ...(permissions.length === 0 ? [{ field: 'permissions', text: w.permissionsNone }] : []),
      ...(this.scope.isFaulty ? [{ field: 'counties', text: w.countiesNone }] : []),
    ];
    showFaults(this.element, faults);
    return faults.length === 0;
  }

  focus(): void {
    this.name.focus();
  }

  render(): void {
    const w = adminWords();
    this.scope.render();
    this.permissions.render(machinePermissions.map((value) => ({ value, title: w.permissionNames[value] ?? value })));
    const given = group('permissions', w.permissions, this.permissions.element);
    given.hidden = this.kind !== 'integration';
    const kinds = keyKinds.map((kind) => {
      const radio = h('input', { type: 'radio', name: 'key-kind', value: kind, ...(kind === this.kind ? { checked: '' } : {}) });
      radio.addEventListener('change', () => { this.kind = kind; given.hidden = kind !== 'integration'; });
      return h('label', { class: 'choice' }, radio, h('span', {}, w.keyKinds[kind], h('small', {}, w.keyKindHints[kind])));
    });
    this.element.replaceChildren(h('h2', {}, w.addKey), h('div', { class: 'fields bare' },
      field('name', w.keyName, this.name, { hint: w.keyNameHint, required: true, wide: true }), group('kind', w.keyKind, h('div', { class: 'choices-grid' }, ...kinds)), given, this.scope.element,
      field('source', w.source, this.source, { hint: w.sourceHint }), field('ratePerMinute', w.rate, this.rate, { hint: w.rateHint }), field('expiresAt', w.expires, this.expires, { hint: w.expiresHint })),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button primary', 'data-act': 'create' }, w.addKey), button(w.cancel, this.actions.cancel)));
  }
}
