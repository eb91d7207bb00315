import { h } from '../screen/dom';

export interface Question {
  title: string;
  body: (string | Node)[];
  yes: string;
  no: string;
  /** The yes destroys something. */
  grave?: boolean;
}

/** A question that has to be answered first; closing it is a no. */
export function ask(question: Question): Promise<boolean> {
  const before = document.activeElement;
  const yes = h('button', { type: 'button', class: question.grave === true ? 'button grave' : 'button primary', 'data-answer': 'yes' }, question.yes);
  const no = h('button', { type: 'button', class: 'button', 'data-answer': 'no' }, question.no);
  const body = question.body.map((part) => (typeof part === 'string' ? h('p', {}, part) : part));
  const title = h('h2', { id: 'question' }, question.title);
  const dialog = h('dialog', { class: 'question', 'aria-labelledby': 'question' }, title, ...body, h('div', { class: 'buttons' }, no, yes));
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer = false;
    yes.addEventListener('click', () => { answer = true; dialog.close(); });
    no.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      resolve(answer);
    });
    dialog.showModal();
    no.focus();
  });
}
