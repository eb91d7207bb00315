import { entries, type Entry } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { countyNameOf, registerOfKind, type Desk } from './view';

const patienceMs = 200;
const mostOffered = 8;

/** A combobox that finds an entry of another register by name or code. */
export function createReferenceInput(desk: Desk, id: string, kind: string, value: string, chosen: (id: string) => void): { element: HTMLElement; input: HTMLInputElement } {
  const w = deskWords();
  const register = registerOfKind(desk, kind);
  const list = h('ul', { role: 'listbox', id: `${id}-list`, class: 'options', hidden: '', 'aria-label': w.referenceHint });
  const input = h('input', { type: 'text', id, role: 'combobox', autocomplete: 'off', 'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list', placeholder: w.referenceHint });
  const clear = h('button', { type: 'button', class: 'clear', 'aria-label': w.referenceClear }, '×');
  const element = h('div', { class: 'reference' }, input, clear, list);
  let current = value;
  let offered: Entry[] = [];
  let active = -1;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let turn = 0;

  const nameOfCurrent = (): string => {
    const name = current === '' ? '' : desk.names.of(register, current);
    return name === undefined ? '…' : (name ?? w.referenceUnknown);
  };
  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (entry: Entry | null): void => {
    current = entry?.id ?? '';
    if (entry !== null) desk.names.note(entry.id, entry.properties.name);
    input.value = nameOfCurrent();
    clear.hidden = current === '';
    close();
    chosen(current);
  };
  const mark = (index: number): void => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
    if (index >= 0) {
      input.setAttribute('aria-activedescendant', `${id}-${index}`);
      list.children[index]?.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  };
  const offer = (found: Entry[]): void => {
    offered = found;
    list.replaceChildren(...found.map((entry, index) => {
      const item = h('li', { role: 'option', id: `${id}-${index}`, 'aria-selected': 'false' }, entry.properties.name, h('small', {}, [entry.properties.code, countyNameOf(desk, entry.properties.county, '')].filter((t) => t !== null && t !== '').join(' · ')));
      item.addEventListener('pointerdown', (event) => { event.preventDefault(); take(entry); });
      return item;
    }), ...(found.length === 0 ? [h('li', { class: 'quiet', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, w.referenceNone)] : []));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark(found.length > 0 ? 0 : -1);
  };
  const search = (): void => {
    if (register === undefined) return;
    const mine = (turn += 1);
    void entries(register, { q: input.value.trim(), limit: mostOffered }).then((page) => { if (mine === turn && document.activeElement === input) offer(page.features); }, () => close());
  };

  input.value = nameOfCurrent();
  if (current !== '' && register !== undefined) void desk.names.ask(register, current).then(() => { if (document.activeElement !== input) input.value = nameOfCurrent(); });
  clear.hidden = current === '';
  clear.addEventListener('click', () => { take(null); input.focus(); });
  input.addEventListener('input', () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(search, patienceMs);
  });
  input.addEventListener('blur', () => {
    // Text that names nothing is no choice: what was chosen before stays visible.
    if (input.value.trim() === '' && current !== '') take(null);
    else input.value = nameOfCurrent();
    close();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && list.hidden) search();
    else if (event.key === 'ArrowDown') mark(Math.min(offered.length - 1, active + 1));
    else if (event.key === 'ArrowUp') mark(Math.max(0, active - 1));
    else if (event.key === 'Enter' && offered[active] !== undefined && !list.hidden) take(offered[active] ?? null);
    else if (event.key === 'Escape' && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { element, input };
}
