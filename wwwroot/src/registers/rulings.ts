import { openViolationsOf, undecidables, type Register, type Undecidable } from '../api/registers';
import type { Violation } from '../api/types';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { articleOf, ruleTitle } from '../screen/rules';
import { factInWords, remedyOf } from './facts';
import { button, failedNotice, loadingNotice, type Reading } from './notices';
import { whyInWords } from './problems';
import { entryOf, writeRoute } from './route';
import { articleInWords, minuteInWords } from './values';
import { registerPath, titleOf, type Desk } from './view';

export interface Rulings {
  violations: Violation[];
  undecidable: Undecidable[];
}

/** What the rules say of one entry now. */
export class RulingsPanel {
  readonly element = h('section', { class: 'rulings panel' });
  private rulings: Reading<Rulings> = { state: 'reading' };

  /** @param fill Begins with the field whose fact is missing. */
  constructor(
    private readonly desk: Desk,
    private readonly register: Register,
    private readonly id: string,
    private readonly fill: (field: string) => void,
    /** Called when an answer is there. */
    private readonly came: () => void = () => {},
  ) {
    this.read();
  }

  get value(): Rulings | null {
    return this.rulings.state === 'read' ? this.rulings.value : null;
  }

  read(): void {
    void Promise.all([openViolationsOf(this.id), undecidables({ subject: this.id, limit: 1000 })]).then(
      ([violations, { undecidable }]) => { this.rulings = { state: 'read', value: { violations, undecidable } }; },
      (error: unknown) => { this.rulings = { state: 'failed', why: whyInWords(error) }; },
    ).then(() => {
      this.render();
      this.came();
    });
  }

  render(): void {
    const w = deskWords();
    const title = h('h2', {}, w.rulings);
    const { rulings } = this;
    if (rulings.state === 'reading') this.element.replaceChildren(title, loadingNotice());
    else if (rulings.state === 'failed') this.element.replaceChildren(title, failedNotice(rulings.why, () => this.read()));
    else {
      const { violations, undecidable } = rulings.value;
      this.element.replaceChildren(title,
        ...(violations.length + undecidable.length === 0 ? [h('p', { class: 'good' }, w.noRulings)] : []),
        ...(violations.length === 0 ? [] : [h('h3', {}, w.violationsOf(violations.length)), violationList(violations)]),
        ...(undecidable.length === 0 ? [] : [h('h3', {}, w.undecidablesOf(undecidable.length)), h('ul', { class: 'ruled undecided' }, ...undecidable.map((u) => this.undecided(u)))]));
    }
  }

  private undecided(item: Undecidable): HTMLElement {
    const w = deskWords();
    const remedy = remedyOf(this.desk, this.register, item.missing);
    const action = remedy.kind === 'field' ? [button(w.fill, () => this.fill(remedy.field.name), { class: 'link', 'data-fill': remedy.field.name })]
      : remedy.kind === 'place' ? [button(w.fill, () => this.fill('place'), { class: 'link', 'data-fill': 'place' })]
      : remedy.kind === 'child' ? [h('a', { href: writeRoute(entryOf(registerPath(remedy.register), null, { parent: this.id })) }, w.needsElsewhere.child(titleOf(remedy.register)))]
      : remedy.kind === 'zone' ? [h('small', { class: 'quiet' }, w.needsElsewhere.zone)] : [];
    return h('li', {}, articleTag(item.rule), h('span', {}, ruleTitle(item.rule)), h('small', {}, `${w.missing}：${factInWords(this.desk, this.register, item.missing)}`), ...action);
  }
}

export const articleTag = (rule: string): HTMLElement => h('b', { class: 'article' }, articleInWords(articleOf(rule)));

export function violationList(violations: readonly Violation[]): HTMLElement {
  const w = deskWords();
  return h('ul', { class: 'ruled' }, ...violations.map(({ id, properties: v }) => h('li', { class: v.severity }, articleTag(v.rule), h('a', { href: `/#s=violation:${id}` }, ruleTitle(v.rule)),
    h('small', {}, [w.since(minuteInWords(v.openedAt)), ...(v.dueAt === null ? [] : [w.due(minuteInWords(v.dueAt))]), ...(v.responsible === null ? [] : [v.responsible])].join(' · ')))));
}
