import { giveVerdict } from '../api/calls';
import { ApiProblem } from '../api/http';
import type { Fire, VerdictKind } from '../api/types';
import { words } from '../i18n';
import { fireWords } from '../i18n/fires';
import { refusalInWords } from '../session/refusals';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { h, setAttribute, setText } from './dom';
import { reasonFault, reasonOf, reasonsOf } from './reasons';

const kinds: readonly VerdictKind[] = ['confirmed', 'out', 'refuted'];

/**
 * Choose, give a reason, submit: two steps, so that no single click closes a case. The state that was on the screen when the
 * choice was made must still hold when it is submitted. A verdict that closed the case by mistake is corrected the same way.
 */
export function createVerdict(actions: { done(): void }) {
  const choices = new Map(kinds.map((kind) => [kind, h('button', { type: 'button', 'data-verdict': kind })]));
  const correct = h('button', { type: 'button', 'data-verdict': 'correct' });
  const choiceRow = h('div', { class: 'choices' }, ...choices.values(), correct);
  const chips = h('div', { class: 'chips', role: 'group' });
  const question = h('p');
  const reasonLabel = h('span');
  const reason = h('input', { type: 'text', maxlength: '200', autocomplete: 'off' });
  const submit = h('button', { type: 'submit', class: 'primary' });
  const cancel = h('button', { type: 'button' });
  const form = h('form', { class: 'verdict' }, question, chips, h('label', {}, reasonLabel, reason), h('div', { class: 'choices' }, submit, cancel));
  const message = h('p', { role: 'status' });
  const element = h('div', { class: 'verdict' }, choiceRow, form, message);

  let fire: Fire | null = null;
  let chosen: { kind: VerdictKind; status: string } | null = null;
  /** The reason that is chosen by its chip. */
  let code: string | null = null;
  let sending = false;
  let busy = false;
  /** The fire is closed, and somebody says that this was a mistake. */
  let correcting = false;

  const say = (text: string, kind: '' | 'problem' | 'good' = ''): void => {
    setText(message, text);
    message.className = kind;
  };
  const choose = (kind: VerdictKind | null): void => {
    chosen = kind === null || fire === null ? null : { kind, status: fire.properties.status };
    say('');
    code = null;
    render();
    if (kind === null) return;
    (chips.querySelector('button') ?? reason).focus({ preventScroll: true });
    requestAnimationFrame(() => form.scrollIntoView({ block: 'end' }));
  };
  const cancelled = (): void => {
    reason.value = '';
    const kind = chosen?.kind;
    correcting &&= chosen !== null;
    choose(null);
    (kind === undefined ? correct : choices.get(kind))?.focus({ preventScroll: true });
  };
  correct.addEventListener('click', () => {
    correcting = !correcting;
    say('');
    render();
  });
  const chip = (name: string): HTMLButtonElement => {
    const made = h('button', { type: 'button', 'data-reason': name, 'aria-pressed': 'false' });
    made.addEventListener('click', () => {
      code = code === name ? null : name;
      say('');
      render();
    });
    return made;
  };
  for (const [kind, button] of choices) button.addEventListener('click', () => choose(kind));
  cancel.addEventListener('click', cancelled);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });

  const send = async (): Promise<void> => {
    if (fire === null || chosen === null || sending) return;
    const w = words();
    const fault = reasonFault(chosen.kind, code, reason.value, correcting);
    if (fault !== null) {
      say(fault, 'problem');
      reason.focus();
      return;
    }
    if (fire.properties.status !== chosen.status) {
      [chosen, correcting] = [null, false];
      render();
      say(w.verdictOvertaken, 'problem');
      return;
    }
    sending = true;
    say(w.submitting);
    render();
    try {
      await giveVerdict(fire.id, chosen.kind, reasonOf(code, reason.value), correcting);
      [chosen, correcting] = [null, false];
      reason.value = '';
      say(w.verdictDone, 'good');
      actions.done();
    } catch (error) {
      say(error instanceof ApiProblem ? w.verdictFailed(fireWords().problems[error.type.replace('/problems/', '')] ?? refusalInWords(error) ?? (error.detail || error.message)) : w.verdictUncertain, 'problem');
    } finally {
      sending = false;
      render();
    }
  };

  const render = (): void => {
    const w = words();
    const status = fire?.properties.status;
    const closed = status === 'out' || status === 'refuted';
    const ended = status === 'history' || status === 'merged';
    if (!closed && chosen === null) correcting = false;
    element.hidden = fire === null || !may(rights.verdicts) || (ended && message.textContent === '');
    choiceRow.hidden = chosen !== null || ended || busy;
    form.hidden = chosen === null;
    for (const [kind, button] of choices) {
      setText(button, w.verdicts[kind]);
      // What only several sources confirm, somebody may still confirm; nobody corrects a verdict by the same.
      button.hidden = closed ? !correcting || kind === status : kind === 'confirmed' && status === 'confirmed' && fire?.properties.confirmedBy !== 'sources';
    }
    correct.hidden = !closed;
    setText(correct, correcting ? w.cancel : fireWords().correct);
    if (chosen === null) return;
    setText(question, correcting ? fireWords().correctAsk(w.verdicts[chosen.kind]) : w.verdictAsk[chosen.kind]);
    if (chips.dataset['kind'] !== chosen.kind) chips.replaceChildren(...reasonsOf[chosen.kind].map(chip));
    chips.dataset['kind'] = chosen.kind;
    setAttribute(chips, 'aria-label', fireWords().reasonChips);
    for (const made of chips.querySelectorAll('button')) {
      setText(made, fireWords().reasons[made.dataset['reason'] ?? ''] ?? '');
      setAttribute(made, 'aria-pressed', String(made.dataset['reason'] === code));
    }
    setText(reasonLabel, code === 'other' ? fireWords().moreWordsNeeded : fireWords().moreWords);
    setAttribute(reason, 'placeholder', w.reasonHints[chosen.kind]);
    setText(submit, `${w.submit} · ${w.verdicts[chosen.kind]}`);
    setText(cancel, w.cancel);
    submit.disabled = sending;
    cancel.disabled = sending;
    reason.disabled = sending;
  };

  return {
    element,
    get isOpen(): boolean { return chosen !== null || correcting; },
    /** False where nothing was chosen. */
    cancel(): boolean {
      const was = chosen !== null || correcting;
      if (was) cancelled();
      return was;
    },
    /**
     * Another fire forgets the choice made for the one before.
     * @param others Another act is under way: no second one is offered.
     */
    show(next: Fire | null, others: boolean): void {
      busy = others;
      if (next?.id !== fire?.id) {
        [chosen, correcting] = [null, false];
        reason.value = '';
        say('');
      }
      fire = next;
      render();
    },
  };
}
