import * as api from '../api/records';
import { ApiProblem } from '../api/http';
import type { LogEvent } from '../api/types';
import { language } from '../i18n';
import { pageWords } from '../i18n/pages';
import { recordWords } from '../i18n/records';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { button, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { faultsOf, isGone, whyInWords } from './problems';
import { daysInWords, zoneStateInWords } from './recordsView';
import { recordsOf, writeRoute, type Route } from './route';
import { minuteInWords } from './values';
import { countyNameOf, type Desk, type View } from './view';

type Act = 'publish' | 'retire';
interface Known { versions: api.ZoneVersion[]; tag: string }

/** One zone: every version with its document and its days, and what can be decided about the latest. */
export class ZoneView implements View {
  readonly element = h('div', { class: 'record' });
  private known: Reading<Known> = { state: 'reading' };
  private act: Act | null = null;
  private readonly inputs = {
    documentNumber: h('input', { type: 'text', id: 'documentNumber', maxlength: '200' }), effectiveFrom: h('input', { type: 'date', id: 'effectiveFrom' }), effectiveTo: h('input', { type: 'date', id: 'effectiveTo' }),
    lastDay: h('input', { type: 'date', id: 'lastDay' }), reason: h('input', { type: 'text', id: 'reason', maxlength: '500' }),
  };
  private notice: HTMLElement | null = null;
  private sending = false;

  constructor(
    private readonly desk: Desk,
    private readonly id: string,
  ) {
    this.read();
  }

  get title(): string {
    return this.latest?.properties.name ?? recordWords().zones;
  }

  up(): Route {
    return recordsOf('zones');
  }

  holdsUnsaved(): boolean {
    return this.act !== null && Object.values(this.inputs).some((input) => input.value !== '');
  }

  changed(events: readonly LogEvent[] | null): void {
    if (this.act === null && (events === null || events.some((e) => e.id === this.id))) this.read();
  }

  render(): void {
    const { known, latest } = this;
    if (known.state === 'failed') this.element.replaceChildren(failedNotice(known.why, () => this.read()));
    else if (known.state === 'reading' || latest === null) this.element.replaceChildren(loadingNotice());
    else this.element.replaceChildren(this.head(latest), ...(this.notice === null ? [] : [this.notice]), h('div', { class: 'record-body' }, this.facts(latest), this.versions(known.value.versions), ...(may(rights.zones) ? [this.decide(latest, known.value.versions)] : [])));
  }

  private get latest(): api.ZoneVersion | null {
    return this.known.state === 'read' ? (this.known.value.versions[0] ?? null) : null;
  }

  private head({ id, properties: p }: api.ZoneVersion): HTMLElement {
    const w = recordWords();
    return h('header', { class: 'entry-head' }, h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, w.zones), h('h1', {}, p.name), h('span', { class: 'chip', 'data-state': p.status }, zoneStateInWords(p.status)), ...(p.simulated ? [simulatedBadge()] : [])),
      h('div', { class: 'buttons' }, h('a', { class: 'button', href: `/#s=zone:${id}` }, w.onMap), h('a', { class: 'button', href: `/subject/?s=zone:${id}` }, pageWords().wholePage)));
  }

  private facts({ properties: p }: api.ZoneVersion): HTMLElement {
    const w = recordWords();
    const pairs: [string, string][] = [[w.kind, p.kindTitle[language()]], [w.counties, p.counties.map((code) => countyNameOf(this.desk, code, '')).join(language() === 'zh' ? '、' : ', ')], [w.area, `${(p.areaSquareMetres / 1e6).toFixed(2)} km²`], [w.authority, p.authority ?? ''], [w.note, p.note ?? '']];
    return h('section', { class: 'panel' }, h('dl', { class: 'told' }, ...pairs.filter(([, text]) => text !== '').flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)])), h('p', { class: 'quiet' }, w.onlyByImport));
  }

  private versions(versions: readonly api.ZoneVersion[]): HTMLElement {
    const w = recordWords();
    const heads = [w.state, w.document, w.effective, w.reason, deskWords().changedAt];
    const rows = versions.map(({ properties: p }) => h('tr', { 'data-version': String(p.version) }, h('th', { scope: 'row' }, w.version(p.version)),
      ...[zoneStateInWords(p.status), p.documentNumber ?? '', daysInWords(p.effectiveFrom, p.effectiveTo), p.reason ?? '', minuteInWords(p.changedAt ?? '')].map((text, i) => h('td', { 'data-label': heads[i] ?? '' }, text))));
    return h('section', { class: 'panel' }, h('h2', {}, w.versions), h('table', { class: 'entries versions-of' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, w.versions), ...heads.map((text) => h('th', { scope: 'col' }, text)))), h('tbody', {}, ...rows)));
  }

  private decide(latest: api.ZoneVersion, versions: readonly api.ZoneVersion[]): HTMLElement {
    const w = recordWords();
    const acts: Act[] = [...(latest.properties.status === 'draft' ? ['publish' as const] : []), ...(versions.some((v) => v.properties.status === 'published') ? ['retire' as const] : [])];
    const panel = h('section', { class: 'panel decide' }, h('h2', {}, deskWords().actions.changed), h('div', { class: 'buttons' }, ...acts.map((act) => button(w[act], () => this.choose(act), { class: act === 'retire' ? 'button grave' : 'button', 'data-step': act, 'aria-pressed': String(this.act === act) }))));
    if (acts.length === 0) panel.append(h('p', { class: 'quiet' }, w.settled));
    if (this.act === null) return panel;
    const i = this.inputs;
    const fields: [string, HTMLInputElement][] = this.act === 'publish' ? [[w.document, i.documentNumber], [w.from, i.effectiveFrom], [w.to, i.effectiveTo], [w.publishReason, i.reason]] : [[w.lastDay, i.lastDay], [w.reason, i.reason]];
    const submit = h('button', { type: 'submit', class: this.act === 'retire' ? 'button grave' : 'button primary' }, w[this.act]);
    submit.disabled = this.sending;
    const form = h('form', { class: 'step' }, ...fields.flatMap(([label, input]) => [h('label', { for: input.id }, label), input]), h('div', { class: 'buttons' }, button(w.cancel, () => this.choose(null)), submit));
    form.addEventListener('submit', (event) => { event.preventDefault(); void this.send(); });
    panel.append(form);
    return panel;
  }

  private choose(act: Act | null): void {
    this.act = act;
    this.notice = null;
    for (const input of Object.values(this.inputs)) input.value = '';
    this.render();
    this.element.querySelector<HTMLElement>('form.step input')?.focus();
  }

  private async send(): Promise<void> {
    const { act, known, inputs } = this;
    const w = recordWords();
    if (act === null || known.state !== 'read' || this.sending) return;
    const used = act === 'publish' ? [inputs.documentNumber, inputs.effectiveFrom, inputs.effectiveTo, inputs.reason] : [inputs.lastDay, inputs.reason];
    if (act === 'publish' && (inputs.documentNumber.value.trim() === '' || inputs.effectiveFrom.value === '')) return this.tell(w.missing);
    const question = act === 'publish' ? w.confirmPublish(this.title) : w.confirmRetire(this.title);
    if (!(await this.desk.ask({ title: w[act], body: [question], yes: w[act], no: w.cancel, grave: act === 'retire' }))) return;
    this.sending = true;
    try {
      const { body } = await api.decideZone(this.id, act, known.value.tag, Object.fromEntries(used.filter((input) => input.value.trim() !== '').map((input) => [input.id, input.value.trim()])));
      this.choose(null);
      if (body !== null) this.desk.say(w.effect(body.judged, body.opened, body.closed));
      this.read();
    } catch (error) {
      const stale = error instanceof ApiProblem && error.type === '/problems/version-differs';
      if (stale) this.read();
      this.tell(stale ? w.zoneConflict : w.failed(faultsOf(error)?.join('; ') ?? whyInWords(error)));
    } finally {
      this.sending = false;
    }
  }

  private tell(text: string): void {
    this.notice = h('p', { class: 'notice bad', role: 'alert' }, text);
    this.render();
  }

  private read(): void {
    void Promise.all([api.zoneVersions(this.id), api.zoneTag(this.id)]).then(([versions, tag]) => { this.known = { state: 'read', value: { versions, tag } }; },
      (error: unknown) => { this.known = { state: 'failed', why: isGone(error) ? deskWords().gone : whyInWords(error) }; }).then(() => this.render());
  }
}
