import { counties, rules as readRules } from '../api/calls';
import { ApiProblem, serverNow } from '../api/http';
import { addValue, correctValue, deleteValue, parameter as readParameter, type DatedValue, type Tagged, type ValueDraft } from '../api/parameters';
import type { RuleEntry } from '../api/types';
import { language, words } from '../i18n';
import { citationInWords } from '../i18n/citations';
import { parameterInWords } from '../i18n/parameters';
import { adminWords } from '../i18n/admin';
import { beijingDay } from '../i18n/time';
import { button, failedNotice, loadingNotice } from '../registers/notices';
import { isGone, isUncertain, whyInWords } from '../registers/problems';
import { count } from '../registers/values';
import { h } from '../screen/dom';
import { endOf, stateOn } from './dated';
import { tellFailure } from './form';
import { routeTo, writeRoute, type Route } from './route';
import { stateChip, table } from './table';
import { valueInWords } from './valueInWords';
import { ValueForm } from './valueForm';
import type { Office, View } from './view';

/** Open violations by rule, in all counties that one may see. */
type Counts = Map<string, number>;

interface Decided {
  effectiveFrom: string;
  changes: { rule: RuleEntry; before: number; after: number }[];
}

/** One parameter: all its values with their days and citations, one more, and what that decides anew. */
export class ParameterView implements View {
  readonly element = h('div', { class: 'entry parameter' });
  private readonly head = h('header', { class: 'entry-head' });
  private readonly notices = h('div', { class: 'notices', 'aria-live': 'polite' });
  private readonly main = h('div', { class: 'stack' });
  private tagged: Tagged | null = null;
  private rules: RuleEntry[] = [];
  private form: ValueForm | null = null;
  private decided: Decided | null = null;
  private failure: string | null = null;
  private busy = false;

  constructor(private readonly office: Office, private readonly code: string) {
    this.element.append(this.head, this.notices, this.main);
    void this.read(true);
    readRules().then((all) => { this.rules = all.filter((r) => r.parameters.includes(code)); this.render(); }, () => {}); // the values stand without them
  }

  get title(): string {
    return this.tagged === null ? adminWords().tabs.parameters : parameterInWords(this.tagged.parameter, language());
  }

  up(): Route {
    return routeTo('parameters');
  }

  holdsUnsaved(): boolean {
    return this.form?.isChanged === true;
  }

