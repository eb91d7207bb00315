import { account as readAccount, createAccount, disableAccount, replaceAccount, resetPassword, signOutAccount, type Account } from '../api/accounts';
import { ApiProblem } from '../api/http';
import { adminWords } from '../i18n/admin';
import { button, failedNotice, loadingNotice } from '../registers/notices';
import { isGone, isUncertain, whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { session } from '../session/session';
import { AccountForm } from './accountForm';
import { accountChip } from './accountsView';
import { showFaults, tellFailure } from './form';
import { showOnce } from './once';
import { routeTo, writeRoute, type Route } from './route';
import { momentOrNever } from './table';
import type { Office, View } from './view';

/** One account: who it is for, its roles and scope, and what can be done to it. */
export class AccountView implements View {
  readonly element = h('div', { class: 'entry' });
  private readonly head = h('header', { class: 'entry-head' });
  private readonly notices = h('div', { class: 'notices' });
  private readonly main = h('div');
  private account: Account | null = null;
  private form: AccountForm | null = null;
  private failure: string | null = null;
  private saving = false;
  private closed = false;

  constructor(private readonly office: Office, private readonly id: string) {
    this.element.append(this.head, this.notices, this.main);
    if (this.isNew) this.edit(null);
    else this.read();
  }

  get title(): string {
    return this.account?.displayName ?? (this.isNew ? adminWords().newAccount : adminWords().tabs.accounts);
  }

  up(): Route {
    return routeTo('accounts');
  }

  holdsUnsaved(): boolean {
    return !this.closed && this.form?.isChanged === true;
  }

  key(event: KeyboardEvent): boolean {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return false;
    void this.save();
    return true;
  }

  render(): void {
    this.renderHead();
    if (this.failure !== null) this.main.replaceChildren(failedNotice(this.failure, () => this.read()));
    else if (this.form === null) this.main.replaceChildren(loadingNotice());
    else {
      this.form.render();
      this.main.replaceChildren(this.form.element);
    }
  }

  private get isNew(): boolean {
    return this.id === 'new' && this.account === null;
  }

  private renderHead(): void {
    const w = adminWords();
    const { account } = this;
    const unsaved = this.holdsUnsaved();
    const save = button(this.saving ? w.saving : w.save, () => void this.save(), { class: 'button primary', 'data-act': 'save', 'aria-keyshortcuts': 'Control+s' });
    save.disabled = this.saving || this.form === null || (account !== null && !unsaved);
    const facts = account === null ? [] : [accountChip(account), ...(account.totp ? [h('span', { class: 'chip' }, w.totpOn)] : []), h('span', {}, `${w.lastSignIn} ${momentOrNever(account.lastSignIn)}`)];
    const focused = (document.activeElement as HTMLElement | null)?.dataset['act'];
    this.head.replaceChildren(
      h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, w.tabs.accounts), h('h1', {}, this.title), ...facts, ...(unsaved ? [h('span', { class: 'chip warn', 'data-unsaved': '' }, w.unsaved)] : [])),
      h('div', { class: 'buttons' }, ...(account === null ? [] : this.tools(account)), save));
    if (focused !== undefined) this.head.querySelector<HTMLElement>(`[data-act='${focused}']`)?.focus();
  }

  private tools(account: Account): HTMLElement[] {
    const w = adminWords();
    const name = account.displayName;
    const isSelf = account.userName === session()?.userName;
    const signOut = button(w.signOutAll, () => void this.act([w.signOutAsk(name), w.signOutAll], () => signOutAccount(account.id), w.signedOut), { 'data-act': 'signout' });
    const reset = button(w.reset, () => void this.reset(account), { 'data-act': 'reset' });
    if (isSelf) return [reset]; // nobody shuts out themselves
    if (account.disabled) return [button(w.enable, () => void this.enable(account), { 'data-act': 'enable' })];
    return [signOut, reset, button(w.disable, () => void this.act([w.disableAsk(name), w.disable], () => disableAccount(account.id), w.disabled), { class: 'button grave', 'data-act': 'disable' })];
  }

  private edit(account: Account | null): void {
    this.account = account;
    this.form = new AccountForm(this.office, account, { changed: () => this.renderHead(), submit: () => void this.save() });
    if (account === null) queueMicrotask(() => this.form?.focus());
  }

  private read(): void {
    readAccount(this.id).then((account) => {
      this.failure = null;
      this.notices.replaceChildren();
      this.edit(account);
    }, (error: unknown) => { this.failure = isGone(error) ? adminWords().gone : whyInWords(error); }).finally(() => this.render());
  }

  private async save(): Promise<void> {
    const { form, account } = this;
    if (form === null || this.saving || !form.check()) return;
    this.saving = true;
    this.notices.replaceChildren();
    this.renderHead();
    try {
      if (account === null) await this.create(form);
      else {
        await replaceAccount(account.id, account.version, form.draft);
        this.office.say(adminWords().saved);
        this.read();
      }
    } catch (error) {
      if (isOf(error, 'version-differs')) this.overtaken();
      else if (isOf(error, 'exists')) showFaults(form.element, [{ field: 'userName', text: adminWords().userNameTaken }]);
      else tellFailure(form.element, this.notices, error);
    }
    this.saving = false;
    this.renderHead();
  }

  private async create(form: AccountForm): Promise<void> {
    const w = adminWords();
    const { account, password } = await createAccount(form.draft);
    this.closed = true;
    const given = password ?? (await resetPassword(account.id));
    await showOnce({ title: w.created, explanation: [w.passwordOnce(account.userName)], secret: given });
    this.office.go(routeTo('accounts', account.id), { replace: true, unasked: true });
  }

  private overtaken(): void {
    const w = adminWords();
    this.notices.replaceChildren(h('div', { class: 'notice warn', role: 'alert' }, h('p', {}, w.changedMeanwhile), button(w.reload, () => this.read(), { 'data-act': 'reload' })));
  }

  private async reset(account: Account): Promise<void> {
    const w = adminWords();
    if (!(await this.office.ask({ title: w.reset, body: [w.resetAsk(account.displayName)], yes: w.reset, no: w.cancel }))) return;
    await this.attempt(async () => {
      await showOnce({ title: w.resetDone, explanation: [w.passwordOnce(account.userName)], secret: await resetPassword(account.id) });
      this.read();
    });
  }

  private async enable(account: Account): Promise<void> {
    await this.attempt(async () => {
      const { userName, displayName, roles, counties, townships, grids, department } = account;
      await replaceAccount(account.id, account.version, { userName, displayName, roles, counties, townships, grids, department, disabled: false });
      this.office.say(adminWords().enabled);
      this.read();
    });
  }

  private async act([question, yes]: [string, string], way: () => Promise<unknown>, done: string): Promise<void> {
    if (!(await this.office.ask({ title: yes, body: [question], yes, no: adminWords().cancel, grave: true }))) return;
    await this.attempt(async () => {
      await way();
      this.office.say(done);
      this.read();
    });
  }

  private async attempt(way: () => Promise<void>): Promise<void> {
    try {
      await way();
    } catch (error) {
      this.notices.replaceChildren(h('p', { class: 'notice bad', role: 'alert' }, isUncertain(error) ? adminWords().uncertain : whyInWords(error)));
    }
  }
}

const isOf = (error: unknown, type: string): boolean => error instanceof ApiProblem && error.type === `/problems/${type}`;
