import { language, words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { sessionWords } from '../i18n/session';
import { beijingDay, clock } from '../i18n/time';
import type { LinkStatus } from '../live/link';
import { h, setAttribute, setText } from '../screen/dom';
import { createAccountMenu } from '../session/menu';
import { session } from '../session/session';

/** What stands at the head of a page. */
export interface Head {
  readonly crumb: { readonly text: string; readonly href: string };
  readonly title: string;
  readonly tags: readonly Node[];
  readonly links: readonly { readonly text: string; readonly href: string }[];
  readonly simulated: boolean;
}

/** The paper: what stands around the sections, on the screen and printed. */
export class Sheet {
  readonly element: HTMLElement;
  readonly main = h('main', { id: 'main', tabindex: '-1' });
  private readonly body = h('div', { class: 'sections' });
  private readonly head = h('header', { class: 'sheet-head' });
  private readonly moment = h('p', { class: 'moment' });
  private readonly footer = h('footer', { class: 'source' });
  private readonly skip = h('a', { class: 'skip', href: '#main' });
  private readonly brand = h('a', { class: 'brand', href: '/' });
  private readonly registers = h('a', { href: '/registers/' });
  private readonly counties = h('a', { href: '/county/' });
  private readonly lamp = h('i', { class: 'lamp' });
  private readonly state = h('span');
  private readonly language = h('button', { type: 'button', class: 'tool', 'data-language': '' });
  private readonly print = h('button', { type: 'button', class: 'button primary', 'data-act': 'print' });
  private readonly refresh = h('button', { type: 'button', class: 'button', 'data-act': 'refresh' });
  private readonly account = createAccountMenu();
  private link: LinkStatus = 'starting';
  private provenAt: number | null = null;
  private shown: Head | null = null;

  constructor(actions: { switchLanguage(): void; refresh(): void }) {
    this.language.addEventListener('click', actions.switchLanguage);
    this.refresh.addEventListener('click', actions.refresh);
    this.print.addEventListener('click', () => print());
    this.element = h('div', { class: 'page sheet' }, this.skip,
      h('header', { class: 'top' }, h('nav', {}, this.brand, this.counties, this.registers), h('div', { class: 'tools-right' }, h('span', { class: 'link-state' }, this.lamp, this.state), this.language, this.account.element)),
      this.main);
    this.main.append(this.head, this.body, this.footer);
  }

  setLink(status: LinkStatus, provenAt: number | null): void {
    this.link = status;
    this.provenAt = provenAt;
    this.renderMoment();
  }

  /** What is shown is true as of then, unix ms. */
  setProof(at: number): void {
    this.provenAt = at;
    this.renderMoment();
  }

  /** What stands below the head. */
  fill(...sections: Node[]): void {
    this.body.replaceChildren(...sections);
  }

  /** @param head Null where the page is about nothing that can be shown. */
  show(head: Head | null): void {
    this.shown = head;
    this.render();
  }

  render(): void {
    const [w, wall, { shown }] = [pageWords(), words(), this];
    setText(this.skip, w.skip);
    setText(this.brand, wall.appName);
    setText(this.registers, w.registers);
    setText(this.counties, w.countyPage);
    setText(this.language, wall.switchLanguage);
    this.language.lang = language() === 'zh' ? 'en' : 'zh-CN';
    setText(this.print, w.print);
    setText(this.refresh, w.refresh);
    this.account.render();
    const focused = (document.activeElement as HTMLElement | null)?.dataset['act'];
    this.head.hidden = shown === null;
    this.footer.hidden = shown === null;
    if (shown !== null) {
      this.head.replaceChildren(
        h('div', { class: 'headline' }, h('a', { class: 'crumb', href: shown.crumb.href }, shown.crumb.text), h('h1', {}, shown.title), ...shown.tags, ...(shown.simulated ? [h('span', { class: 'hatched badge' }, wall.simulated)] : [])),
        h('div', { class: 'buttons' }, ...shown.links.map((l) => h('a', { class: 'button', href: l.href }, l.text)), this.refresh, this.print), this.moment);
      if (focused !== undefined) this.head.querySelector<HTMLElement>(`[data-act='${focused}']`)?.focus();
    }
    this.renderMoment();
  }

  private renderMoment(): void {
    const [w, wall] = [pageWords(), words()];
    setAttribute(this.element, 'data-link', this.link);
    this.lamp.className = `lamp ${this.link}`;
    setText(this.state, { starting: wall.linkStarting, live: wall.linkLive, polling: wall.linkPolling, dead: wall.linkDead }[this.link]);
    const at = this.provenAt === null ? null : `${beijingDay(this.provenAt)} ${clock(this.provenAt)}`;
    setText(this.moment, at === null ? w.notYet : this.link === 'dead' ? w.asOfStale(at) : w.asOf(at));
    this.moment.classList.toggle('stale', this.link === 'dead');
    setAttribute(this.moment, 'role', this.link === 'dead' ? 'alert' : null);
    const who = session();
    const name = who === null ? '' : who.kind === 'kiosk' ? sessionWords().kioskSession : who.displayName === '' ? who.userName : who.displayName;
    const lines = [w.source(`${location.host}${location.pathname}${location.search}`, name), ...(this.shown?.simulated === true ? [w.simulatedNote] : []), w.legal];
    if (this.footer.dataset['said'] === lines.join()) return;
    this.footer.dataset['said'] = lines.join();
    this.footer.replaceChildren(...lines.map((text) => h('p', {}, text)));
  }
}

