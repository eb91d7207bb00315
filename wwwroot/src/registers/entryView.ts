import { create, entry as readEntry, remove, replace, type Entry, type Register } from '../api/registers';
import { ApiProblem } from '../api/http';
import type { LogEvent } from '../api/types';
import { MonitorPanel } from '../dust/panel';
import { dustWords } from '../i18n/dust';
import { pageWords } from '../i18n/pages';
import { recordWords } from '../i18n/records';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { Belongings } from './belongings';
import { ConflictPanel, type Conflict } from './conflict';
import { bodyOf, differences, draftOf, emptyDraft, withValue, type Draft } from './draft';
import { EntryForm } from './entryForm';
import { button, failedNotice, loadingNotice, simulatedBadge } from './notices';
import { faultsOf, isGone, isUncertain, whyInWords } from './problems';
import { removalQuestion } from './removal';
import { entryOf, healthOf, listOf, writeRoute, type EntryRoute, type Route } from './route';
import { RulingsPanel } from './rulings';
import { emptyShape } from './shapeDraft';
import { minuteInWords } from './values';
import { countyNameOf, registerAt, titleOf, type Desk, type View } from './view';

const minuteMs = 60_000;

/** One entry: its form with the place on a map, what the rules say of it, and every way to change it without losing anybody's edit. */
export class EntryView implements View {
  readonly element = h('div', { class: 'entry' });
  private readonly register: Register;
  private readonly head = h('header', { class: 'entry-head' });
  private readonly notices = h('div', { class: 'notices', 'aria-live': 'polite' });
  private readonly main = h('div', { class: 'entry-main' });
  private readonly measured = h('section', { class: 'panel measured', hidden: '' });
  private readonly aside = h('div', { class: 'entry-aside' });
  private monitor: MonitorPanel | null = null;
  /** How often something came about it. */
  private touches = 0;
  private clock: ReturnType<typeof setInterval> | null = null;
  private form: EntryForm | null = null;
  private rulings: RulingsPanel | null = null;
  private belongings: Belongings | null = null;
  private conflict: ConflictPanel | null = null;
  /** As it was read or saved last; null for a new one. */
  private stored: Entry | null = null;
  /** The version before the last save from this page. */
  private undoable: Entry | null = null;
  private base: Draft;
  private failure: string | null = null;
  private saving = false;
  private closed = false;

  constructor(
    private readonly desk: Desk,
    private readonly route: EntryRoute,
  ) {
    this.register = registerAt(desk, route.register);
    this.base = emptyDraft(this.register);
    this.element.append(this.head, this.notices, this.measured, h('div', { class: 'entry-body' }, this.main, this.aside));
    if (route.id === null) this.begin();
    else this.read();
  }

  get title(): string {
    return this.stored?.properties.name ?? (this.route.id === null ? deskWords().newEntry(titleOf(this.register)) : titleOf(this.register));
  }

  up(): Route {
    return this.route.parent === '' ? this.desk.lastList(this.route.register) : listOf(this.route.register, { parent: this.route.parent });
  }

  holdsUnsaved(): boolean {
    return this.form !== null && !this.closed && differences(this.register, this.base, this.form.draft).length > 0;
  }

  dispose(): void {
    this.closed = true;
    this.form?.dispose();
    if (this.clock !== null) clearInterval(this.clock);
  }

