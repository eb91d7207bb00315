import { sessionWords } from '../i18n/session';
import { h, setText } from '../screen/dom';

/** A password with its label, a way to see it, and a word about Caps Lock. */
export function createPasswordField(id: string, autocomplete: string, label: () => string) {
  const input = h('input', { id, name: id, type: 'password', autocomplete, required: '' });
  const title = h('label', { for: id });
  const eye = h('button', { type: 'button', class: 'eye', 'aria-pressed': 'false' });
  const caps = h('small', { class: 'caps', role: 'status' });
  const element = h('div', { class: 'field password' }, title, h('span', { class: 'with-eye' }, input, eye), caps);
  const render = (): void => {
    const [w, shown] = [sessionWords(), input.type === 'text'];
    setText(title, label());
    eye.setAttribute('aria-label', w.showPassword);
    eye.setAttribute('aria-pressed', String(shown));
    eye.title = shown ? w.hidePassword : w.showPassword;
  };
  eye.addEventListener('click', () => {
    input.type = input.type === 'password' ? 'text' : 'password';
    render();
    input.focus();
  });
  input.addEventListener('keyup', (event) => setText(caps, event.getModifierState('CapsLock') ? sessionWords().capsLock : ''));
  return { element, input, render };
}
