import { ApiProblem } from '../api/http';
import { changePassword } from '../api/session';
import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';
import { faultsInWords, isWrongPassword } from '../session/refusals';
import { passwordFault, shortestPassword } from '../session/password';
import { createPasswordField } from './passwordField';
import type { Step } from './step';

/** A new password, before anything else. The current one is asked for only where this page does not know it. */
export class NewPasswordStep implements Step {
  readonly element = h('form', { class: 'card', novalidate: '' });
  private readonly current = createPasswordField('current', 'current-password', () => sessionWords().currentPassword);
  private readonly next = createPasswordField('next', 'new-password', () => sessionWords().newPassword);
  private readonly repeated = createPasswordField('repeated', 'new-password', () => sessionWords().repeatPassword);
  private readonly fault = h('p', { class: 'fault', id: 'fault', role: 'alert', hidden: '' });
  private readonly submit = h('button', { type: 'submit', class: 'primary' });
  private why: () => string = () => '';

  constructor(private readonly known: string, private readonly done: () => void) {
    this.current.input.value = known;
    this.element.addEventListener('submit', (event) => { event.preventDefault(); void this.send(); });
    queueMicrotask(() => (known === '' ? this.current : this.next).input.focus());
  }

  get title(): string {
    return sessionWords().mustChangeTitle;
  }

  render(): void {
    const w = sessionWords();
    for (const field of [this.current, this.next, this.repeated]) field.render();
    this.submit.textContent = w.setPassword;
    this.element.replaceChildren(h('h1', {}, w.mustChangeTitle), h('p', { class: 'what' }, w.mustChangeWhat), ...(this.known === '' ? [this.current.element] : []),
      this.next.element, h('small', { class: 'hint' }, w.passwordRule(shortestPassword)), this.repeated.element, this.fault, this.submit);
    this.renderFault();
  }

  private async send(): Promise<void> {
    const [current, next, repeated] = [this.current, this.next, this.repeated].map((f) => f.input.value) as [string, string, string];
    const fault = (): string => passwordFault(current, next, repeated) ?? '';
    if (fault() !== '') {
      this.say(fault);
      this.next.input.focus();
      return;
    }
    this.submit.disabled = true;
    this.say(() => '');
    try {
      await changePassword(current, next);
      this.done();
    } catch (error) {
      this.submit.disabled = false;
      this.say(() => (isWrongPassword(error) ? sessionWords().passwordWrong : error instanceof ApiProblem ? faultsInWords(error) : sessionWords().unreachable));
      if (isWrongPassword(error) && !this.current.element.isConnected) this.next.element.before(this.current.element);
    }
  }

  private say(why: () => string): void {
    this.why = why;
    this.renderFault();
  }

  private renderFault(): void {
    const text = this.why();
    this.fault.hidden = text === '';
    this.fault.textContent = text;
  }
}
