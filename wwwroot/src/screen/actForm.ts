import { ApiProblem } from '../api/http';
import { words } from '../i18n';
import { fireWords } from '../i18n/fires';
import { refusalInWords } from '../session/refusals';
import { h, setAttribute, setText } from './dom';

/** What the server says against an act, by the stable type of its refusal. */
export function actProblem(error: unknown): string {
  const w = fireWords();
  if (!(error instanceof ApiProblem)) return w.uncertain;
  const faults = error.more['faults'];
  const known = w.problems[error.type.replace('/problems/', '')] ?? refusalInWords(error);
  return w.failed(known ?? (Array.isArray(faults) ? faults.join('；') : error.detail || error.message));
}

export interface ActText {
  title: string;
  ask: string;
  preview: string;
  submit: string;
  /** What is missing before it may be sent; null when nothing is. */
  fault: string | null;
  reasonNeeded?: boolean;
}

/**
 * An act of an officer in the drawer: opened, filled in, looked at, sent. It stands beside what a live update draws anew, so that nothing
 * typed is lost; Esc and 取消 close it.
 * @param part What there is to choose or fill in.
 */
export function createActForm(name: string, part: HTMLElement, actions: { send(reason: string): Promise<void>; changed(): void }) {
  const title = h('h3');
  const ask = h('p', { class: 'notes' });
  const label = h('span');
  const reason = h('input', { type: 'text', maxlength: '300', autocomplete: 'off', name: `${name}-reason` });
  const preview = h('p', { class: 'preview', role: 'status' });
  const submit = h('button', { type: 'submit', class: 'primary' });
  const cancel = h('button', { type: 'button', class: 'cancel' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const element = h('form', { class: 'act', 'data-act': name, hidden: '' }, title, ask, part, h('label', {}, label, reason), preview, problem, h('div', { class: 'choices' }, submit, cancel));
  let sending = false;
  let text: ActText | null = null;
  let before: Element | null = null;

  const close = (): void => {
    if (element.hidden) return;
    const inside = element.contains(document.activeElement);
    element.hidden = true;
    reason.value = '';
    setText(problem, '');
    actions.changed();
    const back = inside && before instanceof HTMLElement ? before : null;
    // What led here is hidden while the form is open, and shown again by the next drawing.
    if (back !== null) requestAnimationFrame(() => { if (back.isConnected && (document.activeElement === document.body || element.contains(document.activeElement))) back.focus({ preventScroll: true }); });
  };
  const send = async (): Promise<void> => {
    if (sending || text === null) return;
    const fault = text.fault ?? (text.reasonNeeded === true && reason.value.trim() === '' ? fireWords().reasonNeeded : null);
    setText(problem, fault ?? '');
    if (fault !== null) {
      if (text.fault === null) reason.focus();
      return;
    }
    sending = true;
    render(text);
    try {
      await actions.send(reason.value.trim());
      sending = false;
      close();
    } catch (error) {
      setText(problem, actProblem(error));
    } finally {
      sending = false;
      if (text !== null) render(text);
      actions.changed();
    }
  };
  cancel.addEventListener('click', close);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  const render = (next: ActText): void => {
    text = next;
    setText(title, next.title);
    setText(ask, next.ask);
    ask.hidden = next.ask === '';
    setText(label, `${words().reason}${next.reasonNeeded === true ? '' : ` · ${fireWords().optional}`}`);
    setText(preview, next.preview);
    setText(submit, sending ? words().submitting : next.submit);
    setText(cancel, words().cancel);
    submit.disabled = sending;
    cancel.disabled = sending;
    setAttribute(element, 'aria-label', next.title);
  };
  return {
    element,
    render,
    close,
    get isOpen(): boolean { return !element.hidden; },
    open(): void {
      before = document.activeElement;
      element.hidden = false;
      actions.changed();
      (part.querySelector<HTMLElement>('input, select, button') ?? reason).focus({ preventScroll: true });
      // Once what there is to choose is drawn.
      requestAnimationFrame(() => element.scrollIntoView({ block: 'end' }));
    },
    say(why: string): void { setText(problem, why); },
  };
}
