import { adminWords } from '../i18n/admin';
import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';
import { session } from '../session/session';
import { OwnPassword } from './ownPassword';
import { OwnSessions } from './ownSessions';
import { OwnTotp } from './ownTotp';
import { scopeInWords } from './scopeInput';
import type { Office, View } from './view';

/** What everybody may do about their own account. */
export class MeView implements View {
  readonly element = h('div', { class: 'list me' });
  private readonly head = h('div', { class: 'list-head' });
  private readonly parts;

  constructor(private readonly office: Office) {
    this.parts = [new OwnPassword(office), new OwnTotp(office), new OwnSessions(office)] as const;
    this.element.append(this.head, h('div', { class: 'own' }, ...this.parts.map((p) => p.element)));
  }

  get title(): string {
    return adminWords().tabs.me;
  }

  holdsUnsaved(): boolean {
    return this.parts[0].isChanged;
  }

  render(): void {
    const [w, s, who] = [adminWords(), sessionWords(), session()];
    const facts = who === null ? [] : [h('span', {}, who.userName), h('span', {}, who.roles.map((r) => s.roles[r] ?? r).join('、')), h('span', {}, scopeInWords(this.office, who.counties)), ...(who.department === null ? [] : [h('span', {}, who.department)])];
    this.head.replaceChildren(h('div', { class: 'headline' }, h('h1', {}, who === null || who.displayName === '' ? this.title : who.displayName), ...facts), h('p', { class: 'intro' }, w.meIntro));
    for (const part of this.parts) part.render();
  }
}
