import type { Entry, Register } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { clashes, draftOf, formFields, merged, placeName, type Clash, type Draft, type Side } from './draft';
import { button } from './notices';
import { minuteInWords, shapeInWords, valueInWords } from './values';
import { titleOf, type Desk } from './view';

export interface Conflict {
  /** The new entry is there already, rather than changed by somebody else. */
  exists: boolean;
  /** What both began with. */
  base: Draft | null;
  mine: Draft;
  stored: Entry;
}

/** Both versions side by side; one choice for every part in which they differ. Nothing of either is lost until it is saved. */
export class ConflictPanel {
  readonly element = h('section', { class: 'conflict panel', 'aria-labelledby': 'conflict-title' });
  private readonly theirs: Draft;
  private readonly clashes: readonly Clash[];
  private readonly choice: Map<string, Side>;

  constructor(
    private readonly desk: Desk,
    private readonly register: Register,
    readonly conflict: Conflict,
    private readonly decided: { save(draft: Draft): void; back(): void },
  ) {
    this.theirs = draftOf(register, conflict.stored);
    this.clashes = clashes(register, conflict.base, conflict.mine, this.theirs);
    this.choice = new Map(this.clashes.map((c) => [c.name, c.proposed]));
  }

  focus(): void {
    this.element.querySelector<HTMLElement>('h2')?.focus();
  }

  /** Names that come late are written in; whoever is choosing stays where they are. */
  named(): void {
    const focused = document.activeElement;
    const chosen = focused instanceof HTMLInputElement ? `input[name='${focused.name}'][value='${focused.value}']` : 'h2';
    const inside = this.element.contains(focused);
    this.render();
    if (inside) this.element.querySelector<HTMLElement>(chosen)?.focus({ preventScroll: true });
  }

  render(): void {
    const w = deskWords();
    const { exists, stored } = this.conflict;
    const same = formFields(this.register).length + 1 - this.clashes.length;
    const rows = this.clashes.map((clash) => this.row(clash));
    const table = h('table', { class: 'sides' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, w.field), h('th', { scope: 'col' }, w.theirsVersion(stored.properties.version, minuteInWords(stored.properties.changedAt))), h('th', { scope: 'col' }, w.mine))),
      h('tbody', {}, ...rows));
    this.element.replaceChildren(
      h('h2', { id: 'conflict-title', tabindex: '-1' }, exists ? w.existsTitle : w.conflictTitle), h('p', {}, exists ? w.existsWhat : w.conflictWhat),
      ...(rows.length === 0 ? [h('p', { class: 'good' }, w.noClash)] : [h('div', { class: 'buttons small' }, button(w.takeAll.theirs, () => this.takeAll('theirs')), button(w.takeAll.mine, () => this.takeAll('mine'))), table]),
      h('p', { class: 'quiet' }, w.sameElsewhere(same)),
      h('div', { class: 'buttons' }, button(w.backToForm, () => this.decided.back(), { 'data-conflict': 'back' }),
        button(w.saveMerged, () => this.decided.save(merged(this.conflict.mine, this.theirs, this.choice)), { class: 'button primary', 'data-conflict': 'save' })));
  }

  private row({ name, both, proposed }: Clash): HTMLElement {
    const w = deskWords();
    const field = formFields(this.register).find((f) => f.name === name);
    const title = field === undefined ? w.place : titleOf(field);
    const text = (draft: Draft): string => (name === placeName || field === undefined ? shapeInWords(draft.shape) : valueInWords(this.desk, field, draft.values[name] ?? ''));
    const side = (which: Side, said: string): HTMLElement => {
      const radio = h('input', { type: 'radio', name: `side-${name}`, value: which, 'aria-label': `${title} ${w[which]}`, ...(this.choice.get(name) === which ? { checked: '' } : {}) });
      radio.addEventListener('change', () => this.choice.set(name, which));
      return h('td', { 'data-label': w[which] }, h('label', {}, radio, h('span', { class: said === '' ? 'quiet' : '' }, said === '' ? w.none : said)));
    };
    const notes = this.conflict.exists ? w.sidesSay : w.sidesChanged;
    const note = both ? notes.both : notes[proposed];
    return h('tr', { 'data-clash': name, class: both ? 'both' : '' }, h('th', { scope: 'row' }, title, h('small', {}, note)), side('theirs', text(this.theirs)), side('mine', text(this.conflict.mine)));
  }

  private takeAll(side: Side): void {
    for (const { name } of this.clashes) this.choice.set(name, side);
    this.render();
  }
}
