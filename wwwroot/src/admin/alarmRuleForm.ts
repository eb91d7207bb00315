import type { AlarmRule, AlarmRuleDraft } from '../api/alarms';
import type { RuleEntry, Severity } from '../api/types';
import { language, words } from '../i18n';
import { adminWords } from '../i18n/admin';
import { alarmWords } from '../i18n/alarms';
import { button } from '../registers/notices';
import { h } from '../screen/dom';
import { severities } from '../screen/model';
import { Choices } from './choices';
import { field, group, showFaults, textInput, type Fault } from './form';
import { ScopeInput } from './scopeInput';
import type { Office } from './view';

/** A rule as it is wanted: a new one, or another of the one that is there. */
export class AlarmRuleForm {
  readonly element = h('form', { class: 'panel making', novalidate: '', autocomplete: 'off' });
  private readonly name: HTMLInputElement;
  private readonly severities: Choices;
  private readonly articles: Choices;
  private allArticles: boolean;
  private readonly scope: ScopeInput;
  private readonly sounds = h('input', { type: 'checkbox', name: 'sounds' });
  private readonly enabled = h('input', { type: 'checkbox', name: 'enabled' });
  private readonly before: string;

  constructor(office: Office, readonly rule: AlarmRule | null, private readonly actions: { submit(): void; cancel(): void }) {
    this.name = textInput(rule?.name ?? '', { maxlength: '60' });
    this.severities = new Choices('severities', rule?.severities ?? ['critical'], () => {});
    this.articles = new Choices('articles', (rule?.articles ?? []).map(String), () => {});
    this.allArticles = (rule?.articles ?? null) === null;
    this.scope = new ScopeInput(office, 'alarm', rule?.counties ?? null, () => {});
    this.sounds.checked = rule?.sounds ?? true;
    this.enabled.checked = rule?.enabled ?? true;
    this.before = JSON.stringify(this.draft);
    this.element.addEventListener('submit', (event) => { event.preventDefault(); actions.submit(); });
  }

  get isChanged(): boolean {
    return JSON.stringify(this.draft) !== this.before;
  }

  get draft(): AlarmRuleDraft {
    return {
      name: this.name.value.trim(),
      severities: severities.filter((s) => this.severities.chosen.has(s)),
      articles: this.allArticles ? null : [...this.articles.chosen].map(Number).toSorted((a, b) => a - b),
      counties: this.scope.counties,
      sounds: this.sounds.checked,
      enabled: this.enabled.checked,
    };
  }

  check(): boolean {
    const w = alarmWords();
    const { name, severities: chosen, articles } = this.draft;
    const faults: Fault[] = [
      ...(name === '' ? [{ field: 'name', text: w.ruleNameMissing }] : []),
      ...(chosen.length === 0 ? [{ field: 'severities', text: w.severitiesNone }] : []),
      ...(articles?.length === 0 ? [{ field: 'articles', text: w.articlesNone }] : []),
      ...(this.scope.isFaulty ? [{ field: 'counties', text: adminWords().countiesNone }] : []),
    ];
    showFaults(this.element, faults);
    return faults.length === 0;
  }

  focus(): void {
    this.name.focus();
  }

  render(rules: readonly RuleEntry[]): void {
    const w = alarmWords();
    this.severities.render(severities.map((value: Severity) => ({ value, title: words().severity[value] })));
    this.articles.render(articlesOf(rules).map(({ article, title }) => ({ value: String(article), title: words().article(article), hint: title })));
    this.articles.element.hidden = this.allArticles;
    this.scope.render();
    const radios = h('div', { class: 'three', role: 'radiogroup', 'aria-label': w.articles }, this.radio(true, w.allArticles), this.radio(false, w.someArticles));
    const box = (input: HTMLInputElement, title: string, hint?: string): HTMLElement => h('label', { class: 'choice' }, input, h('span', {}, title, ...(hint === undefined ? [] : [h('small', {}, hint)])));
    this.element.replaceChildren(h('h2', {}, this.rule === null ? w.add : w.editTitle(this.rule.name)), h('div', { class: 'fields bare' },
      field('name', w.ruleName, this.name, { required: true, wide: true }), group('severities', w.severities, this.severities.element), group('articles', w.articles, radios, this.articles.element),
      this.scope.element, h('div', { class: 'choices-grid wide' }, box(this.sounds, w.sounds, w.soundsHint), box(this.enabled, w.enabled))),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button primary', 'data-act': 'save' }, w.save), button(adminWords().cancel, this.actions.cancel)));
  }

  private radio(all: boolean, title: string): HTMLElement {
    const input = h('input', { type: 'radio', name: 'alarm-articles', value: all ? 'all' : 'some', ...(this.allArticles === all ? { checked: '' } : {}) });
    input.addEventListener('change', () => {
      this.allArticles = all;
      this.articles.element.hidden = all;
    });
    return h('label', {}, input, h('span', {}, title));
  }
}

/** Articles that rule over something, each with what its first rule is called. */
export function articlesOf(rules: readonly RuleEntry[]): { article: number; title: string }[] {
  const first = new Map<number, string>();
  for (const rule of rules.toSorted((a, b) => a.article - b.article)) if (!first.has(rule.article)) first.set(rule.article, language() === 'zh' ? rule.titleZh : rule.titleEn);
  return [...first].map(([article, title]) => ({ article, title }));
}
