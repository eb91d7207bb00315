import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';

/** What is being read, could not be read, or is there. */
export type Reading<T> = { state: 'reading' } | { state: 'failed'; why: string } | { state: 'read'; value: T };

export const loadingNotice = (): HTMLElement => h('p', { class: 'notice quiet', role: 'status' }, h('i', { class: 'spinner', 'aria-hidden': 'true' }), deskWords().loading);

export function failedNotice(why: string, retry: (() => void) | null): HTMLElement {
  const w = deskWords();
  const element = h('div', { class: 'notice bad', role: 'alert' }, h('p', {}, h('strong', {}, w.failed), ` ${why}`));
  if (retry !== null) element.append(button(w.retry, retry));
  return element;
}

export function emptyNotice(text: string, hint: string, ...actions: HTMLElement[]): HTMLElement {
  return h('div', { class: 'notice empty' }, h('p', {}, text), ...(hint === '' ? [] : [h('p', { class: 'quiet' }, hint)]), ...(actions.length === 0 ? [] : [h('div', { class: 'buttons' }, ...actions)]));
}

export function button(text: string, act: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const element = h('button', { type: 'button', class: 'button', ...attributes }, text);
  element.addEventListener('click', act);
  return element;
}

export const simulatedBadge = (): HTMLElement => h('span', { class: 'hatched badge' }, deskWords().simulated);
