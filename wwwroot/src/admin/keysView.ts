import { createKey, keys, revokeKey, rotateKey, type Key } from '../api/accounts';
import { serverNow } from '../api/http';
import { adminWords } from '../i18n/admin';
import { button, emptyNotice, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { isUncertain, whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { tellFailure } from './form';
import { KeyForm } from './keyForm';
import { showOnce } from './once';
import { scopeInWords } from './scopeInput';
import { momentOrNever, moreRows, moveThroughRows, rowsAtOnce, stateChip, table } from './table';
import type { Office, View } from './view';

export type KeyState = 'active' | 'revoked' | 'expired';

export const keyState = (key: Key, now: number): KeyState =>
  key.revokedAt !== null ? 'revoked' : key.expiresAt !== null && Date.parse(key.expiresAt) <= now ? 'expired' : 'active';

/** The keys of machines. */
export class KeysView implements View {
  readonly element = h('div', { class: 'list machine-keys' });
  private keys: Reading<Key[]> = { state: 'reading' };
  private readonly head = h('div', { class: 'list-head' });
  private readonly notices = h('div', { class: 'notices' });
  private readonly making = h('div');
  private readonly body = h('div');
  private form: KeyForm | null = null;
  private showsEnded = false;
  private shown = rowsAtOnce;
  private busy = false;

  constructor(private readonly office: Office) {
    this.element.append(this.head, this.notices, this.making, this.body);
    this.read();
  }

  get title(): string {
    return adminWords().tabs.keys;
  }

  holdsUnsaved(): boolean {
    return this.form?.isChanged === true;
  }

  key(event: KeyboardEvent): boolean {
    if (event.key === 'n' && !event.ctrlKey && !event.metaKey) this.begin();
    else if (event.key === 'Escape' && this.form !== null && !this.form.isChanged) this.end();
    else return moveThroughRows(this.body, event);
    return true;
  }

  render(): void {
    const w = adminWords();
    const add = button(w.addKey, () => this.begin(), { class: 'button primary', 'data-new': '', 'aria-keyshortcuts': 'n' });
    const ended = h('input', { type: 'checkbox', ...(this.showsEnded ? { checked: '' } : {}) });
    ended.addEventListener('change', () => { this.showsEnded = ended.checked; this.renderBody(); });
    this.head.replaceChildren(h('div', { class: 'headline' }, h('h1', {}, this.title)), h('p', { class: 'intro' }, w.keysIntro),
      h('div', { class: 'toolbar' }, h('label', { class: 'switch' }, ended, w.showRevoked), h('div', { class: 'buttons' }, add)));
    this.form?.render();
    this.making.replaceChildren(...(this.form === null ? [] : [this.form.element]));
    this.renderBody();
  }

  private renderBody(): void {
    const w = adminWords();
    const { keys: all } = this;
    if (all.state === 'failed') this.body.replaceChildren(failedNotice(all.why, () => this.read()));
    else if (all.state === 'reading') this.body.replaceChildren(loadingNotice());
    else {
      const rows = all.value.filter((k) => this.showsEnded || keyState(k, serverNow()) === 'active');
      if (rows.length === 0) this.body.replaceChildren(emptyNotice(w.keysEmpty, w.keysEmptyHint));
      else this.body.replaceChildren(this.table(rows.slice(0, this.shown)), ...moreRows(this.shown, rows.length, () => { this.shown += rowsAtOnce; this.renderBody(); }));
    }
  }

  private table(rows: Key[]): HTMLElement {
    const w = adminWords();
    const kinds = { active: 'good', revoked: 'bad', expired: 'warn' } as const;
    return table(this.title, [
      { title: w.keyName, cell: (k) => [k.name] },
      { title: w.keyKind, cell: (k) => [(w.keyKinds as Record<string, string>)[k.kind] ?? k.kind] },
      { title: w.source, cell: (k) => [k.source ?? w.all] },
      { title: w.scope, cell: (k) => [scopeInWords(this.office, k.counties)], class: 'wrap' },
      { title: w.rate, cell: (k) => [k.ratePerMinute === null ? w.rateDefault : k.ratePerMinute === 0 ? w.rateNone : String(k.ratePerMinute)], class: 'number' },
      { title: w.lastUse, cell: (k) => [momentOrNever(k.lastUsedAt)], class: 'time' },
      { title: w.expires, cell: (k) => [k.expiresAt === null ? '' : momentOrNever(k.expiresAt)], class: 'time' },
      { title: w.state, cell: (k) => [stateChip(kinds[keyState(k, serverNow())], w.keyStates[keyState(k, serverNow())])] },
      { title: '', cell: (k) => this.tools(k), class: 'tools-cell' },
    ], rows, (k) => ({ 'data-key': k.name }));
  }

  private tools(key: Key): HTMLElement[] {
    const w = adminWords();
    if (keyState(key, serverNow()) !== 'active') return [];
    return [button(w.rotate, () => void this.rotate(key), { class: 'button small', 'data-act': 'rotate' }), button(w.revoke, () => void this.revoke(key), { class: 'button small grave', 'data-act': 'revoke' })];
  }

  private begin(): void {
    this.form ??= new KeyForm(this.office, { submit: () => void this.create(), cancel: () => this.end() });
    this.render();
    this.form.focus();
  }

  private end(): void {
    this.form = null;
    this.notices.replaceChildren();
    this.render();
    this.head.querySelector<HTMLElement>('[data-new]')?.focus();
  }

  private async create(): Promise<void> {
    const { form } = this;
    if (form === null || this.busy || !form.check()) return;
    this.busy = true;
    try {
      const { key, secret } = await createKey(form.draft);
      this.end();
      await this.tell(key, secret);
    } catch (error) {
      tellFailure(form.element, this.notices, error);
    }
    this.busy = false;
    this.read();
  }

  private async rotate(key: Key): Promise<void> {
    const w = adminWords();
    if (!(await this.office.ask({ title: w.rotate, body: [w.rotateAsk(key.name)], yes: w.rotate, no: w.cancel, grave: true }))) return;
    await this.attempt(async () => {
      await this.tell(key, await rotateKey(key.id));
    });
  }

  private async revoke(key: Key): Promise<void> {
    const w = adminWords();
    if (!(await this.office.ask({ title: w.revoke, body: [w.revokeAsk(key.name)], yes: w.revoke, no: w.cancel, grave: true }))) return;
    await this.attempt(async () => {
      await revokeKey(key.id);
      this.office.say(w.revoked);
    });
  }

  private tell(key: Key, secret: string): Promise<void> {
    const w = adminWords();
    return showOnce({ title: w.secretTitle, explanation: [key.name, w.secretOnce], secret, usage: `Authorization: Bearer ${secret.slice(0, secret.indexOf('_') + 1)}…` });
  }

  private async attempt(way: () => Promise<void>): Promise<void> {
    this.notices.replaceChildren();
    try {
      await way();
    } catch (error) {
      this.notices.replaceChildren(h('p', { class: 'notice bad', role: 'alert' }, isUncertain(error) ? adminWords().uncertain : whyInWords(error)));
    }
    this.read();
  }

  private read(): void {
    keys().then((value) => { this.keys = { state: 'read', value }; }, (error: unknown) => { this.keys = { state: 'failed', why: whyInWords(error) }; }).finally(() => this.renderBody());
  }
}
