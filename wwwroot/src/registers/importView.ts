import { importFile, type ImportProgress, type ImportReport, type Register } from '../api/registers';
import { ApiProblem } from '../api/http';
import { deskWords } from '../i18n/registers';
import { h, setText } from '../screen/dom';
import { formFields } from './draft';
import { countsOf, reportPanel } from './importReport';
import { button } from './notices';
import { whyInWords } from './problems';
import { listOf, writeRoute, type Route } from './route';
import { knownCrs } from './shapeDraft';
import { count } from './values';
import { registerAt, titleOf, type Desk, type View } from './view';

type Step =
  | { at: 'chosen' }
  | { at: 'running'; dryRun: boolean; told: ImportProgress; cancel: AbortController }
  | { at: 'checked'; report: ImportReport }
  | { at: 'done'; report: ImportReport }
  | { at: 'broken'; dryRun: boolean; why: string | null; report: ImportReport | null };

/** A file becomes entries: checked row by row first, written after a look at the report. */
export class ImportView implements View {
  readonly element = h('div', { class: 'import' });
  private readonly register: Register;
  private file: File | null = null;
  private crs = '';
  private step: Step = { at: 'chosen' };

  constructor(
    desk: Desk,
    private readonly route: { register: string },
  ) {
    this.register = registerAt(desk, route.register);
  }

  get title(): string {
    return deskWords().importTitle(titleOf(this.register));
  }

  up(): Route {
    return listOf(this.route.register);
  }

  /** An import that runs is ended by leaving; that is to be said first. */
  holdsUnsaved(): boolean {
    return this.step.at === 'running' && !this.step.dryRun;
  }

  dispose(): void {
    if (this.step.at === 'running') this.step.cancel.abort();
  }

  render(): void {
    const w = deskWords();
    const focused = (document.activeElement as HTMLElement | null)?.dataset['act'];
    this.element.replaceChildren(
      h('header', { class: 'entry-head' }, h('div', { class: 'headline' }, h('a', { class: 'crumb', href: writeRoute(this.up()) }, titleOf(this.register)), h('h1', {}, w.importFile))),
      h('p', { class: 'intro' }, w.importIntro), this.choices(), h('div', { class: 'import-state', 'aria-live': 'polite' }, ...this.state()), this.columns());
    if (focused !== undefined) this.element.querySelector<HTMLElement>(`[data-act='${focused}']`)?.focus();
  }

