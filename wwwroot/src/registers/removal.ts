import type { Register } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import type { Question } from './question';
import { violationList, type Rulings } from './rulings';
import { titleOf } from './view';

/** Asks before a deletion, and says what follows from it. */
export function removalQuestion(register: Register, name: string, rulings: Rulings | null, belonging: readonly { register: Register; count: number; more: boolean }[]): Question {
  const w = deskWords();
  const open = rulings?.violations ?? [];
  const lawful = register.kind === 'plant' || register.kind === 'park';
  return {
    title: w.removeTitle,
    body: [
      w.removeWhat(name),
      ...(rulings === null ? [] : open.length === 0 ? [w.removeNothing] : [h('div', {}, h('p', {}, w.removeOpen(open.length)), violationList(open))]),
      ...belonging.map((b) => w.removeBelonging(`${b.count}${b.more ? '+' : ''}`, titleOf(b.register))),
      ...(lawful ? [w.removeLaw] : []),
    ],
    yes: w.remove,
    no: w.cancel,
    grave: true,
  };
}