  render(): void {
    const w = adminWords();
    const code = this.tagged === null ? [] : [h('span', {}, this.code)];
    this.head.replaceChildren(h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, w.tabs.parameters), h('h1', {}, this.title), ...code));
    if (this.failure !== null) this.main.replaceChildren(failedNotice(this.failure, () => void this.read(true)));
    else if (this.tagged === null || this.form === null) this.main.replaceChildren(loadingNotice());
    else {
      this.form.render();
      this.form.busy = this.busy;
      this.main.replaceChildren(...this.outcome(), h('section', {}, h('h2', {}, w.valuesTitle), this.values(this.tagged)), h('div', { class: 'two' }, this.form.element, this.touched()));
    }
  }

  private values({ parameter }: Tagged): HTMLElement {
    const w = adminWords();
    const today = beijingDay(serverNow());
    const chip = (v: DatedValue): HTMLElement => {
      const state = stateOn(parameter.values, v, today);
      return stateChip(({ current: 'good', future: 'warn', past: 'plain' } as const)[state], w.valueStates[state]);
    };
    const withdraw = (v: DatedValue): HTMLElement[] => (v.from > today ? [button(w.deleteValue, () => void this.withdraw(v), { class: 'button small grave', 'data-act': 'withdraw' })] : []);
    return table(w.valuesTitle, [
      { title: w.from, cell: (v) => [v.from], class: 'time' },
      { title: w.to, cell: (v) => [endOf(parameter.values, v) ?? w.openEnd], class: 'time' },
      { title: w.value, cell: (v) => [h('b', {}, valueInWords(this.office, v.value, parameter.unit))], class: 'wrap' },
      { title: w.citation, cell: (v) => [citationInWords(v.citation, language())], class: 'wrap' },
      { title: w.state, cell: (v) => [chip(v)] },
      { title: '', cell: withdraw, class: 'tools-cell' },
    ], parameter.values.toSorted((a, b) => b.from.localeCompare(a.from)), (v) => ({ 'data-from': v.from }));
  }

  private touched(): HTMLElement {
    const w = adminWords();
    const list = this.rules.map((rule) => h('li', {}, h('span', { class: 'article' }, words().article(rule.article)), ` ${titleOf(rule)}`));
    return h('aside', { class: 'panel touches' }, h('h2', {}, w.touches), ...(list.length === 0 ? [h('p', { class: 'quiet' }, w.touchesNone)] : [h('ul', {}, ...list), h('p', { class: 'quiet' }, w.touchesHint)]));
  }

  private outcome(): HTMLElement[] {
    const w = adminWords();
    const { decided } = this;
    if (decided === null) return [];
    const isLater = decided.effectiveFrom > beijingDay(serverNow());
    const said = isLater ? [h('p', {}, w.decidedLater(decided.effectiveFrom))] : decided.changes.length === 0 ? [h('p', {}, w.decidedSame)]
      : [h('ul', {}, ...decided.changes.map((c) => h('li', {}, h('span', { class: 'article' }, words().article(c.rule.article)), ` ${titleOf(c.rule)} · `, h('b', {}, w.decidedRow(count(c.before), count(c.after))))))];
    return [h('section', { class: 'panel decided', role: 'status' }, h('h2', {}, w.decided), ...said)];
  }

  private async read(afresh: boolean): Promise<void> {
    try {
      this.tagged = await readParameter(this.code);
      this.failure = null;
      if (afresh || this.form === null) this.form = new ValueForm(this.office, this.tagged.parameter, () => void this.add());
    } catch (error) {
      this.failure = isGone(error) ? adminWords().gone : whyInWords(error);
    }
    this.render();
  }

  private async add(): Promise<void> {
    const { form, tagged } = this;
    const draft = form?.draft ?? null;
    if (form === null || tagged === null || draft === null || this.busy) return;
    this.busy = form.busy = true;
    this.notices.replaceChildren();
    try {
      const before = await openByRule();
      const isCorrection = draft.effectiveFrom === beijingDay(serverNow()) && tagged.parameter.values.some((v) => v.from === draft.effectiveFrom);
      await (isCorrection ? correctValue : addValue)(this.code, tagged.etag, draft);
      this.decided = await this.compare(draft, before);
      this.busy = false;
      this.office.say(adminWords().saved);
      await this.read(true);
      this.main.querySelector('.decided')?.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      this.busy = form.busy = false;
      await this.refused(error, form);
    }
  }

  private async refused(error: unknown, form: ValueForm): Promise<void> {
    if (error instanceof ApiProblem && error.status === 409 && error.more['stored'] !== undefined) {
      await this.read(false);
      this.notices.replaceChildren(h('p', { class: 'notice warn', role: 'alert' }, adminWords().overtaken));
    } else tellFailure(form.element, this.notices, error);
  }

  private async compare({ effectiveFrom }: ValueDraft, before: Counts): Promise<Decided> {
    const after = await openByRule();
    const changes = this.rules.map((rule) => ({ rule, before: before.get(rule.code) ?? 0, after: after.get(rule.code) ?? 0 })).filter((c) => c.before !== c.after);
    return { effectiveFrom, changes };
  }

  private async withdraw(value: DatedValue): Promise<void> {
    const w = adminWords();
    if (this.tagged === null || !(await this.office.ask({ title: w.deleteValue, body: [w.deleteValueAsk(value.from)], yes: w.deleteValue, no: w.cancel, grave: true }))) return;
    try {
      await deleteValue(this.code, this.tagged.etag, value.from);
      this.decided = null;
      this.office.say(w.deletedValue);
    } catch (error) {
      this.notices.replaceChildren(h('p', { class: 'notice bad', role: 'alert' }, isUncertain(error) ? w.uncertain : whyInWords(error)));
    }
    await this.read(false);
  }
}

const titleOf = (rule: RuleEntry): string => (language() === 'zh' ? rule.titleZh : rule.titleEn);

/** Empty for whoever may not see counties: the change itself does not hang on it. */
async function openByRule(): Promise<Counts> {
  const sums: Counts = new Map();
  const { body } = await counties(null).catch(() => ({ body: null }));
  for (const county of body?.features ?? []) for (const [rule, n] of Object.entries(county.properties.summary.byRule)) sums.set(rule, (sums.get(rule) ?? 0) + n);
  return sums;
}