  private choices(): HTMLElement {
    const w = deskWords();
    const running = this.step.at === 'running';
    const input = h('input', { type: 'file', id: 'file', class: 'unseen-input', accept: '.csv,.txt,.xlsx,.geojson,.json,.zip', 'data-act': 'file' });
    input.disabled = running;
    input.addEventListener('change', () => this.choose(input.files?.[0] ?? null));
    const zone = h('label', { class: 'drop', for: 'file' }, h('span', { class: 'button' }, w.chooseFile), h('span', {}, this.file === null ? w.fileKinds : `${this.file.name} · ${sizeInWords(this.file.size)}`));
    zone.addEventListener('dragover', (event) => event.preventDefault());
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      if (!running) this.choose(event.dataTransfer?.files[0] ?? null);
    });
    const select = (id: string, label: string, current: string, options: (readonly [string, string])[], chosen: (value: string) => void): HTMLElement => {
      const element = h('select', { id }, ...options.map(([value, text]) => h('option', { value, ...(current === value ? { selected: '' } : {}) }, text)));
      element.disabled = running;
      element.addEventListener('change', () => { chosen(element.value); this.choose(this.file); });
      return h('div', { class: 'field' }, h('label', { class: 'label', for: id }, label), element);
    };
    return h('section', { class: 'panel choices' }, h('div', { class: 'file' }, input, zone),
      select('import-crs', w.fileCrs, this.crs, [['', w.crsFromFile], ...knownCrs.map((name) => [name, w.crsNames[name] ?? name] as const)], (value) => { this.crs = value; }),
      h('div', { class: 'field' }, h('span', { class: 'label' }, w.encoding), h('span', { class: 'quiet' }, w.encodingAuto)));
  }

  private state(): HTMLElement[] {
    const w = deskWords();
    const { step, file } = this;
    const check = button(w.dryRun, () => void this.run(true), { class: step.at === 'checked' || step.at === 'done' ? 'button' : 'button primary', 'data-act': 'check' });
    check.disabled = file === null;
    switch (step.at) {
      case 'chosen':
        return [h('div', { class: 'buttons' }, check)];
      case 'running':
        return [h('section', { class: 'panel running' }, h('h2', {}, h('i', { class: 'spinner', 'aria-hidden': 'true' }), step.dryRun ? w.checking : w.importing),
          h('p', { 'data-progress': '' }, w.receivedSoFar(count(step.told.received))), ...(step.dryRun ? [] : [h('p', { class: 'quiet' }, w.importReadonly)]), h('progress', { 'aria-label': step.dryRun ? w.checking : w.importing }),
          h('div', { class: 'buttons' }, button(w.cancel, () => step.cancel.abort(), { 'data-act': 'cancel' })))];
      case 'checked': {
        const wanted = step.report.created + step.report.changed;
        const go = button(w.importNow(count(wanted)), () => void this.run(false), { class: 'button primary', 'data-act': 'import' });
        return [reportPanel(this.register, step.report, file?.name ?? ''), ...(wanted === 0 ? [h('p', { class: 'notice' }, w.nothingToImport), h('div', { class: 'buttons' }, check)] : [h('div', { class: 'buttons' }, check, go)])];
      }
      case 'done':
        return [reportPanel(this.register, step.report, file?.name ?? ''), h('div', { class: 'buttons' }, check, h('a', { class: 'button primary', href: writeRoute(this.up()) }, w.toList))];
      case 'broken':
        return [h('div', { class: 'notice bad', role: 'alert', 'data-broken': '' }, h('p', {}, step.why === null ? w.cancelled : step.dryRun ? w.dryRunFailed(step.why) : w.importFailed(step.why)),
          ...(step.dryRun ? [] : [h('p', {}, step.why === null ? w.cancelledHint : w.importFailedHint)])),
        ...(step.report === null || step.dryRun ? [] : [h('section', { class: 'panel' }, countsOf(step.report))]),
        h('div', { class: 'buttons' }, check, ...(step.dryRun ? [] : [button(w.importAll, () => void this.run(false), { class: 'button primary', 'data-act': 'import' })]))];
    }
  }

  private columns(): HTMLElement {
    const w = deskWords();
    return h('details', { class: 'panel columns' }, h('summary', {}, w.columns), h('p', { class: 'quiet' }, w.columnsHint),
      h('ul', {}, ...formFields(this.register).map((f) => h('li', {}, h('strong', {}, f.title), ` ${f.name}`, h('small', { class: 'quiet' }, [f.unit ?? '', ...(f.options ?? []).map((o) => o.title)].filter((t) => t !== '').join('、')))),
        h('li', {}, h('strong', {}, '经度'), ' lon'), h('li', {}, h('strong', {}, '纬度'), ' lat')));
  }

  private choose(file: File | null): void {
    this.file = file;
    this.step = { at: 'chosen' };
    this.render();
    this.element.querySelector<HTMLElement>('[data-act=check]')?.focus();
  }

  private async run(dryRun: boolean): Promise<void> {
    const { file, register, crs } = this;
    if (file === null) return;
    const step: Step & { at: 'running' } = { at: 'running', dryRun, told: { received: 0, rejectedCount: 0 }, cancel: new AbortController() };
    this.step = step;
    this.render();
    const progress = (told: ImportProgress): void => {
      step.told = told;
      const shown = this.element.querySelector('[data-progress]');
      if (this.step === step && shown !== null) setText(shown, deskWords().receivedSoFar(count(told.received)));
    };
    try {
      const report = await importFile(register, file, { dryRun, crs }, progress, step.cancel.signal);
      this.step = { at: dryRun ? 'checked' : 'done', report };
    } catch (error) {
      const sofar = error instanceof ApiProblem && error.more['report'] !== undefined ? (error.more['report'] as ImportReport) : null;
      this.step = { at: 'broken', dryRun, why: step.cancel.signal.aborted ? null : whyInWords(error), report: sofar };
    }
    this.render();
    this.element.querySelector<HTMLElement>('[data-act=import]')?.focus();
  }
}

const sizeInWords = (bytes: number): string => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
