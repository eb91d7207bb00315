import * as api from '../api/records';
import { ApiProblem } from '../api/http';
import { firstPosition } from '../api/registers';
import type { FindingKindEntry, LogEvent } from '../api/types';
import { pageWords } from '../i18n/pages';
import { recordWords } from '../i18n/records';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { button, failedNotice, loadingNotice, simulatedBadge, type Reading } from './notices';
import { faultsOf, isGone, whyInWords } from './problems';
import { kindInWords, stateInWords } from './recordsView';
import { recordsOf, writeRoute, type Route } from './route';
import { minuteInWords } from './values';
import { countyNameOf, type Desk, type View } from './view';

const stepsFrom: Readonly<Record<api.FindingState, readonly api.FindingStepName[]>> = { filed: ['confirm', 'rectify', 'dismiss'], confirmed: ['rectify', 'dismiss'], rectified: [], dismissed: [] };
const stateAfter: Readonly<Record<api.FindingStepName, api.FindingState>> = { confirm: 'confirmed', rectify: 'rectified', dismiss: 'dismissed' };

/** One finding with its photos, what was done about it, and the steps that its state allows. */
export class FindingView implements View {
  readonly element = h('div', { class: 'record' });
  private finding: Reading<api.Finding> = { state: 'reading' };
  private kinds: readonly FindingKindEntry[] = [];
  private step: api.FindingStepName | null = null;
  private readonly reason = h('textarea', { rows: '3', id: 'reason', maxlength: '2000' });
  private readonly photos = h('input', { type: 'file', id: 'photos', multiple: '', accept: 'image/jpeg,image/png,image/webp' });
  private notice: HTMLElement | null = null;
  /** The stored side, after somebody was quicker. */
  private overtaken: api.Finding | null = null;
  private sending = false;

  constructor(
    private readonly desk: Desk,
    private readonly id: string,
  ) {
    this.read();
  }

  get title(): string {
    return this.finding.state === 'read' ? kindInWords(this.kinds, this.finding.value.properties.kind) : recordWords().findings;
  }

  up(): Route {
    return recordsOf('findings');
  }

  holdsUnsaved(): boolean {
    return this.step !== null && (this.reason.value.trim() !== '' || (this.photos.files?.length ?? 0) > 0);
  }

  changed(events: readonly LogEvent[] | null): void {
    // Who is writing sends against the version that they saw, and is shown both sides if that is old.
    if (this.step === null && (events === null || events.some((e) => e.id === this.id))) this.read();
  }

  render(): void {
    const { finding } = this;
    if (finding.state === 'reading') this.element.replaceChildren(loadingNotice());
    else if (finding.state === 'failed') this.element.replaceChildren(failedNotice(finding.why, () => this.read()));
    else this.element.replaceChildren(this.head(finding.value), ...(this.notice === null ? [] : [this.notice]), h('div', { class: 'record-body' }, this.facts(finding.value), this.pictures(finding.value), ...this.steps(finding.value)));
  }

  private steps(finding: api.Finding): HTMLElement[] {
    if (this.overtaken !== null) return [this.bothSides(this.overtaken)];
    return may(rights.verdicts) ? [this.decide(finding)] : [];
  }

