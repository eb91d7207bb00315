import { language } from '../i18n';
import { deskWords } from '../i18n/registers';
import { hourMinute } from '../i18n/time';
import type { LinkStatus } from '../live/link';
import { words } from '../i18n';
import { h, setText } from '../screen/dom';
import { createAccountMenu } from '../session/menu';

const sayingMs = 6000;

/** What stands around every view: name, way home, language, the state of the link, and words in passing. */
export class Shell {
  readonly element: HTMLElement;
  readonly main = h('main', { id: 'main', tabindex: '-1' });
  private readonly skip = h('a', { class: 'skip', href: '#main' });
  private readonly brand = h('a', { class: 'brand', href: '/' });
  private readonly home = h('a', { href: '#/' });
  private readonly questions = h('a', { href: '#/undecidable' });
  private readonly lamp = h('i', { class: 'lamp' });
  private readonly state = h('span');
  private readonly language = h('button', { type: 'button', class: 'tool', 'data-language': '' });
  private readonly help = h('button', { type: 'button', class: 'tool' }, '?');
  private readonly banner = h('p', { class: 'stale-banner', role: 'alert', hidden: '' });
  private readonly saying = h('p', { class: 'saying', role: 'status' });
  private readonly dialog = h('dialog', { class: 'question', 'aria-labelledby': 'help-title' });
  private readonly account = createAccountMenu();
  private link: LinkStatus = 'starting';
  private provenAt: number | null = null;
  private silence: ReturnType<typeof setTimeout> | null = null;

  constructor(actions: { switchLanguage(): void }) {
    this.language.addEventListener('click', actions.switchLanguage);
    this.help.addEventListener('click', () => this.toggleHelp());
    this.dialog.addEventListener('keydown', (event) => { if (event.key === '?') this.dialog.close(); });
    // A fragment is a route here, so the skip link moves the focus itself.
    this.skip.addEventListener('click', (event) => { event.preventDefault(); this.main.focus(); });
    this.element = h('div', { class: 'page' }, this.skip,
      h('header', { class: 'top' }, h('nav', {}, this.brand, this.home, this.questions), h('div', { class: 'tools-right' }, h('span', { class: 'link-state' }, this.lamp, this.state), this.language, this.help, this.account.element)),
      this.banner, this.main, this.saying, this.dialog);
  }

  setLink(status: LinkStatus, provenAt: number | null): void {
    this.link = status;
    this.provenAt = provenAt;
    this.render();
  }

  say(text: string): void {
    if (this.silence !== null) clearTimeout(this.silence);
    setText(this.saying, text);
    this.silence = setTimeout(() => setText(this.saying, ''), sayingMs);
  }

  toggleHelp(): void {
    const w = deskWords();
    if (this.dialog.open) {
      this.dialog.close();
      return;
    }
    const close = h('button', { type: 'button', class: 'button' }, w.close);
    close.addEventListener('click', () => this.dialog.close());
    this.dialog.replaceChildren(h('h2', { id: 'help-title' }, w.helpTitle), h('dl', { class: 'keys' }, ...w.help.flatMap(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])), h('div', { class: 'buttons' }, close));
    this.dialog.showModal();
  }

  render(): void {
    const [w, wall] = [deskWords(), words()];
    setText(this.skip, w.skip);
    setText(this.brand, wall.appName);
    this.brand.title = w.toWall;
    setText(this.home, w.title);
    setText(this.questions, w.undecidableTitle);
    setText(this.language, wall.switchLanguage);
    this.language.lang = language() === 'zh' ? 'en' : 'zh-CN';
    this.language.title = wall.switchLanguageHint;
    this.help.ariaLabel = w.helpTitle;
    this.account.render();
    for (const link of [this.home, this.questions]) {
      const here = link === this.questions ? location.hash.startsWith('#/undecidable') : !location.hash.startsWith('#/undecidable');
      if (here) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    this.renderLink();
  }

  private renderLink(): void {
    const [w, wall] = [deskWords(), words()];
    const { link } = this;
    this.element.dataset['link'] = link;
    this.lamp.className = `lamp ${link}`;
    setText(this.state, { starting: wall.linkStarting, live: wall.linkLive, polling: wall.linkPolling, dead: wall.linkDead }[link]);
    this.banner.hidden = link !== 'dead';
    setText(this.banner, link !== 'dead' ? '' : this.provenAt === null ? w.neverLoaded : w.staleSince(hourMinute(this.provenAt)));
  }
}
