import { adminWords } from '../i18n/admin';
import { h } from '../screen/dom';
import { countyTitle } from './scopeInput';
import type { Office } from './view';

/** What the audit is searched by. The inputs stay, so that typing goes on while results come. */
export function createAuditFilters(office: Office, query: () => Readonly<Record<string, string>>, changed: (change: Record<string, string>, soon: boolean) => void) {
  const element = h('div', { class: 'filters', role: 'search' });
  const typed = (name: string, type: string): HTMLInputElement => {
    const input = h('input', { type, name, autocomplete: 'off', spellcheck: 'false' });
    input.addEventListener('input', () => changed({ [name]: input.value.trim() }, true));
    return input;
  };
  const chosen = (name: string): HTMLSelectElement => {
    const select = h('select', { name });
    select.addEventListener('change', () => changed({ [name]: select.value }, false));
    return select;
  };
  const [q, actor, action, from, to] = [typed('q', 'search'), typed('actor', 'text'), typed('action', 'text'), typed('from', 'date'), typed('to', 'date')];
  const [target, county, outcome] = [chosen('target'), chosen('county'), chosen('outcome')];
  q.id = 'search';

  const render = (): void => {
    const w = adminWords();
    const fill = (select: HTMLSelectElement, label: string, all: string, options: [string, string][]): void => {
      select.setAttribute('aria-label', label);
      select.replaceChildren(h('option', { value: '' }, all), ...options.map(([value, text]) => h('option', { value }, text)));
    };
    for (const [input, text] of [[q, w.auditSearch], [actor, w.actor], [action, w.action], [from, w.since], [to, w.until]] as const) {
      input.placeholder = text;
      input.setAttribute('aria-label', text);
    }
    fill(target, w.target, w.target, Object.entries(w.targets));
    fill(county, w.county, w.anyCounty, office.counties.map((c) => [c.properties.code, countyTitle(office, c.properties.code)]));
    fill(outcome, w.outcome, w.anyOutcome, Object.entries(w.outcomes));
    for (const control of [q, actor, action, from, to, target, county, outcome]) if (document.activeElement !== control || control instanceof HTMLSelectElement) control.value = query()[control.name] ?? '';
    if (element.childElementCount === 0) {
      element.append(q, actor, action, target, county, outcome, h('span', { class: 'days' }, from, h('span', { 'aria-hidden': 'true' }, '–'), to));
    }
  };
  return { element, render };
}
