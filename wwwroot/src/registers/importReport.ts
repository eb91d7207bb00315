import type { ImportReport, Register } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { formFields } from './draft';
import { faultInWords } from './faults';
import { button } from './notices';
import { count } from './values';
import { titleOf } from './view';

const shown = 200;

/** What became of a file, or would: the counts, and every row that is not taken with its reason. */
export function reportPanel(register: Register, report: ImportReport, fileName: string): HTMLElement {
  const w = deskWords();
  const { rejected } = report;
  const element = h('section', { class: 'report panel', 'data-report': report.dryRun ? 'dry' : 'done' }, h('h2', {}, report.dryRun ? w.dryRunDone : w.importDone), countsOf(report));
  if (rejected.length === 0) return element;
  const rows = byLine(rejected).slice(0, shown).map((r) => h('tr', {}, h('td', { class: 'number' }, String(r.line)), h('td', {}, reasonInWords(register, r.reason))));
  element.append(h('h3', {}, w.rejectedTitle, ' ', h('small', { class: 'quiet' }, report.rejectedCount > rows.length ? w.rejectedMore(count(rows.length), count(report.rejectedCount)) : '')),
    h('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': w.rejectedTitle }, h('table', { class: 'rejected' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'number' }, w.line), h('th', { scope: 'col' }, w.reason))), h('tbody', {}, ...rows))),
    h('div', { class: 'buttons' }, button(w.download, () => download(register, report, fileName), { 'data-act': 'download' })));
  return element;
}

export function countsOf(report: ImportReport): HTMLElement {
  const w = deskWords();
  const figure = (n: number, what: string, name: string): HTMLElement => h('div', { class: `figure ${name}${n === 0 ? ' zero' : ''}`, 'data-count': name }, h('dd', {}, count(n)), h('dt', {}, what));
  return h('dl', { class: 'counts' }, figure(report.received, w.reportReceived, 'received'), figure(report.created, w.reportCreated, 'created'), figure(report.changed, w.reportChanged, 'changed'),
    figure(report.unchanged, w.reportUnchanged, 'unchanged'), figure(report.rejectedCount, w.reportRejected, 'rejected'));
}

/** What is wrong with rows by themselves is found before what is wrong with them together; people read a file from its top. */
const byLine = (rejected: ImportReport['rejected']): ImportReport['rejected'] => rejected.toSorted((a, b) => a.line - b.line);

/** A semicolon stands within a fault, too; the next fault begins with its field. */
const betweenFaults = /; (?=[a-zA-Z]+(?:, [a-zA-Z]+)?: )/;

/** A row may have several faults, each beginning with its field, which is told by its title. */
export function reasonInWords(register: Register, reason: string): string {
  return reason.split(betweenFaults).map((fault) => {
    const said = /^([a-zA-Z]+(?:, [a-zA-Z]+)?): (.*)$/.exec(fault);
    if (said === null) return faultInWords(fault);
    const [name, what] = [said[1] ?? '', said[2] ?? ''];
    const field = formFields(register).find((f) => f.name === name);
    const title = field === undefined ? (['lon, lat', 'geometry', 'crs'].includes(name) ? deskWords().place : name) : titleOf(field);
    return `${title}: ${faultInWords(what, field)}`;
  }).join('; ');
}

/** As CSV with the mark of UTF-8, which spreadsheet programs need for Chinese. A cell never begins as a formula. */
export function reportCsv(register: Register, report: ImportReport): string {
  const w = deskWords();
  const cell = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = byLine(report.rejected).map((r) => `${r.line},${cell(reasonInWords(register, r.reason))},${cell(r.reason)}`);
  return `\uFEFF${[[w.line, w.reason, 'reason'].map(cell).join(','), ...rows].join('\r\n')}\r\n`;
}

function download(register: Register, report: ImportReport, fileName: string): void {
  const link = h('a', { href: URL.createObjectURL(new Blob([reportCsv(register, report)], { type: 'text/csv;charset=utf-8' })), download: `${fileName.replace(/\.[^.]*$/, '')}-report.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