  key(event: KeyboardEvent): boolean {
    if (this.form?.key(event) === true) return true;
    if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
      this.save();
      return true;
    }
    return false;
  }

  changed(events: readonly LogEvent[] | null): void {
    const id = this.stored?.id;
    if (id === undefined) return;
    const own = events?.filter((e) => e.id === id && e.type.startsWith('subject.')) ?? [];
    if (events === null || own.length > 0) void this.meet();
    const about = (e: LogEvent): boolean => (e.data as { properties?: { subject?: { id?: string } }; subject?: { id?: string } } | null)?.properties?.subject?.id === id || e.id === id;
    if (events === null || events.some(about)) this.rulings?.read();
    if (events === null || events.some((e) => e.type.startsWith('subject.'))) this.belongings?.read();
    if (events === null || events.some(about)) this.touches += 1;
    this.renderMeasured();
  }

  named(): void {
    this.conflict?.named();
  }

  render(): void {
    this.renderHead();
    if (this.failure !== null) this.main.replaceChildren(failedNotice(this.failure, () => this.read()));
    else if (this.form === null) this.main.replaceChildren(loadingNotice());
    else {
      if (this.conflict === null) this.main.replaceChildren(this.form.element);
      else this.main.replaceChildren(this.conflict.element);
      this.form.render();
      this.conflict?.render();
    }
    this.rulings?.render();
    this.belongings?.render();
    this.renderMeasured();
  }

  /** What a monitor measures stands above its entry. */
  private renderMeasured(): void {
    const mn = this.stored?.properties['mn'];
    if (this.register.kind !== 'monitor' || this.stored === null || typeof mn !== 'string') return;
    const w = dustWords();
    this.monitor ??= new MonitorPanel();
    this.clock ??= setInterval(() => this.renderMeasured(), minuteMs);
    this.measured.hidden = false;
    this.measured.replaceChildren(h('h2', {}, w.curveTitle, h('a', { href: writeRoute(healthOf()) }, w.toHealth)), this.monitor.element);
    const exceeding = this.rulings?.value?.violations.some((v) => v.properties.rule === 'A28.Dust') ?? false;
    this.monitor.show({ id: this.stored.id, mn, county: this.stored.properties.county, exceeding, version: String(this.touches) });
  }

  private begin(): void {
    const parent = this.register.parentField;
    const [only] = this.register.shapes;
    let draft = emptyDraft(this.register);
    this.base = draft;
    if (parent !== null && this.route.parent !== '') this.base = draft = withValue(draft, parent, this.route.parent);
    if (this.route.value !== '' && this.route.field in draft.values) this.base = draft = withValue(draft, this.route.field, this.route.value);
    if (only !== undefined) this.base = draft = { ...draft, shape: emptyShape(only) };
    this.show(draft);
    this.render();
    queueMicrotask(() => { this.form?.open(); this.form?.focus(this.route.field === '' ? 'name' : this.route.field); });
  }

  private read(): void {
    readEntry(this.register, this.route.id as string).then((entry) => {
      this.failure = null;
      this.take(entry);
      this.rulings = new RulingsPanel(this.desk, this.register, entry.id, (field) => this.form?.focus(field), () => this.renderMeasured());
      this.belongings = new Belongings(this.desk, this.register, entry.id);
      this.aside.replaceChildren(this.rulings.element, this.belongings.element);
      this.render();
      this.form?.open();
      if (this.route.field !== '') this.form?.focus(this.route.field);
    }, (error: unknown) => {
      this.failure = isGone(error) ? deskWords().gone : whyInWords(error);
      this.render();
    });
  }

  private show(draft: Draft): void {
    this.form = new EntryForm(this.desk, this.register, draft, { changed: () => this.renderHead(), submit: () => this.save() });
  }

  /** What the server holds now becomes what is edited. */
  private take(entry: Entry): void {
    this.stored = entry;
    this.base = draftOf(this.register, entry);
    this.desk.names.note(entry.id, entry.properties.name);
    if (this.form === null) this.show(this.base);
    else this.form.set(this.base);
  }

  private renderHead(): void {
    const w = deskWords();
    const { stored } = this;
    const unsaved = this.holdsUnsaved();
    const facts = stored === null ? [] : [
      h('span', {}, stored.properties.county !== null ? countyNameOf(this.desk, stored.properties.county, '') : stored.geometry === null ? w.noCounty : w.outsideCity),
      h('span', {}, `${w.version(stored.properties.version)} · ${minuteInWords(stored.properties.changedAt)}`),
      ...(stored.properties.simulated ? [simulatedBadge()] : [])];
    const save = button(this.saving ? w.saving : w.save, () => this.save(), { class: 'button primary', 'data-act': 'save', 'aria-keyshortcuts': 'Control+s' });
    save.disabled = this.saving || this.form === null || this.conflict !== null || (stored !== null && !unsaved);
    const discard = button(w.discard, () => this.form?.set(this.base), { 'data-act': 'discard' });
    const tools = stored === null ? [] : [
      ...(this.undoable === null ? [] : [button(w.undoSave, () => void this.undo(), { 'data-act': 'undo' })]),
      h('a', { class: 'button', href: `/#s=${this.register.kind}:${stored.id}`, 'data-act': 'map' }, recordWords().onMap),
      h('a', { class: 'button', href: `/subject/?s=${this.register.kind}:${stored.id}`, 'data-act': 'page' }, pageWords().wholePage),
      h('a', { class: 'button', href: writeRoute({ view: 'history', register: this.route.register, id: stored.id }), 'data-act': 'history' }, w.history),
      ...(may(rights.registers) ? [button(w.remove, () => void this.remove(), { class: 'button grave', 'data-act': 'remove' })] : [])];
    const focused = (document.activeElement as HTMLElement | null)?.dataset['act'];
    this.head.replaceChildren(
      h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, titleOf(this.register)), h('h1', {}, this.title), ...facts, ...(unsaved ? [h('span', { class: 'chip warn', 'data-unsaved': '' }, w.unsaved)] : [])),
      h('div', { class: 'buttons' }, ...tools, ...(unsaved && stored !== null && this.conflict === null ? [discard] : []), ...(may(rights.registers) ? [save] : [])));
    if (focused !== undefined) this.head.querySelector<HTMLElement>(`[data-act='${focused}']`)?.focus();
  }

  private tell(notice: HTMLElement | null): void {
    this.notices.replaceChildren(...(notice === null ? [] : [notice]));
  }

  private save(): void {
    if (this.form === null || this.saving || this.conflict !== null || !may(rights.registers)) return;
    const { draft } = this.form;
    const withSince = (draft.values['since'] ?? '') !== (this.base.values['since'] ?? '');
    void this.send(draft, this.stored, withSince, deskWords().saved);
  }

  /** @param onto The entry that is replaced; null makes a new one. */
  private async send(draft: Draft, onto: Entry | null, withSince: boolean, done: string): Promise<void> {
    this.saving = true;
    this.tell(null);
    this.renderHead();
    try {
      const body = bodyOf(this.register, draft, withSince);
      const { body: saved } = onto === null ? await create(this.register, body) : await replace(this.register, onto.id, onto.properties.version, body);
      this.saving = false;
      this.saved(saved as Entry, onto, done);
    } catch (error) {
      this.saving = false;
      this.refused(error, draft);
    }
    this.renderHead();
  }

  private saved(entry: Entry, onto: Entry | null, done: string): void {
    const w = deskWords();
    this.leaveConflict();
    const unchanged = onto !== null && entry.properties.version === onto.properties.version;
    this.undoable = onto === null || unchanged ? this.undoable : onto;
    this.take(entry);
    this.desk.say(onto === null ? w.created : unchanged ? w.noChange : done);
    // A new one, or one merged into another entry, has an address of its own now.
    if (entry.id !== this.route.id) this.desk.go(entryOf(this.route.register, entry.id), { replace: true, unasked: true });
    else this.rulings?.read();
  }

  private refused(error: unknown, draft: Draft): void {
    const w = deskWords();
    const faults = faultsOf(error);
    if (faults !== null) {
      this.leaveConflict();
      this.form?.set(draft);
      this.form?.setFaults(faults);
    } else if (error instanceof ApiProblem && error.status === 409 && (error.more['stored'] ?? null) !== null) {
      const exists = error.type === '/problems/exists';
      this.face({ exists, base: exists ? null : this.base, mine: draft, stored: error.more['stored'] as Entry });
    } else if (isGone(error)) {
      this.tell(h('div', { class: 'notice bad', role: 'alert' }, h('p', {}, w.deletedMeanwhile), button(w.saveAsNew, () => void this.send(draft, null, false, w.created), { 'data-act': 'again' })));
    } else {
      this.tell(h('p', { class: 'notice bad', role: 'alert' }, isUncertain(error) ? w.saveUncertain : w.saveFailed(whyInWords(error))));
    }
  }

  private face(conflict: Conflict): void {
    this.tell(null);
    this.conflict = new ConflictPanel(this.desk, this.register, conflict, {
      save: (draft) => void this.send(draft, conflict.stored, (draft.values['since'] ?? '') !== String(conflict.stored.properties.since), deskWords().saved),
      back: () => {
        this.leaveConflict();
        this.render();
      },
    });
    this.render();
    this.conflict.focus();
  }

  private leaveConflict(): void {
    if (this.conflict === null || this.form === null) return;
    this.conflict = null;
    this.main.replaceChildren(this.form.element);
  }

  /** Somebody may have saved it: shown at once where nothing is being written, else only said. */
  private async meet(): Promise<void> {
    const w = deskWords();
    const before = this.stored;
    if (before === null || this.saving) return;
    try {
      const now = await readEntry(this.register, before.id);
      if (this.closed || this.saving || now.properties.version <= (this.stored?.properties.version ?? 0)) return;
      if (this.conflict !== null) this.face({ ...this.conflict.conflict, stored: now });
      else if (this.holdsUnsaved() || this.form?.isDrawing === true) {
        this.tell(h('div', { class: 'notice warn', role: 'alert', 'data-overtaken': '' }, h('p', {}, w.changedMeanwhile(now.properties.version)),
          button(w.seeBoth, () => this.face({ exists: false, base: this.base, mine: (this.form as EntryForm).draft, stored: now }), { 'data-act': 'both' })));
      } else {
        this.undoable = null;
        this.take(now);
        this.renderHead();
        this.tell(h('p', { class: 'notice' }, w.refreshed(now.properties.version)));
      }
    } catch (error) {
      if (!isGone(error) || this.closed) return;
      this.tell(h('div', { class: 'notice bad', role: 'alert' }, h('p', {}, w.deletedMeanwhile), button(w.saveAsNew, () => void this.send((this.form as EntryForm).draft, null, false, w.created), { 'data-act': 'again' })));
    }
  }

  private async undo(): Promise<void> {
    const { undoable, stored } = this;
    if (undoable === null || stored === null) return;
    await this.send(draftOf(this.register, undoable), stored, true, deskWords().undone);
    if (this.conflict === null) {
      this.undoable = null;
      this.renderHead();
    }
  }

  private async remove(): Promise<void> {
    const { stored } = this;
    if (stored === null) return;
    const question = removalQuestion(this.register, stored.properties.name, this.rulings?.value ?? null, this.belongings?.counts ?? []);
    if (!(await this.desk.ask(question))) return;
    try {
      await remove(this.register, stored.id, stored.properties.version);
      this.closed = true;
      this.desk.say(deskWords().removed);
      this.desk.go(this.up(), { unasked: true });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) await this.meet();
      else this.tell(h('p', { class: 'notice bad', role: 'alert' }, deskWords().saveFailed(whyInWords(error))));
    }
  }
}
