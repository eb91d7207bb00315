import { adminWords } from '../i18n/admin';
import { button } from '../registers/notices';
import { h, setText } from '../screen/dom';

/** Shows what the server tells once only. It closes by a word, never by accident. */
export function showOnce(what: { title: string; explanation: string[]; secret: string; usage?: string }): Promise<void> {
  const w = adminWords();
  const before = document.activeElement;
  const secret = h('output', { class: 'secret', tabindex: '0', 'data-secret': '' }, what.secret);
  const copied = h('span', { class: 'good', role: 'status' });
  const copy = button(w.copy, () => void put(what.secret).then((done) => {
    setText(copied, done ? w.copied : w.copyByHand);
    if (!done) getSelection()?.selectAllChildren(secret);
  }), { 'data-act': 'copy' });
  const done = button(w.secretDone, () => dialog.close(), { class: 'button primary', 'data-act': 'secret-done' });
  const usage = what.usage === undefined ? [] : [h('p', { class: 'quiet' }, w.secretUse), h('code', { class: 'usage' }, what.usage)];
  const dialog = h('dialog', { class: 'question', 'aria-labelledby': 'once' }, h('h2', { id: 'once' }, what.title), ...what.explanation.map((text) => h('p', {}, text)), secret, ...usage, h('div', { class: 'buttons' }, copied, copy, done));
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      resolve();
    });
    dialog.showModal();
    copy.focus();
  });
}

/** Only pages from a trustworthy origin have a clipboard. */
async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
