import { accounts, type Account } from '../api/accounts';
import { serverNow } from '../api/http';
import { adminWords } from '../i18n/admin';
import { sessionWords } from '../i18n/session';
import { button, emptyNotice, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { count, minuteInWords } from '../registers/values';
import { h } from '../screen/dom';
import { session } from '../session/session';
import { routeTo, writeRoute, type Route } from './route';
import { scopeInWords } from './scopeInput';
import { momentOrNever, moreRows, moveThroughRows, rowsAtOnce, stateChip, table } from './table';
import type { Office, View } from './view';

export type AccountState = 'active' | 'disabled' | 'locked';

export const stateOf = (account: Account, now: number): AccountState =>
  account.disabled ? 'disabled' : account.lockedUntil !== null && Date.parse(account.lockedUntil) > now ? 'locked' : 'active';

/** Those that match what is typed and chosen, by name. */
export function found(all: readonly Account[], { q = '', role = '', state = '' }: Readonly<Record<string, string>>, now: number): Account[] {
  const text = q.trim().toLocaleLowerCase();
  const says = (a: Account): boolean => [a.userName, a.displayName, a.department ?? ''].some((said) => said.toLocaleLowerCase().includes(text));
  return all.filter((a) => says(a) && (role === '' || a.roles.includes(role)) && (state === '' || stateOf(a, now) === state)).toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'zh-CN'));
}

export function accountChip(account: Account): HTMLElement {
  const w = adminWords();
  const state = stateOf(account, serverNow());
  if (state === 'locked') return stateChip('warn', w.lockedUntil(minuteInWords(account.lockedUntil ?? '')));
  return stateChip(state === 'active' ? 'good' : 'bad', w.states[state]);
}

/** Everybody who may come in. */
export class AccountsView implements View {
  readonly element = h('div', { class: 'list accounts' });
  private accounts: Reading<Account[]> = { state: 'reading' };
  private shown = rowsAtOnce;
  private readonly head = h('div', { class: 'list-head' });
  private readonly body = h('div');
  private readonly search = h('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false' });

  constructor(private readonly office: Office, private route: Route) {
    this.search.value = route.query['q'] ?? '';
    this.search.addEventListener('input', () => this.filter({ q: this.search.value.trim() }));
    this.element.append(this.head, this.body);
    this.read();
  }

  get title(): string {
    return adminWords().tabs.accounts;
  }

  key(event: KeyboardEvent): boolean {
    if (event.key === 'n' && !event.ctrlKey && !event.metaKey) this.office.go(routeTo('accounts', 'new'));
    else return moveThroughRows(this.body, event);
    return true;
  }

  follow(route: Route): void {
    this.route = route;
    this.search.value = route.query['q'] ?? '';
    this.render();
  }

  render(): void {
    this.renderHead();
    this.renderBody();
  }

  private renderHead(): void {
    const [w, s] = [adminWords(), sessionWords()];
    const select = (name: string, label: string, options: [string, string][]): HTMLElement => {
      const element = h('select', { 'aria-label': label, name }, ...options.map(([value, text]) => h('option', { value, ...((this.route.query[name] ?? '') === value ? { selected: '' } : {}) }, text)));
      element.addEventListener('change', () => this.filter({ [name]: element.value }));
      return element;
    };
    this.search.placeholder = w.accountsSearch;
    this.search.setAttribute('aria-label', w.accountsSearch);
    this.head.replaceChildren(
      h('div', { class: 'headline' }, h('h1', {}, this.title), ...(this.accounts.state === 'read' ? [h('span', { class: 'quiet' }, w.total(count(this.accounts.value.length)))] : [])),
      h('p', { class: 'intro' }, w.accountsIntro),
      h('div', { class: 'toolbar' }, h('div', { class: 'filters', role: 'search' }, this.search, select('role', w.roles, [['', w.anyRole], ...Object.entries(s.roles)]), select('state', w.state, [['', w.anyState], ...Object.entries(w.states)])),
        h('div', { class: 'buttons' }, h('a', { class: 'button primary', href: writeRoute(routeTo('accounts', 'new')), 'data-new': '', 'aria-keyshortcuts': 'n' }, w.addAccount))));
  }

  private renderBody(): void {
    const w = adminWords();
    const { accounts: all } = this;
    if (all.state === 'failed') this.body.replaceChildren(failedNotice(all.why, () => this.read()));
    else if (all.state === 'reading') this.body.replaceChildren(loadingNotice());
    else {
      const rows = found(all.value, this.route.query, serverNow());
      if (rows.length > 0) this.body.replaceChildren(this.table(rows.slice(0, this.shown)), ...moreRows(this.shown, rows.length, () => { this.shown += rowsAtOnce; this.renderBody(); }));
      else if (all.value.length === 0) this.body.replaceChildren(emptyNotice(w.accountsEmpty, ''));
      else this.body.replaceChildren(emptyNotice(w.nothingFound, '', button(w.clearFilters, () => { this.search.value = ''; this.filter({ q: '', role: '', state: '' }); this.renderHead(); })));
    }
  }

  private table(rows: Account[]): HTMLElement {
    const [w, s] = [adminWords(), sessionWords()];
    const you = session()?.userName;
    return table(this.title, [
      { title: w.person, cell: (a) => [h('a', { href: writeRoute(routeTo('accounts', a.id)) }, a.displayName), h('small', {}, a.userName), ...(a.userName === you ? [h('span', { class: 'chip' }, w.isYou)] : [])] },
      { title: w.roles, cell: (a) => [a.roles.map((r) => s.roles[r] ?? r).join('、')] },
      { title: w.scope, cell: (a) => [scopeInWords(this.office, a.counties)], class: 'wrap' },
      { title: w.department, cell: (a) => [a.department ?? ''] },
      { title: w.state, cell: (a) => [accountChip(a), ...(a.totp ? [h('span', { class: 'chip' }, w.totpOn)] : [])] },
      { title: w.lastSignIn, cell: (a) => [momentOrNever(a.lastSignIn)], class: 'time' },
    ], rows, (a) => ({ 'data-account': a.userName }));
  }

  private filter(change: Record<string, string>): void {
    this.route = { ...this.route, query: { ...this.route.query, ...change } };
    this.shown = rowsAtOnce;
    this.office.go(this.route, { replace: true });
    this.renderBody();
  }

  private read(): void {
    accounts().then((value) => { this.accounts = { state: 'read', value }; }, (error: unknown) => { this.accounts = { state: 'failed', why: whyInWords(error) }; }).finally(() => this.render());
  }
}
