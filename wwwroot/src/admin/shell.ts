import { language, words } from '../i18n';
import { adminWords } from '../i18n/admin';
import { sessionWords } from '../i18n/session';
import { h, setText } from '../screen/dom';
import { createAccountMenu } from '../session/menu';
import { session } from '../session/session';
import { mayOpen, partNames, readRoute, routeTo, writeRoute, type Part } from './route';

const sayingMs = 6000;

/** What stands around every view: the way to the wall, the parts, language and account, and words in passing. */
export class Shell {
  readonly element: HTMLElement;
  readonly main = h('main', { id: 'main', tabindex: '-1' });
  private readonly skip = h('a', { class: 'skip', href: '#main' });
  private readonly brand = h('a', { class: 'brand', href: '/' });
  private readonly tabs = new Map<Part, HTMLAnchorElement>(partNames.map((part) => [part, h('a', { href: writeRoute(routeTo(part)), 'data-part': part })]));
  private readonly nav = h('nav', { class: 'tabs' }, ...this.tabs.values());
  private readonly language = h('button', { type: 'button', class: 'tool', 'data-language': '' });
  private readonly account = createAccountMenu();
  private readonly warning = h('p', { class: 'notice warn', hidden: '' });
  private readonly saying = h('p', { class: 'saying', role: 'status' });
  private silence: ReturnType<typeof setTimeout> | null = null;

  constructor(actions: { switchLanguage(): void }) {
    this.language.addEventListener('click', actions.switchLanguage);
    // A fragment is a route here, so the skip link moves the focus itself.
    this.skip.addEventListener('click', (event) => { event.preventDefault(); this.main.focus(); });
    this.element = h('div', { class: 'page admin' }, this.skip,
      h('header', { class: 'top' }, h('div', { class: 'head' }, this.brand), this.nav, h('div', { class: 'tools-right' }, this.language, this.account.element)),
      h('div', { class: 'warning' }, this.warning), this.main, this.saying);
  }

  say(text: string): void {
    if (this.silence !== null) clearTimeout(this.silence);
    setText(this.saying, text);
    this.silence = setTimeout(() => setText(this.saying, ''), sayingMs);
  }

  render(): void {
    const [w, wall, s] = [adminWords(), words(), sessionWords()];
    setText(this.skip, w.skip);
    setText(this.brand, wall.appName);
    this.brand.title = w.toWall;
    this.nav.setAttribute('aria-label', w.menu);
    const here = readRoute(location.hash)?.part;
    for (const [part, link] of this.tabs) {
      setText(link, w.tabs[part]);
      link.hidden = !mayOpen(part);
      if (part === here) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    this.tabs.get(here ?? 'me')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    setText(this.language, wall.switchLanguage);
    this.language.lang = language() === 'zh' ? 'en' : 'zh-CN';
    this.language.title = wall.switchLanguageHint;
    const totp = session()?.totp;
    this.warning.hidden = !totp || !totp.required || totp.enabled;
    this.warning.replaceChildren(s.totpMissing, ...(here === 'me' ? [] : [h('a', { href: writeRoute(routeTo('me')) }, s.totpSetUp)]));
    this.account.render();
  }
}
