import { encode } from 'uqr';
import { beginTotp, confirmTotp, endTotp } from '../api/session';
import { ApiProblem } from '../api/http';
import { adminWords } from '../i18n/admin';
import { sessionWords } from '../i18n/session';
import { button } from '../registers/notices';
import { h, svg } from '../screen/dom';
import { read, session } from '../session/session';
import { field, showFaults, tellFailure, textInput } from './form';
import type { Office } from './view';

/** The second step of one's own sign-in. */
export class OwnTotp {
  readonly element = h('section', { class: 'panel' });
  private readonly notices = h('div', { class: 'notices' });
  private readonly code = textInput('', { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '7' });
  private enrolment: { secret: string; uri: string } | null = null;

  constructor(private readonly office: Office) {}

  render(): void {
    const w = adminWords();
    const totp = session()?.totp;
    const content = this.enrolment !== null ? this.enrolling(this.enrolment)
      : totp?.enabled === true ? [h('p', {}, w.totpIs), ...(totp.required ? [] : [h('div', { class: 'buttons' }, button(w.totpEnd, () => void this.end(), { class: 'button grave', 'data-act': 'totp-end' }))])]
        : [h('p', {}, w.totpIsNot), h('div', { class: 'buttons' }, button(w.totpBegin, () => void this.begin(), { class: 'button primary', 'data-act': 'totp-begin' }))];
    this.element.replaceChildren(h('h2', {}, w.totpTitle), this.notices, ...content);
  }

  private enrolling({ secret, uri }: { secret: string; uri: string }): HTMLElement[] {
    const w = adminWords();
    const form = h('form', { class: 'stack', novalidate: '' }, h('p', {}, w.totpEnter), field('code', sessionWords().totpCode, this.code), h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button primary', 'data-act': 'totp-confirm' }, w.totpConfirm), button(w.cancel, () => { this.enrolment = null; this.render(); })));
    form.addEventListener('submit', (event) => { event.preventDefault(); void this.confirm(form); });
    const picture = h('div', { class: 'qr', role: 'img', 'aria-label': w.totpQr });
    picture.append(qr(uri));
    return [h('p', {}, w.totpScan), picture, h('p', {}, `${w.totpSecret} `, h('code', { class: 'usage', 'data-totp-secret': '' }, secret.replaceAll(/(.{4})(?=.)/g, '$1 '))), form];
  }

  private async begin(): Promise<void> {
    await this.attempt(async () => {
      this.enrolment = await beginTotp();
      this.render();
      this.code.focus();
    });
  }

  private async confirm(form: HTMLElement): Promise<void> {
    const code = this.code.value.replaceAll(' ', '');
    if (!/^\d{6}$/.test(code)) {
      showFaults(form, [{ field: 'code', text: adminWords().totpCodeFault }]);
      return;
    }
    try {
      await confirmTotp(code);
      this.enrolment = null;
      this.code.value = '';
      await read();
      this.office.say(adminWords().totpDone);
      this.render();
    } catch (error) {
      if (error instanceof ApiProblem && error.status < 429) showFaults(form, [{ field: 'code', text: sessionWords().totpWrong }]);
      else tellFailure(form, this.notices, error);
    }
  }

  private async end(): Promise<void> {
    const w = adminWords();
    if (!(await this.office.ask({ title: w.totpEnd, body: [w.totpEndAsk], yes: w.totpEnd, no: w.cancel, grave: true }))) return;
    await this.attempt(async () => {
      await endTotp();
      await read();
      this.office.say(w.totpEnded);
      this.render();
    });
  }

  private async attempt(way: () => Promise<void>): Promise<void> {
    this.notices.replaceChildren();
    try {
      await way();
    } catch (error) {
      tellFailure(this.element, this.notices, error);
    }
  }
}

const quietZone = 4; // modules around the code, as scanners need them

function qr(text: string): SVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return svg('svg', { viewBox: `0 0 ${size} ${size}`, 'shape-rendering': 'crispEdges' }, svg('path', { d: modules.join('') }));
}
