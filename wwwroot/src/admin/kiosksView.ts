import { grantKiosk, kiosks, revokeKiosk, type Kiosk } from '../api/accounts';
import { adminWords } from '../i18n/admin';
import { button, emptyNotice, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { isGone, isUncertain, whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { field, showFaults, tellFailure, textInput } from './form';
import { ScopeInput, scopeInWords } from './scopeInput';
import { momentOrNever, table } from './table';
import type { Office, View } from './view';

/** Walls that may look: granted by the code that they show, taken back at any time. */
export class KiosksView implements View {
  readonly element = h('div', { class: 'list kiosks' });
  private kiosks: Reading<Kiosk[]> = { state: 'reading' };
  private readonly head = h('div', { class: 'list-head' });
  private readonly notices = h('div', { class: 'notices' });
  private readonly form = h('form', { class: 'panel making', novalidate: '', autocomplete: 'off' });
  private readonly body = h('div');
  private readonly code = textInput('', { class: 'kiosk-input', maxlength: '16', autocapitalize: 'characters' });
  private readonly name = textInput('', { maxlength: '100' });
  private readonly scope: ScopeInput;
  private busy = false;

  constructor(private readonly office: Office) {
    this.scope = new ScopeInput(office, 'kiosk', null, () => {});
    this.form.addEventListener('submit', (event) => { event.preventDefault(); void this.grant(); });
    this.element.append(this.head, this.notices, this.form, this.body);
    this.read();
  }

  get title(): string {
    return adminWords().tabs.kiosks;
  }

  holdsUnsaved(): boolean {
    return this.name.value !== '';
  }

  render(): void {
    const w = adminWords();
    this.scope.render();
    this.head.replaceChildren(h('div', { class: 'headline' }, h('h1', {}, this.title)), h('p', { class: 'intro' }, w.kiosksIntro));
    this.form.replaceChildren(h('h2', {}, w.grantTitle), h('div', { class: 'fields bare' }, field('code', w.code, this.code, { required: true }), field('name', w.kioskName, this.name, { hint: w.kioskNameHint, required: true }), this.scope.element),
      h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button primary', 'data-act': 'grant' }, w.grant)));
    this.renderBody();
  }

  private renderBody(): void {
    const w = adminWords();
    const { kiosks: all } = this;
    if (all.state === 'failed') this.body.replaceChildren(failedNotice(all.why, () => this.read()));
    else if (all.state === 'reading') this.body.replaceChildren(loadingNotice());
    else if (all.value.length === 0) this.body.replaceChildren(emptyNotice(w.kiosksEmpty, ''));
    else this.body.replaceChildren(table(this.title, [
      { title: w.kioskName, cell: (k) => [k.name] },
      { title: w.scope, cell: (k) => [scopeInWords(this.office, k.counties)], class: 'wrap' },
      { title: w.grantedBy, cell: (k) => [k.grantedBy ?? ''] },
      { title: w.createdAt, cell: (k) => [momentOrNever(k.createdAt)], class: 'time' },
      { title: w.lastSeen, cell: (k) => [momentOrNever(k.lastSeenAt)], class: 'time' },
      { title: w.address, cell: (k) => [k.address ?? ''] },
      { title: w.expires, cell: (k) => [momentOrNever(k.expiresAt)], class: 'time' },
      { title: '', cell: (k) => [button(w.revoke, () => void this.revoke(k), { class: 'button small grave', 'data-act': 'revoke' })], class: 'tools-cell' },
    ], all.value, (k) => ({ 'data-kiosk': k.name })));
  }

  private async grant(): Promise<void> {
    const w = adminWords();
    const code = this.code.value.replaceAll(/[\s-]/g, '').toUpperCase();
    const faults = [
      ...(code === '' ? [{ field: 'code', text: w.codeMissing }] : []),
      ...(this.name.value.trim() === '' ? [{ field: 'name', text: w.keyNameMissing }] : []),
      ...(this.scope.isFaulty ? [{ field: 'counties', text: w.countiesNone }] : []),
    ];
    showFaults(this.form, faults);
    if (faults.length > 0 || this.busy) return;
    this.busy = true;
    this.notices.replaceChildren();
    try {
      await grantKiosk(code, this.name.value.trim(), this.scope.counties);
      this.code.value = '';
      this.name.value = '';
      this.office.say(w.granted);
      this.read();
    } catch (error) {
      if (isGone(error)) showFaults(this.form, [{ field: 'code', text: w.codeUnknown }]);
      else tellFailure(this.form, this.notices, error);
    }
    this.busy = false;
  }

  private async revoke(kiosk: Kiosk): Promise<void> {
    const w = adminWords();
    if (!(await this.office.ask({ title: w.revoke, body: [w.kioskRevokeAsk(kiosk.name)], yes: w.revoke, no: w.cancel, grave: true }))) return;
    try {
      await revokeKiosk(kiosk.id);
      this.office.say(w.revoked);
    } catch (error) {
      this.notices.replaceChildren(h('p', { class: 'notice bad', role: 'alert' }, isUncertain(error) ? w.uncertain : whyInWords(error)));
    }
    this.read();
  }

  private read(): void {
    kiosks().then((value) => { this.kiosks = { state: 'read', value }; }, (error: unknown) => { this.kiosks = { state: 'failed', why: whyInWords(error) }; }).finally(() => this.renderBody());
  }
}
