import { adminWords } from '../i18n/admin';
import { language } from '../i18n';
import { h } from '../screen/dom';
import { session } from '../session/session';
import { Choices } from './choices';
import { group } from './form';
import type { Office } from './view';

/** The whole city, or some of its counties. Nobody gives more than what is theirs. */
export class ScopeInput {
  readonly element = h('div', { class: 'scope wide' });
  private readonly choices: Choices;
  private readonly own = session()?.counties ?? null;
  private whole: boolean;

  constructor(private readonly office: Office, private readonly name: string, counties: readonly string[] | null, private readonly changed: () => void) {
    this.whole = counties === null && this.own === null;
    this.choices = new Choices(`${name}-counties`, counties ?? this.own ?? [], changed);
  }

  /** Null: the whole city. */
  get counties(): string[] | null {
    return this.whole ? null : [...this.choices.chosen].sort();
  }

  get isFaulty(): boolean {
    return this.counties?.length === 0;
  }

  render(): void {
    const w = adminWords();
    const offered = this.office.counties.filter((c) => this.own === null || this.own.includes(c.properties.code));
    this.choices.render(offered.map((c) => ({ value: c.properties.code, title: countyTitle(this.office, c.properties.code) })));
    const radios = h('div', { class: 'three', role: 'radiogroup', 'aria-label': w.scope }, this.radio(true, w.wholeCity), this.radio(false, w.someCounties));
    this.choices.element.hidden = this.whole;
    this.element.replaceChildren(group('counties', w.scope, ...(this.own === null ? [radios] : []), this.choices.element));
  }

  private radio(whole: boolean, title: string): HTMLElement {
    const input = h('input', { type: 'radio', name: `${this.name}-scope`, value: whole ? 'city' : 'counties', ...(this.whole === whole ? { checked: '' } : {}) });
    input.addEventListener('change', () => {
      this.whole = whole;
      this.choices.element.hidden = whole;
      this.changed();
    });
    return h('label', {}, input, h('span', {}, title));
  }
}

export function countyTitle(office: Office, code: string): string {
  const county = office.counties.find((c) => c.properties.code === code)?.properties;
  return (language() === 'en' ? county?.nameEn : null) ?? county?.name ?? code;
}

export const scopeInWords = (office: Office, counties: readonly string[] | null): string => (counties === null ? adminWords().wholeCity : counties.map((code) => countyTitle(office, code)).join('、'));
