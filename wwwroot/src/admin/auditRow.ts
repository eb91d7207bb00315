import type { AuditEntry } from '../api/accounts';
import { adminWords } from '../i18n/admin';
import { momentInWords } from '../registers/values';
import { h } from '../screen/dom';
import { differences } from './diff';
import { countyTitle } from './scopeInput';
import { stateChip } from './table';
import type { Office } from './view';

const kinds: Readonly<Record<string, 'good' | 'bad' | 'warn'>> = { done: 'good', refused: 'warn', failed: 'bad' };

/** `boiler.changed` is told from its two halves; what has a name of its own by that. */
export function actionInWords(action: string): string {
  const w = adminWords();
  const [target = '', verb = ''] = action.split('.');
  const [said, what] = [w.verbs[verb], w.targets[target]];
  return w.actions[action] ?? (said === undefined || what === undefined ? action : w.acted(said, what));
}

/** One record; opened, it says what was before and after. */
export function createAuditRow(office: Office, entry: AuditEntry): HTMLElement {
  const w = adminWords();
  const targetKind = entry.targetKind === null ? '' : (w.targets[entry.targetKind] ?? entry.targetKind);
  const cell = (title: string, ...content: (Node | string)[]): HTMLElement => h('span', { 'data-label': title }, ...content);
  const summary = h('summary', {},
    cell(w.time, h('time', {}, momentInWords(entry.at))), cell(w.actor, h('b', {}, entry.actor)), cell(w.action, actionInWords(entry.action)),
    cell(w.target, targetKind, ...(entry.targetId === null ? [] : [h('small', {}, entry.targetId)])), cell(w.county, entry.county === null ? '' : countyTitle(office, entry.county)), cell(w.cameFrom, entry.address ?? ''),
    cell(w.outcome, stateChip(kinds[entry.outcome] ?? 'warn', w.outcomes[entry.outcome] ?? entry.outcome)));
  const details = h('details', { 'data-audit': String(entry.id), 'data-action': entry.action }, summary);
  details.addEventListener('toggle', () => { if (details.open && details.childElementCount === 1) details.append(more(entry)); });
  return h('li', {}, details);
}

function more(entry: AuditEntry): HTMLElement {
  const w = adminWords();
  const rows = differences(entry.before, entry.after).map((d) => h('tr', {}, h('th', { scope: 'row' }, d.path), h('td', { 'data-label': w.before, class: d.before === null ? 'quiet' : 'old' }, d.before ?? w.none), h('td', { 'data-label': w.after, class: d.after === null ? 'quiet' : 'new' }, d.after ?? w.none)));
  const table = rows.length === 0 ? h('p', { class: 'quiet' }, w.noDifference)
    : h('table', { class: 'difference' }, h('thead', {}, h('tr', {}, ...[w.field, w.before, w.after].map((title) => h('th', { scope: 'col' }, title)))), h('tbody', {}, ...rows));
  const trace = entry.traceId === null ? [] : [h('p', { class: 'quiet' }, `${w.trace} `, h('code', {}, entry.traceId))];
  return h('div', { class: 'audit-more' }, table, h('p', { class: 'quiet' }, `${w.action} `, h('code', {}, entry.action)), ...trace);
}
