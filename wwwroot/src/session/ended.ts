import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';

/** The session is over, but something typed is not saved: it stays, and the sign-in happens elsewhere. */
export function tellEnded(address: string): void {
  if (document.querySelector('dialog.account-question') !== null) return;
  const w = sessionWords();
  const dialog = h('dialog', { class: 'account-question', 'aria-labelledby': 'ended' });
  const stay = h('button', { type: 'button' }, w.endedStay);
  stay.addEventListener('click', () => dialog.close());
  const open = h('a', { href: address, target: '_blank', rel: 'noopener' }, w.endedOpen);
  open.addEventListener('click', () => dialog.close());
  dialog.append(h('h2', { id: 'ended' }, w.endedTitle), h('p', {}, w.endedWhat), h('div', { class: 'account-buttons' }, stay, open));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
