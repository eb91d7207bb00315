import { h } from '../screen/dom';

export interface Choice {
  value: string;
  title: string;
  hint?: string;
}

/** Check boxes that remember what is chosen while the words around them change. */
export class Choices {
  readonly element = h('div', { class: 'choices-grid' });
  private readonly inputs = new Map<string, HTMLInputElement>();
  readonly chosen: Set<string>;

  constructor(private readonly name: string, chosen: readonly string[], private readonly changed: () => void) {
    this.chosen = new Set(chosen);
  }

  render(choices: readonly Choice[]): void {
    this.element.replaceChildren(...choices.map(({ value, title, hint }) => h('label', { class: 'choice' }, this.input(value), h('span', {}, title, ...(hint === undefined ? [] : [h('small', {}, hint)])))));
  }

  private input(value: string): HTMLInputElement {
    const known = this.inputs.get(value);
    if (known !== undefined) return known;
    const input = h('input', { type: 'checkbox', name: this.name, value, ...(this.chosen.has(value) ? { checked: '' } : {}) });
    input.addEventListener('change', () => {
      if (input.checked) this.chosen.add(value);
      else this.chosen.delete(value);
      this.changed();
    });
    this.inputs.set(value, input);
    return input;
  }
}
