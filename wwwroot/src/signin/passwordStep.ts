import { ApiProblem } from '../api/http';
import { oidcAddress, signIn, type SignedIn } from '../api/session';
import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';
import { waitSeconds } from '../session/refusals';
import { createPasswordField } from './passwordField';
import type { Step } from './step';

/** What went wrong; `wait` counts down. */
type Fault = { kind: 'wrong' } | { kind: 'code' } | { kind: 'missing'; field: 'userName' | 'password' } | { kind: 'wait'; until: number } | { kind: 'unreachable' } | { kind: 'elsewhere'; why: string } | { kind: 'other'; why: string };

/** Account and password; then, where the account has one, the code of its authenticator. */
export class PasswordStep implements Step {
  readonly element = h('form', { class: 'card', novalidate: '' });
  private readonly userName = h('input', { id: 'userName', name: 'userName', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: '' });
  private readonly password = createPasswordField('password', 'current-password', () => sessionWords().password);
  private readonly code = h('input', { id: 'totp', name: 'totp', class: 'code', autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: '7', pattern: '[0-9 ]*', required: '' });
  private readonly fault = h('p', { class: 'fault', id: 'fault', role: 'alert' });
  private readonly submit = h('button', { type: 'submit', class: 'primary' });
  private problem: Fault | null = null;
  private asksCode = false;
  private sending = false;
  private oidc: string | null = null;
  private ticking: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly entered: (session: SignedIn, password: string) => void) {
    this.element.addEventListener('submit', (event) => { event.preventDefault(); void this.send(); });
    this.code.addEventListener('input', () => { if (/^\d{6}$/.test(this.code.value.replaceAll(' ', ''))) void this.send(); });
    for (const input of [this.userName, this.password.input]) {
      input.setAttribute('aria-describedby', 'fault');
      input.addEventListener('input', () => { if (this.problem?.kind === 'missing') this.say(null); });
    }
    queueMicrotask(() => this.userName.focus());
  }

  get title(): string {
    return this.asksCode ? sessionWords().totpTitle : sessionWords().title;
  }

  offerOidc(next: string): void {
    this.oidc = oidcAddress(next);
    this.render();
  }

  /** The government's sign-in led back here, and why. */
  refusedElsewhere(why: string): void {
    this.say({ kind: 'elsewhere', why });
  }

  dispose(): void {
    if (this.ticking !== null) clearInterval(this.ticking);
  }

  render(): void {
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.element.replaceChildren(...(this.asksCode ? this.codeParts() : this.passwordParts()));
    this.renderFault();
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
  }

  private passwordParts(): HTMLElement[] {
    const w = sessionWords();
    this.password.render();
    const oidc = this.oidc === null ? [] : [h('p', { class: 'or' }, w.or), h('a', { class: 'second', href: this.oidc, 'data-oidc': '' }, w.oidc)];
    return [h('h1', {}, w.title), h('div', { class: 'field' }, h('label', { for: 'userName' }, w.userName), this.userName), this.password.element, this.fault, this.submit, ...oidc];
  }

  private codeParts(): HTMLElement[] {
    const w = sessionWords();
    const back = h('button', { type: 'button', class: 'second' }, w.back);
    back.addEventListener('click', () => this.askPassword());
    return [h('h1', {}, w.totpTitle), h('p', { class: 'what' }, w.totpWhat), h('div', { class: 'field' }, h('label', { for: 'totp' }, w.totpCode), this.code), this.fault, this.submit, back];
  }

  private async send(): Promise<void> {
    if (this.sending || this.waitSeconds > 0) return;
    const [userName, password, totp] = [this.userName.value.trim(), this.password.input.value, this.code.value.replaceAll(' ', '')];
    const missing = userName === '' ? 'userName' : password === '' ? 'password' : null;
    if (missing !== null) {
      this.say({ kind: 'missing', field: missing });
      (missing === 'userName' ? this.userName : this.password.input).focus();
      return;
    }
    this.sending = true;
    this.say(null);
    try {
      const session = await signIn({ userName, password, ...(this.asksCode ? { totp } : {}) });
      if (session.signedIn) this.entered(session, password);
    } catch (error) {
      this.sending = false;
      this.refused(error);
    }
  }

  private refused(error: unknown): void {
    if (!(error instanceof ApiProblem)) this.say({ kind: 'unreachable' });
    else if (error.type === '/problems/totp-required') this.askCode();
    else if (error.status === 429) this.wait(waitSeconds(error));
    else if (error.status === 401) this.wrong();
    else this.say({ kind: 'other', why: error.detail === '' ? error.message : error.detail });
  }

  private wrong(): void {
    if (this.asksCode) {
      this.code.value = '';
      this.say({ kind: 'code' });
      this.code.focus();
      return;
    }
    this.password.input.value = '';
    this.say({ kind: 'wrong' });
    this.password.input.focus();
  }

  private askCode(): void {
    const again = this.asksCode && this.code.value !== '';
    this.asksCode = true;
    this.code.value = '';
    this.problem = again ? { kind: 'code' } : null;
    this.render();
    this.code.focus();
  }

  private askPassword(): void {
    this.asksCode = false;
    this.password.input.value = '';
    this.problem = null;
    this.render();
    this.password.input.focus();
  }

  private get waitSeconds(): number {
    return this.problem?.kind === 'wait' ? Math.max(0, Math.ceil((this.problem.until - Date.now()) / 1000)) : 0;
  }

  private wait(seconds: number): void {
    this.say({ kind: 'wait', until: Date.now() + seconds * 1000 });
    this.dispose();
    this.ticking = setInterval(() => {
      if (this.waitSeconds > 0) this.renderFault();
      else {
        this.dispose();
        this.say(null);
      }
    }, 500);
  }

  private say(problem: Fault | null): void {
    this.problem = problem;
    this.renderFault();
  }

  private renderFault(): void {
    const w = sessionWords();
    const { problem } = this;
    const wrong = problem?.kind === 'wrong';
    for (const input of [this.userName, this.password.input]) input.toggleAttribute('aria-invalid', wrong || (problem?.kind === 'missing' && problem.field === input.name));
    const text = problem === null ? '' : inWords(problem, this.waitSeconds);
    // The seconds go on without being read aloud again and again.
    this.fault.setAttribute('aria-live', problem?.kind === 'wait' ? 'off' : 'assertive');
    this.fault.hidden = text === '';
    this.fault.replaceChildren(text, ...(wrong ? [h('small', {}, w.wrongHint)] : []));
    this.submit.textContent = this.sending ? w.signingIn : this.asksCode ? w.verify : w.signIn;
    this.submit.disabled = this.sending || this.waitSeconds > 0;
  }
}

function inWords(fault: Fault, seconds: number): string {
  const w = sessionWords();
  switch (fault.kind) {
    case 'wrong':
      return w.wrong;
    case 'code':
      return w.totpWrong;
    case 'missing':
      return fault.field === 'userName' ? w.userNameMissing : w.passwordMissing;
    case 'wait':
      return w.tooMany(seconds);
    case 'unreachable':
      return w.unreachable;
    case 'elsewhere':
      return w.oidcRefused[fault.why] ?? w.failed(fault.why);
    case 'other':
      return w.failed(fault.why);
  }
}
