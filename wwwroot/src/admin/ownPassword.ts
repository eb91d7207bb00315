import { changePassword } from '../api/session';
import { adminWords } from '../i18n/admin';
import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';
import { passwordFault, shortestPassword } from '../session/password';
import { isWrongPassword } from '../session/refusals';
import { read } from '../session/session';
import { field, showFaults, tellFailure } from './form';
import type { Office } from './view';

/** Another password for oneself. */
export class OwnPassword {
  readonly element = h('form', { class: 'panel', novalidate: '' });
  private readonly current = h('input', { type: 'password', autocomplete: 'current-password' });
  private readonly next = h('input', { type: 'password', autocomplete: 'new-password' });
  private readonly repeated = h('input', { type: 'password', autocomplete: 'new-password' });
  private readonly notices = h('div', { class: 'notices' });
  private busy = false;

  constructor(private readonly office: Office) {
    this.element.addEventListener('submit', (event) => { event.preventDefault(); void this.send(); });
  }

  get isChanged(): boolean {
    return this.next.value !== '' || this.repeated.value !== '';
  }

  render(): void {
    const [w, s] = [adminWords(), sessionWords()];
    this.element.replaceChildren(h('h2', {}, w.passwordTitle), this.notices, h('div', { class: 'fields bare one' }, field('current', s.currentPassword, this.current), field('next', s.newPassword, this.next, { hint: s.passwordRule(shortestPassword) }), field('repeated', s.repeatPassword, this.repeated)),
      h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button primary', 'data-act': 'password' }, s.changePassword)));
  }

  private async send(): Promise<void> {
    const s = sessionWords();
    const [current, next, repeated] = [this.current.value, this.next.value, this.repeated.value];
    const fault = passwordFault(current, next, repeated);
    showFaults(this.element, [...(current === '' ? [{ field: 'current', text: s.passwordMissing }] : []), ...(fault === null ? [] : [{ field: 'next', text: fault }])]);
    if (current === '' || fault !== null || this.busy) return;
    this.busy = true;
    this.notices.replaceChildren();
    try {
      await changePassword(current, next);
      for (const input of [this.current, this.next, this.repeated]) input.value = '';
      await read(); // the token may be another one now
      this.office.say(s.passwordChanged);
    } catch (error) {
      if (isWrongPassword(error)) showFaults(this.element, [{ field: 'current', text: s.passwordWrong }]);
      else tellFailure(this.element, this.notices, error);
    }
    this.busy = false;
  }
}
