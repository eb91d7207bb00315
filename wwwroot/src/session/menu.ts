import { ApiProblem } from '../api/http';
import { signOut, signOutEverywhere } from '../api/session';
import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';
import { refusalInWords } from './refusals';
import { adminRights, mayAny } from './rights';
import { leave, session, whenKnown } from './session';

/** Who is signed in, and the way out. Empty until that is known. */
export function createAccountMenu() {
  const menu = h('details', { class: 'account-menu', hidden: '' });
  const summary = h('summary', { class: 'tool' });
  const items = h('div', { class: 'account-items' });
  menu.append(summary, items);
  menu.addEventListener('focusout', (event) => { if (!menu.contains(event.relatedTarget as Node | null) && document.querySelector('dialog[open]') === null) menu.open = false; });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    summary.focus();
    event.stopPropagation();
  });
  addEventListener('pointerdown', (event) => { if (!menu.contains(event.target as Node)) menu.open = false; });

  const render = (): void => {
    const [w, who] = [sessionWords(), session()];
    menu.hidden = who === null;
    if (who === null) return;
    const name = who.displayName === '' ? who.userName : who.displayName;
    summary.replaceChildren(h('span', { class: 'account-name' }, name));
    summary.setAttribute('aria-label', `${w.account}：${name}`);
    const scope = who.counties === null ? w.wholeCity : w.countiesOf(who.counties.length);
    const roles = who.kind === 'kiosk' ? w.kioskSession : who.roles.map((r) => w.roles[r] ?? r).join('、');
    const own = who.kind === 'kiosk' ? [] : [h('a', { href: '/admin/#/me' }, w.ownPage)];
    const pages = [...(mayAny(adminRights) ? [h('a', { href: '/admin/' }, w.adminPage)] : []), h('a', { href: '/registers/' }, w.registersPage)];
    items.replaceChildren(h('p', {}, h('strong', {}, name), h('small', {}, roles), h('small', {}, scope)), ...own, ...(who.kind === 'kiosk' ? [] : pages),
      action(w.signOut, 'sign-out', () => void end(signOut, items)), ...(who.kind === 'kiosk' ? [] : [action(w.signOutEverywhere, 'sign-out-everywhere', askEverywhere)]));
  };
  whenKnown(render);
  return { element: menu, render };
}

function action(text: string, name: string, act: () => void): HTMLElement {
  const button = h('button', { type: 'button', 'data-session': name }, text);
  button.addEventListener('click', act);
  return button;
}

async function end(way: () => Promise<unknown>, place: Element): Promise<void> {
  try {
    await way();
  } catch (error) {
    // A session that is over already is as good as one that is ended now; otherwise nobody must believe that it has ended.
    if (!(error instanceof ApiProblem && error.status === 401)) {
      place.querySelector('[role=alert]')?.remove();
      place.append(h('p', { role: 'alert' }, refusalInWords(error) ?? sessionWords().unreachable));
      return;
    }
  }
  leave('/signin/');
}

function askEverywhere(): void {
  const w = sessionWords();
  const dialog = h('dialog', { class: 'account-question', 'aria-label': w.signOutEverywhere });
  const no = h('button', { type: 'button' }, w.cancel);
  no.addEventListener('click', () => dialog.close());
  dialog.append(h('p', {}, w.signOutEverywhereAsk), h('div', { class: 'account-buttons' }, no, action(w.signOutEverywhere, 'everywhere-yes', () => void end(signOutEverywhere, dialog))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
