import { allParameters, type Parameter } from '../api/parameters';
import { serverNow } from '../api/http';
import { language } from '../i18n';
import { citationInWords } from '../i18n/citations';
import { parameterInWords } from '../i18n/parameters';
import { adminWords } from '../i18n/admin';
import { beijingDay } from '../i18n/time';
import { button, emptyNotice, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { count } from '../registers/values';
import { h } from '../screen/dom';
import { currentValue } from './dated';
import { routeTo, writeRoute, type Route } from './route';
import { moveThroughRows, table } from './table';
import { valueInWords } from './valueInWords';
import type { Office, View } from './view';

/** Every dated value that decisions rest on. */
export class ParametersView implements View {
  readonly element = h('div', { class: 'list parameters' });
  private parameters: Reading<Parameter[]> = { state: 'reading' };
  private readonly head = h('div', { class: 'list-head' });
  private readonly body = h('div');
  private readonly search = h('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false' });

  constructor(private readonly office: Office, private route: Route) {
    this.search.value = route.query['q'] ?? '';
    this.search.addEventListener('input', () => this.filter(this.search.value.trim()));
    this.element.append(this.head, this.body);
    this.read();
  }

  get title(): string {
    return adminWords().tabs.parameters;
  }

  key(event: KeyboardEvent): boolean {
    return moveThroughRows(this.body, event);
  }

  follow(route: Route): void {
    this.route = route;
    this.search.value = route.query['q'] ?? '';
    this.renderBody();
  }

  render(): void {
    const w = adminWords();
    this.search.placeholder = w.parametersSearch;
    this.search.setAttribute('aria-label', w.parametersSearch);
    const total = this.parameters.state === 'read' ? [h('span', { class: 'quiet' }, w.total(count(this.parameters.value.length)))] : [];
    this.head.replaceChildren(h('div', { class: 'headline' }, h('h1', {}, this.title), ...total), h('p', { class: 'intro' }, w.parametersIntro), h('div', { class: 'toolbar' }, h('div', { class: 'filters', role: 'search' }, this.search)));
    this.renderBody();
  }

  private renderBody(): void {
    const w = adminWords();
    const { parameters: all } = this;
    if (all.state === 'failed') this.body.replaceChildren(failedNotice(all.why, () => this.read()));
    else if (all.state === 'reading') this.body.replaceChildren(loadingNotice());
    else {
      const q = (this.route.query['q'] ?? '').toLocaleLowerCase();
      const rows = all.value.filter((p) => `${p.code} ${p.title} ${parameterInWords(p, 'en')}`.toLocaleLowerCase().includes(q));
      if (rows.length > 0) this.body.replaceChildren(this.table(rows));
      else this.body.replaceChildren(emptyNotice(w.nothingFound, '', button(w.clearFilters, () => { this.search.value = ''; this.filter(''); })));
    }
  }

  private table(rows: Parameter[]): HTMLElement {
    const w = adminWords();
    const today = beijingDay(serverNow());
    return table(this.title, [
      { title: w.parameter, cell: (p) => [h('a', { href: writeRoute(routeTo('parameters', p.code)) }, parameterInWords(p, language())), h('small', {}, p.code)] },
      { title: w.currentValue, cell: (p) => { const now = currentValue(p, today); return [now === null ? h('span', { class: 'quiet' }, w.none) : h('b', {}, valueInWords(this.office, now.value, p.unit))]; }, class: 'wrap' },
      { title: w.from, cell: (p) => [currentValue(p, today)?.from ?? ''], class: 'time' },
      { title: w.citation, cell: (p) => [citationInWords(currentValue(p, today)?.citation ?? p.citation, language())], class: 'wrap' },
      { title: w.value, cell: (p) => [w.valuesCount(p.values.length)], class: 'time' },
    ], rows, (p) => ({ 'data-parameter': p.code }));
  }

  private filter(q: string): void {
    this.route = { ...this.route, query: { q } };
    this.office.go(this.route, { replace: true });
    this.renderBody();
  }

  private read(): void {
    allParameters().then((value) => { this.parameters = { state: 'read', value }; }, (error: unknown) => { this.parameters = { state: 'failed', why: whyInWords(error) }; }).finally(() => this.render());
  }
}
