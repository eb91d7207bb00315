import type { SignedIn } from '../api/session';
import { language, useLanguage, words } from '../i18n';
import { sessionWords } from '../i18n/session';
import { h, setText } from '../screen/dom';
import { keepToken, leave, read, remember } from '../session/session';
import { wayBack } from '../session/way';
import { createBackground } from './background';
import { KioskStep } from './kioskStep';
import { NewPasswordStep } from './newPasswordStep';
import { PasswordStep } from './passwordStep';
import type { Step } from './step';

/** The sign-in page: a password, a second step, a new password when one is due, or a code for a wall. */
export class Door {
  private readonly query = new URLSearchParams(location.search);
  private readonly isKiosk = this.query.get('kiosk') === '1';
  private readonly language = h('button', { type: 'button', class: 'language' });
  private readonly brand = h('p', { class: 'brand' });
  private readonly purpose = h('p', { class: 'purpose' });
  private readonly other = h('a', { class: 'other' });
  private readonly stage = h('main', { class: 'stage' });
  private step: Step;

  constructor(body: HTMLElement) {
    keepToken();
    this.language.addEventListener('click', () => this.switchLanguage());
    this.step = this.isKiosk ? new KioskStep((session) => this.admit(session)) : new PasswordStep((session, password) => this.admit(session, password));
    body.classList.toggle('kiosk', this.isKiosk);
    body.append(createBackground(), h('header', { class: 'head' }, h('div', {}, this.brand, this.purpose), this.language), this.stage, h('footer', { class: 'foot' }, this.other));
  }

  start(): void {
    this.show(this.step);
    const refused = this.query.get('refused');
    if (refused !== null && this.step instanceof PasswordStep) this.step.refusedElsewhere(refused);
    read().then((session) => {
      if (session.signedIn) this.admit(session);
      else if (session.oidc && this.step instanceof PasswordStep) this.step.offerOidc(this.destination);
    }, () => {}); // the form stands; whoever tries it hears what is wrong
  }

  private get destination(): string {
    return wayBack(location.search, this.isKiosk ? '/?kiosk=1' : '/');
  }

  private admit(session: SignedIn, password = ''): void {
    remember(session);
    if (session.mustChangePassword) this.show(new NewPasswordStep(password, () => this.admit({ ...session, mustChangePassword: false })));
    // Who has to use one-time codes and has none yet may do nothing else.
    else leave(session.totp?.required === true && !session.totp.enabled ? '/admin/#/me' : this.destination);
  }

  private show(step: Step): void {
    if (step !== this.step) this.step.dispose?.();
    this.step = step;
    this.stage.replaceChildren(step.element);
    this.render();
  }

  private render(): void {
    const [w, wall] = [sessionWords(), words()];
    setText(this.brand, wall.appName);
    setText(this.purpose, w.purpose);
    setText(this.language, wall.switchLanguage);
    this.language.lang = language() === 'zh' ? 'en' : 'zh-CN';
    this.language.title = wall.switchLanguageHint;
    const query = new URLSearchParams(this.query);
    if (this.isKiosk) query.delete('kiosk');
    else query.set('kiosk', '1');
    this.other.href = `/signin/?${query.toString()}`;
    setText(this.other, this.isKiosk ? w.kioskPassword : w.kioskInstead);
    this.step.render();
    document.title = `${this.step.title} · ${wall.appName}`;
  }

  private switchLanguage(): void {
    useLanguage(language() === 'zh' ? 'en' : 'zh');
    this.render();
  }
}
