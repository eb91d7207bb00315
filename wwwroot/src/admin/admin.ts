import { counties as readCounties } from '../api/calls';
import type { County } from '../api/types';
import { language, useLanguage, words } from '../i18n';
import { adminWords } from '../i18n/admin';
import { emptyNotice } from '../registers/notices';
import { ask, type Question } from '../registers/question';
import { whenKnown } from '../session/session';
import { AccountsView } from './accountsView';
import { AccountView } from './accountView';
import { AlarmRulesView } from './alarmRulesView';
import { AuditView } from './auditView';
import { FeedsView } from './feedsView';
import { KeysView } from './keysView';
import { KiosksView } from './kiosksView';
import { MeView } from './meView';
import { ParametersView } from './parametersView';
import { ParameterView } from './parameterView';
import { mayOpen, partNames, readRoute, routeTo, writeRoute, type Route } from './route';
import { Shell } from './shell';
import type { Office, View } from './view';

/** The administration: joins the address, the views and the keyboard. */
export class Admin implements Office {
  counties: readonly County[] = [];
  private readonly shell = new Shell({ switchLanguage: () => this.switchLanguage() });
  private view: View | null = null;
  private here: Route | null = null;
  private asking = false;

  constructor(body: HTMLElement) {
    body.append(this.shell.element);
  }

  get holdsUnsaved(): boolean {
    return this.view?.holdsUnsaved?.() === true;
  }

  start(): void {
    addEventListener('hashchange', () => void this.followAddress());
    addEventListener('keydown', (event) => this.key(event));
    addEventListener('beforeunload', (event) => { if (this.holdsUnsaved) event.preventDefault(); });
    whenKnown(() => this.shell.render());
    readCounties(null).then(({ body }) => { this.counties = body?.features ?? []; }, () => {}) // names are missing then, and codes stand for them
      .finally(() => this.begin());
  }

  go(route: Route, how: { replace?: boolean; unasked?: boolean } = {}): void {
    void this.mayLeave(how.unasked === true, route).then((leaves) => {
      if (!leaves) return;
      const address = writeRoute(route);
      if (address !== location.hash) history[how.replace === true ? 'replaceState' : 'pushState'](null, '', address);
      if (this.isSameView(route)) this.here = route;
      else this.open(route);
      this.shell.render();
    });
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

  private begin(): void {
    const first = readRoute(location.hash) ?? routeTo(partNames.find(mayOpen) ?? 'me');
    history.replaceState(null, '', writeRoute(first));
    this.open(first);
    this.shell.render();
  }

  private isSameView(route: Route): boolean {
    return this.view?.follow !== undefined && this.here?.part === route.part && this.here.id === route.id;
  }

  private async followAddress(): Promise<void> {
    const next = readRoute(location.hash);
    if (next === null || (this.here !== null && writeRoute(next) === writeRoute(this.here))) return;
    if (this.isSameView(next)) {
      this.here = next;
      this.view?.follow?.(next);
      return;
    }
    if (this.holdsUnsaved && this.here !== null) {
      // Back to where the unsaved is, until somebody has decided.
      history.pushState(null, '', writeRoute(this.here));
      if (!(await this.mayLeave(false, next))) return;
      history.replaceState(null, '', writeRoute(next));
    }
    this.open(next);
    this.shell.render();
  }

  private async mayLeave(unasked: boolean, next: Route): Promise<boolean> {
    if (unasked || !this.holdsUnsaved || this.isSameView(next)) return true;
    if (this.asking) return false;
    const w = adminWords();
    return this.ask({ title: w.unsavedTitle, body: [w.unsavedWhat], yes: w.leave, no: w.stay, grave: true });
  }

  private open(route: Route): void {
    this.view?.dispose?.();
    this.here = route;
    this.view = mayOpen(route.part) ? this.viewOf(route) : null;
    this.shell.main.replaceChildren(this.view?.element ?? emptyNotice(adminWords().nothingAllowed, ''));
    this.view?.render();
    this.nameThePage();
    scrollTo(0, 0);
    if (!this.shell.main.contains(document.activeElement)) this.shell.main.focus({ preventScroll: true });
  }

  private viewOf(route: Route): View {
    switch (route.part) {
      case 'accounts':
        return route.id === null ? new AccountsView(this, route) : new AccountView(this, route.id);
      case 'keys':
        return new KeysView(this);
      case 'kiosks':
        return new KiosksView(this);
      case 'feeds':
        return new FeedsView();
      case 'parameters':
        return route.id === null ? new ParametersView(this, route) : new ParameterView(this, route.id);
      case 'alarms':
        return new AlarmRulesView(this);
      case 'audit':
        return new AuditView(this, route);
      case 'me':
        return new MeView(this);
    }
  }

  private nameThePage(): void {
    document.title = `${this.view?.title ?? adminWords().title} · ${words().appName}`;
  }

  private switchLanguage(): void {
    useLanguage(language() === 'zh' ? 'en' : 'zh');
    this.shell.render();
    this.view?.render();
    this.nameThePage();
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const typing = target?.matches('input:not([type=radio], [type=checkbox]), textarea, select') === true;
    if ((!typing || event.key === 'Escape' || event.ctrlKey || event.metaKey) && this.view?.key?.(event) === true) event.preventDefault();
    else if (event.key === 'Escape' && typing) {
      target.blur();
      this.shell.main.focus({ preventScroll: true });
    } else if (event.key === 'Escape' && this.view?.up !== undefined) this.go(this.view.up());
    else if (event.key === '/' && !typing) {
      const search = this.shell.main.querySelector<HTMLElement>('input[type=search]');
      if (search === null) return;
      event.preventDefault();
      search.focus();
    }
  }
}