  private head({ id, properties: p }: api.Finding): HTMLElement {
    const w = recordWords();
    return h('header', { class: 'entry-head' }, h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, w.findings), h('h1', {}, this.title), h('span', { class: 'chip', 'data-state': p.state }, stateInWords(p.state)), ...(p.simulated ? [simulatedBadge()] : [])),
      h('div', { class: 'buttons' }, h('a', { class: 'button', href: `/#s=finding:${id}` }, w.onMap), h('a', { class: 'button', href: `/subject/?s=finding:${id}` }, pageWords().wholePage)));
  }

  private facts({ geometry, properties: p }: api.Finding): HTMLElement {
    const w = recordWords();
    const place = firstPosition(geometry);
    const steps = (['confirmed', 'rectified', 'dismissed'] as const).flatMap((state): [string, string][] => (typeof p[`${state}At`] === 'string' ? [[w.stepAt(stateInWords(state), minuteInWords(String(p[`${state}At`]))), String(p[`${state}Reason`] ?? '')]] : []));
    const pairs: [string, string][] = [[w.county, countyNameOf(this.desk, p.county, '')], [w.foundAt, minuteInWords(p.at)], [w.source, stateInWords(p.filedBy)], [w.text, p.text ?? ''], [w.position, place === null ? '' : place.map((n) => n.toFixed(5)).join(', ')], [w.accuracy, typeof p.accuracyMetres !== 'number' ? '' : `± ${p.accuracyMetres} m`], ...steps, [deskWords().history, w.version(p.version)]];
    return h('section', { class: 'panel' }, h('dl', { class: 'told' }, ...pairs.filter(([, text], i) => text !== '' || i > 5).flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)])));
  }

  private pictures({ properties: p }: api.Finding): HTMLElement {
    const w = recordWords();
    const hashes = [p.photos, p['confirmedPhotos'], p['rectifiedPhotos'], p['dismissedPhotos']].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
    const shown = hashes.map((hash, i) => h('a', { href: api.photoAddress(hash), target: '_blank', rel: 'noopener' }, h('img', { src: api.thumbnailAddress(hash), alt: w.photo(i + 1), loading: 'lazy', width: '160', height: '120' })));
    return h('section', { class: 'panel' }, h('h2', {}, w.photos), shown.length === 0 ? h('p', { class: 'quiet' }, w.noPhotos) : h('div', { class: 'photos' }, ...shown));
  }

  private decide({ properties: p }: api.Finding): HTMLElement {
    const w = recordWords();
    const steps = stepsFrom[p.state];
    const panel = h('section', { class: 'panel decide' }, h('h2', {}, w.stepTitle));
    if (steps.length === 0) panel.append(h('p', { class: 'quiet' }, w.settled));
    panel.append(h('div', { class: 'buttons' }, ...steps.map((step) => button(w.steps[step], () => this.choose(step), { class: this.step === step ? 'button primary' : 'button', 'data-step': step, 'aria-pressed': String(this.step === step) }))));
    if (this.step === null) return panel;
    const submit = h('button', { type: 'submit', class: 'button primary' }, `${w.submit} · ${w.steps[this.step]}`);
    submit.disabled = this.sending;
    const form = h('form', { class: 'step' }, h('label', { for: 'reason' }, this.step === 'rectify' ? w.reasonOr : w.reason), this.reason, h('label', { for: 'photos' }, w.addPhotos), this.photos, h('div', { class: 'buttons' }, button(w.cancel, () => this.choose(null)), submit));
    form.addEventListener('submit', (event) => { event.preventDefault(); void this.send(p.version); });
    panel.append(form);
    return panel;
  }

  /** What is stored beside what was to be sent. */
  private bothSides(stored: api.Finding): HTMLElement {
    const w = recordWords();
    const step = this.step ?? 'confirm';
    const state = stored.properties.state;
    const row = (label: string, theirs: string, mine: string): HTMLElement => h('tr', {}, h('th', { scope: 'row' }, label), h('td', { 'data-label': w.stored }, theirs), h('td', { 'data-label': w.mine }, mine));
    const again = stepsFrom[state].includes(step) ? [button(w.again, () => void this.send(stored.properties.version), { class: 'button primary', 'data-act': 'again' })] : [];
    return h('section', { class: 'panel conflict', role: 'alert' }, h('p', {}, w.conflict),
      h('table', { class: 'sides' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, w.state), h('th', { scope: 'col' }, `${w.stored} (${w.version(stored.properties.version)})`), h('th', { scope: 'col' }, w.mine))),
        h('tbody', {}, row(w.state, stateInWords(state), stateInWords(stateAfter[step])), row(w.reason, String(stored.properties[`${state}Reason`] ?? ''), this.reason.value), row(w.photos, String((stored.properties[`${state}Photos`] as unknown[] | undefined)?.length ?? 0), String(this.photos.files?.length ?? 0)))),
      h('div', { class: 'buttons' }, button(w.keep, () => { this.take(stored); this.choose(null); }, { 'data-act': 'keep' }), ...again));
  }

  private choose(step: api.FindingStepName | null): void {
    this.step = step;
    this.notice = null;
    if (step === null) { this.reason.value = ''; this.photos.value = ''; }
    this.render();
    if (step !== null) this.reason.focus();
  }

  private take(finding: api.Finding): void {
    this.finding = { state: 'read', value: finding };
    this.overtaken = null;
  }

  private async send(version: number): Promise<void> {
    if (this.step === null || this.sending) return;
    const w = recordWords();
    this.sending = true;
    try {
      const { body } = await api.follow(this.id, this.step, version, this.reason.value.trim(), [...(this.photos.files ?? [])]);
      if (body !== null) this.take(body);
      this.choose(null);
      this.desk.say(w.done);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409 && error.more['stored'] !== null) this.overtaken = error.more['stored'] as api.Finding;
      else this.notice = h('p', { class: 'notice bad', role: 'alert' }, faultsOf(error) === null ? w.failed(whyInWords(error)) : w.reasonOr);
    } finally {
      this.sending = false;
      this.render();
    }
  }

  private read(): void {
    void Promise.all([api.finding(this.id), api.findingKinds()]).then(([finding, kinds]) => {
      this.kinds = kinds;
      this.take(finding);
    }, (error: unknown) => { this.finding = { state: 'failed', why: isGone(error) ? deskWords().gone : whyInWords(error) }; }).then(() => this.render());
  }
}
