import { counties as readCounties } from '../api/calls';
import { registers as readRegisters, type Register } from '../api/registers';
import type { County, LogEvent } from '../api/types';
import { language, useLanguage, words } from '../i18n';
import { deskWords } from '../i18n/registers';
import { watchLog } from '../live/watch';
import { EntryView } from './entryView';
import { HistoryView } from './historyView';
import { ImportView } from './importView';
import { ListView } from './list';
import { Names } from './names';
import { HealthView } from './healthView';
import { FindingView } from './findingView';
import { failedNotice, loadingNotice } from './notices';
import { whyInWords } from './problems';
import { ask, type Question } from './question';
import { listOf, readRoute, writeRoute, type ListRoute, type Route } from './route';
import { RecordsView } from './recordsView';
import { Shell } from './shell';
import { StartView } from './start';
import { UndecidableView } from './undecidableView';
import { ZoneView } from './zoneView';
import { registerPath, type Desk, type View } from './view';

/** The pages of the registers: joins the address, the views, the live log and the keyboard. */
export class Registers implements Desk {
  registers: readonly Register[] = [];
  counties: readonly County[] = [];
  readonly names = new Names(() => this.nameSoon());
  private readonly shell = new Shell({ switchLanguage: () => this.switchLanguage() });
  private view: View | null = null;
  private here: Route = { view: 'start' };
  private readonly lists = new Map<string, ListRoute>();
  private asking = false;
  private drawing = 0;

  constructor(body: HTMLElement) {
    body.append(this.shell.element);
  }

  start(): void {
    this.shell.main.append(loadingNotice());
    this.shell.render();
    addEventListener('hashchange', () => void this.followAddress());
    addEventListener('keydown', (event) => this.key(event));
    addEventListener('beforeunload', (event) => { if (this.view?.holdsUnsaved?.() === true) event.preventDefault(); });
    this.load();
    watchLog({
      happened: (events) => this.happened(events),
      lost: () => this.view?.changed?.(null),
      link: (status, provenAt) => this.shell.setLink(status, provenAt),
    });
  }

  go(route: Route, how: { replace?: boolean; unasked?: boolean } = {}): void {
    const address = writeRoute(route);
    if (this.view instanceof ListView && route.view === 'list' && this.route.view === 'list' && route.register === this.route.register) {
      this.write(route, address, how.replace === true);
      return;
    }
    if ((this.view instanceof UndecidableView && route.view === 'undecidable') || (this.view instanceof HealthView && route.view === 'health') || (this.view instanceof RecordsView && route.view === 'records' && this.route.view === 'records' && route.of === this.route.of)) {
      this.write(route, address, how.replace === true);
      return;
    }
    void this.mayLeave(how.unasked === true).then((may) => {
      if (!may) return;
      this.write(route, address, how.replace === true);
      this.open(route);
    });
  }

  lastList(register: string): ListRoute {
    return this.lists.get(register) ?? listOf(register);
  }

  get holdsUnsaved(): boolean {
    return this.view?.holdsUnsaved?.() === true;
  }

  say(text: string): void {
    this.shell.say(text);
  }

  async ask(question: Question): Promise<boolean> {
    this.asking = true;
    try {
      return await ask(question);
    } finally {
      this.asking = false;
    }
  }

  private get route(): Route {
    return this.here;
  }

  private set route(route: Route) {
    this.here = route;
    if (route.view === 'list') this.lists.set(route.register, route);
  }

  private load(): void {
    Promise.all([readRegisters(), readCounties(null)]).then(([registers, counties]) => {
      this.registers = registers;
      this.counties = counties.body?.features ?? [];
      this.route = this.addressed();
      this.open(this.route);
    }, (error: unknown) => this.shell.main.replaceChildren(failedNotice(whyInWords(error), () => this.load())));
  }

  private addressed(): Route {
    return readRoute(location.hash, this.registers.map(registerPath));
  }

  private write(route: Route, address: string, replace: boolean): void {
    this.route = route;
    if (address !== location.hash) history[replace ? 'replaceState' : 'pushState'](null, '', address);
    this.shell.render();
  }

