import { giveVerdict } from '../api/calls';
import { ApiProblem } from '../api/http';
import type { Fire, VerdictKind } from '../api/types';
import { words } from '../i18n';
import { refusalInWords } from '../session/refusals';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { h, setAttribute, setText } from './dom';

const kinds: readonly VerdictKind[] = ['confirmed', 'out', 'refuted'];

/**
 * Choose, give a reason, submit: two steps, so that no single click closes a case. The state that was on the screen when the
 * choice was made must still hold when it is submitted.
 */
export function createVerdict(actions: { done(): void }) {
  const choices = new Map(kinds.map((kind) => [kind, h('button', { type: 'button', 'data-verdict': kind })]));
  const choiceRow = h('div', { class: 'choices' }, ...choices.values());
  const question = h('p');
  const reasonLabel = h('span');
  const reason = h('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
  const submit = h('button', { type: 'submit', class: 'primary' });
  const cancel = h('button', { type: 'button' });
  const form = h('form', { class: 'verdict' }, question, h('label', {}, reasonLabel, reason), h('div', { class: 'choices' }, submit, cancel));
  const message = h('p', { role: 'status' });
  const element = h('div', { class: 'verdict' }, choiceRow, form, message);

  let fire: Fire | null = null;
  let chosen: { kind: VerdictKind; status: string } | null = null;
  let sending = false;

  const say = (text: string, kind: '' | 'problem' | 'good' = ''): void => {
    setText(message, text);
    message.className = kind;
  };
  const choose = (kind: VerdictKind | null): void => {
    chosen = kind === null || fire === null ? null : { kind, status: fire.properties.status };
    say('');
    if (kind !== null) reason.value = '';
    render();
    if (kind !== null) reason.focus({ preventScroll: true });
  };
  for (const [kind, button] of choices) button.addEventListener('click', () => choose(kind));
  cancel.addEventListener('click', () => choose(null));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  const send = async (): Promise<void> => {
    if (fire === null || chosen === null || sending) return;
    const w = words();
    const text = reason.value.trim();
    if (chosen.kind === 'refuted' && text === '') {
      say(w.reasonNeeded, 'problem');
      reason.focus();
      return;
    }
    if (fire.properties.status !== chosen.status) {
      chosen = null;
      render();
      say(w.verdictOvertaken, 'problem');
      return;
    }
    sending = true;
    say(w.submitting);
    render();
    try {
      await giveVerdict(fire.id, chosen.kind, text);
      chosen = null;
      say(w.verdictDone, 'good');
      actions.done();
    } catch (error) {
      say(error instanceof ApiProblem ? w.verdictFailed(refusalInWords(error) ?? (error.detail || error.message)) : w.verdictUncertain, 'problem');
    } finally {
      sending = false;
      render();
    }
  };

  const render = (): void => {
    const w = words();
    const status = fire?.properties.status;
    const ended = status === 'out' || status === 'refuted' || status === 'history';
    element.hidden = fire === null || !may(rights.verdicts) || (ended && message.textContent === '');
    choiceRow.hidden = chosen !== null || ended;
    form.hidden = chosen === null;
    for (const [kind, button] of choices) {
      setText(button, w.verdicts[kind]);
      button.hidden = kind === 'confirmed' && status === 'confirmed';
    }
    if (chosen === null) return;
    setText(question, w.verdictAsk[chosen.kind]);
    setText(reasonLabel, w.reason);
    setAttribute(reason, 'placeholder', w.reasonHints[chosen.kind]);
    setText(submit, `${w.submit} · ${w.verdicts[chosen.kind]}`);
    setText(cancel, w.cancel);
    submit.disabled = sending;
    cancel.disabled = sending;
    reason.disabled = sending;
  };

  return {
    element,
    /** Another fire forgets the choice made for the one before. */
    show(next: Fire | null): void {
      if (next?.id !== fire?.id) {
        chosen = null;
        say('');
      }
      fire = next;
      render();
    },
  };
}
