import { create, entry as readEntry, history, replace, type Entry, type Register, type Version } from '../api/registers';
import type { LogEvent } from '../api/types';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { bodyOf, differences, draftOf, formFields, placeName } from './draft';
import { button, failedNotice, loadingNotice, type Reading } from './notices';
import { isGone, whyInWords } from './problems';
import { entryOf, writeRoute, type Route } from './route';
import { momentInWords, shapeInWords, valueInWords } from './values';
import { registerAt, titleOf, type Desk, type View } from './view';

/** Every version of an entry: who, when, and what differs from the one before. Any of them can come back. */
export class HistoryView implements View {
  readonly element = h('div', { class: 'history' });
  private readonly register: Register;
  private versions: Reading<Version[]> = { state: 'reading' };
  /** As it stands; null when it is deleted. */
  private now: Entry | null = null;
  private fault: string | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly route: { register: string; id: string },
  ) {
    this.register = registerAt(desk, route.register);
    this.read();
  }

  get title(): string {
    return deskWords().historyTitle;
  }

  up(): Route {
    return entryOf(this.route.register, this.route.id);
  }

  changed(events: readonly LogEvent[] | null): void {
    if (events === null || events.some((e) => e.id === this.route.id)) this.read();
  }

  named(): void {
    this.render();
  }

  render(): void {
    const w = deskWords();
    const { versions } = this;
    const name = this.now?.properties.name ?? (versions.state === 'read' ? (versions.value[0]?.data.properties.name ?? '') : '');
    const head = h('header', { class: 'entry-head' }, h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, name === '' ? titleOf(this.register) : name), h('h1', {}, w.historyTitle)));
    const fault = this.fault === null ? [] : [h('p', { class: 'notice bad', role: 'alert' }, this.fault)];
    if (versions.state === 'reading') this.element.replaceChildren(head, loadingNotice());
    else if (versions.state === 'failed') this.element.replaceChildren(head, failedNotice(versions.why, () => this.read()));
    else {
      const gone = this.now === null ? [h('p', { class: 'notice warn' }, w.deletedNow)] : [];
      this.element.replaceChildren(head, ...fault, ...gone, h('ol', { class: 'versions' }, ...versions.value.map((v, i) => this.version(v, versions.value[i + 1]))));
    }
  }

  private version(version: Version, before: Version | undefined): HTMLElement {
    const w = deskWords();
    const isNow = this.now !== null && version.version === this.now.properties.version;
    const tools = isNow ? h('span', { class: 'chip' }, w.current) : version.action === 'deleted' || !may(rights.registers) ? '' : button(w.restore, () => void this.restore(version), { class: 'button small', 'data-restore': String(version.version) });
    const who = w.by(version.by === 'local' ? w.localWriter : version.by);
    return h('li', { class: `panel ${version.action}`, 'data-version': String(version.version) },
      h('header', {}, h('strong', {}, w.version(version.version)), h('span', { class: 'chip' }, w.actions[version.action]), h('time', {}, momentInWords(version.at)), h('span', { class: 'quiet' }, who), tools),
      ...(version.action === 'deleted' ? [] : [this.difference(version, before)]));
  }

  private difference(version: Version, before: Version | undefined): HTMLElement {
    const w = deskWords();
    const now = draftOf(this.register, version.data);
    const old = before === undefined || before.action === 'deleted' ? null : draftOf(this.register, before.data);
    const all = [...formFields(this.register).map((f) => f.name), placeName];
    const text = (draft: typeof now, name: string): string => {
      const field = formFields(this.register).find((f) => f.name === name);
      return field === undefined ? shapeInWords(draft.shape) : valueInWords(this.desk, field, draft.values[name] ?? '');
    };
    const names = old === null ? all.filter((name) => text(now, name) !== '') : differences(this.register, old, now);
    if (names.length === 0) return h('p', { class: 'quiet' }, w.nothingChanged);
    const cell = (said: string, label: string): HTMLElement => h('td', { 'data-label': label, class: said === '' ? 'quiet' : '' }, said === '' ? w.none : said);
    const rows = names.map((name) => h('tr', { 'data-changed': name }, h('th', { scope: 'row' }, this.titleOfPart(name)), ...(old === null ? [] : [cell(text(old, name), w.before)]), cell(text(now, name), old === null ? w.firstVersion : w.after)));
    return h('table', { class: 'difference' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, w.field), ...(old === null ? [] : [h('th', { scope: 'col' }, w.before)]), h('th', { scope: 'col' }, old === null ? w.firstVersion : w.after))), h('tbody', {}, ...rows));
  }

  private titleOfPart(name: string): string {
    const field = formFields(this.register).find((f) => f.name === name);
    return field === undefined ? deskWords().place : titleOf(field);
  }

  private async restore(version: Version): Promise<void> {
    const w = deskWords();
    if (!(await this.desk.ask({ title: w.restore, body: [w.restoreAsk(version.version)], yes: w.restore, no: w.cancel }))) return;
    try {
      const body = bodyOf(this.register, draftOf(this.register, version.data), true);
      const { body: saved } = this.now === null ? await create(this.register, body) : await replace(this.register, this.now.id, this.now.properties.version, body);
      this.fault = null;
      this.desk.say(w.restored);
      if (saved !== null && saved.id !== this.route.id) this.desk.go(entryOf(this.route.register, saved.id));
      else this.read();
    } catch (error) {
      // Somebody was quicker: the history then shows their version first, and the choice is made again.
      this.fault = w.saveFailed(whyInWords(error));
      this.read();
    }
  }

  private read(): void {
    const { register, route } = this;
    const standing = readEntry(register, route.id).catch((error: unknown) => {
      if (isGone(error)) return null;
      throw error;
    });
    void Promise.all([history(register, route.id), standing]).then(([value, now]) => {
      this.versions = { state: 'read', value };
      this.now = now;
    }, (error: unknown) => {
      this.versions = { state: 'failed', why: isGone(error) ? deskWords().gone : whyInWords(error) };
    }).then(() => this.render());
  }
}