  /** The address changed by a link, by hand, or by going back. */
  private async followAddress(): Promise<void> {
    const next = this.addressed();
    const here = writeRoute(this.route);
    if (this.registers.length === 0 || writeRoute(next) === here) return;
    if (this.view instanceof ListView && next.view === 'list' && this.route.view === 'list' && next.register === this.route.register) {
      this.route = next;
      this.view.follow(next);
      return;
    }
    if (this.view instanceof RecordsView && next.view === 'records' && this.route.view === 'records' && next.of === this.route.of) {
      this.route = next;
      this.view.follow(next);
      return;
    }
    if (this.view instanceof UndecidableView && next.view === 'undecidable') {
      this.route = next;
      this.view.follow(next);
      return;
    }
    if (this.view instanceof HealthView && next.view === 'health') {
      this.route = next;
      this.view.follow(next);
      return;
    }
    if (this.view?.holdsUnsaved?.() === true) {
      // Back to where the unsaved is, until somebody has decided.
      history.pushState(null, '', here);
      if (!(await this.mayLeave(false))) return;
      history.replaceState(null, '', writeRoute(next));
    }
    this.route = next;
    this.open(next);
    this.shell.render();
  }

  private async mayLeave(unasked: boolean): Promise<boolean> {
    if (unasked || this.view?.holdsUnsaved?.() !== true) return true;
    if (this.asking) return false;
    const w = deskWords();
    return this.ask({ title: w.unsavedTitle, body: [w.unsavedWhat], yes: w.leave, no: w.stay, grave: true });
  }

  private open(route: Route): void {
    this.view?.dispose?.();
    this.view = this.viewOf(route);
    this.shell.main.replaceChildren(this.view.element);
    this.view.render();
    this.nameThePage();
    scrollTo(0, 0);
    if (!this.shell.main.contains(document.activeElement)) this.shell.main.focus({ preventScroll: true });
  }

  private viewOf(route: Route): View {
    switch (route.view) {
      case 'start':
        return new StartView(this);
      case 'list':
        return new ListView(this, route);
      case 'entry':
        return new EntryView(this, route);
      case 'history':
        return new HistoryView(this, route);
      case 'import':
        return new ImportView(this, route);
      case 'undecidable':
        return new UndecidableView(this, route);
      case 'health':
        return new HealthView(this, route);
      case 'records':
        return new RecordsView(this, route);
      case 'record':
        return route.of === 'findings' ? new FindingView(this, route.id) : new ZoneView(this, route.id);
    }
  }

  private happened(events: readonly LogEvent[]): void {
    if (events.some((e) => e.type === 'counties.imported')) this.load();
    else this.view?.changed?.(events);
  }

  private nameThePage(): void {
    document.title = `${this.view?.title ?? deskWords().title} · ${words().appName}`;
  }

  private nameSoon(): void {
    if (this.drawing !== 0) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      this.view?.named?.();
    });
  }

  private switchLanguage(): void {
    useLanguage(language() === 'zh' ? 'en' : 'zh');
    this.shell.render();
    this.view?.render();
    this.nameThePage();
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement || (event.target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(event.target.type));
    const ownKeys = !typing || event.target.id === 'search' || !plain || event.key === 'Escape';
    if (ownKeys && !(event.target instanceof HTMLCanvasElement && event.key.startsWith('Arrow')) && this.view?.key?.(event) === true) event.preventDefault();
    else if (event.key === 'Escape' && plain) this.escape(event);
    else if (event.key === '?' && plain && !typing) {
      event.preventDefault();
      this.shell.toggleHelp();
    }
  }

  /** Out of the field first, then one level up. */
  private escape(event: KeyboardEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : null;
    event.preventDefault();
    if (target?.matches('input, textarea, select') === true) {
      target.blur();
      this.shell.main.focus({ preventScroll: true });
    } else if (this.view?.up !== undefined) this.go(this.view.up());
  }
}
