import type { Account, AccountDraft } from '../api/accounts';
import { adminWords } from '../i18n/admin';
import { sessionWords } from '../i18n/session';
import { h } from '../screen/dom';
import { Choices } from './choices';
import { field, group, listOfText, showFaults, textInput, type Fault } from './form';
import { ScopeInput } from './scopeInput';
import type { Office } from './view';

const roleNames = ['viewer', 'gridManager', 'department', 'countyOfficer', 'planner', 'approver', 'cityOfficer', 'administrator', 'auditor'] as const;
const userNamePattern = /^[^\s\p{C}]{2,64}$/u;

/** The account as it is typed. */
export class AccountForm {
  readonly element = h('form', { class: 'fields', novalidate: '', autocomplete: 'off' });
  private readonly userName: HTMLInputElement;
  private readonly displayName: HTMLInputElement;
  private readonly department: HTMLInputElement;
  private readonly townships: HTMLInputElement;
  private readonly grids: HTMLInputElement;
  private readonly roles: Choices;
  private readonly scope: ScopeInput;
  private readonly before: string;

  constructor(office: Office, private readonly account: Account | null, actions: { changed(): void; submit(): void }) {
    this.userName = textInput(account?.userName, account === null ? {} : { readonly: '' });
    this.displayName = textInput(account?.displayName);
    this.department = textInput(account?.department ?? '');
    this.townships = textInput(account?.townships.join(', '));
    this.grids = textInput(account?.grids.join(', '));
    this.roles = new Choices('roles', account?.roles ?? [], actions.changed);
    this.scope = new ScopeInput(office, 'account', account?.counties ?? null, actions.changed);
    this.before = JSON.stringify(this.draft);
    this.element.addEventListener('input', actions.changed);
    this.element.addEventListener('submit', (event) => { event.preventDefault(); actions.submit(); });
  }

  get draft(): AccountDraft {
    const department = this.department.value.trim();
    return {
      userName: this.userName.value.trim(), displayName: this.displayName.value.trim(), roles: roleNames.filter((r) => this.roles.chosen.has(r)), counties: this.scope.counties,
      townships: listOfText(this.townships.value), grids: listOfText(this.grids.value), department: department === '' ? null : department, disabled: this.account?.disabled ?? false,
    };
  }

  get isChanged(): boolean {
    return JSON.stringify(this.draft) !== this.before;
  }

  /** Says what is wrong; true when nothing is. */
  check(): boolean {
    const w = adminWords();
    const { draft } = this;
    const faults: Fault[] = [
      ...(this.account !== null || userNamePattern.test(draft.userName) ? [] : [{ field: 'userName', text: w.userNameFault }]),
      ...(draft.displayName === '' ? [{ field: 'displayName', text: w.displayNameMissing }] : []),
      ...(draft.roles.length === 0 ? [{ field: 'roles', text: w.rolesNone }] : []),
      ...(this.scope.isFaulty ? [{ field: 'counties', text: w.countiesNone }] : []),
    ];
    showFaults(this.element, faults);
    return faults.length === 0;
  }

  focus(): void {
    (this.account === null ? this.userName : this.displayName).focus();
  }

  render(): void {
    const [w, s] = [adminWords(), sessionWords()];
    this.roles.render(roleNames.map((value) => ({ value, title: s.roles[value] ?? value, hint: w.roleHints[value] ?? '' })));
    this.scope.render();
    this.element.replaceChildren(
      field('userName', w.userName, this.userName, { hint: w.userNameHint, required: this.account === null }),
      field('displayName', w.displayName, this.displayName, { hint: w.displayNameHint, required: true }),
      field('department', w.department, this.department, { hint: w.departmentHint }),
      group('roles', w.roles, this.roles.element), this.scope.element,
      field('townships', w.townships, this.townships, { hint: w.listHint }), field('grids', w.grids, this.grids, { hint: w.listHint }));
  }
}
