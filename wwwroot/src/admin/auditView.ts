import { audit, auditExport, moreAudit, type AuditEntry, type AuditPage, type AuditQuery } from '../api/accounts';
import { adminWords } from '../i18n/admin';
import { momentText } from '../registers/moments';
import { button, emptyNotice, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { createAuditRow } from './auditRow';
import { createAuditFilters } from './auditFilters';
import type { Route } from './route';
import type { Office, View } from './view';

const pageSize = 100;
const patienceMs = 300; // of typing, before the search begins

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The filters as the address holds them, as the server takes them: days are Beijing days, the last one included. */
export function queryOf(query: Readonly<Record<string, string>>): AuditQuery {
  const said = (name: string): string => query[name] ?? '';
  const [from, to] = [said('from'), said('to')];
  return {
    q: said('q'), actor: said('actor'), action: said('action'), target: said('target'), county: said('county'), outcome: said('outcome'),
    from: from === '' ? '' : momentText(`${from}T00:00`), to: to === '' ? '' : momentText(`${dayAfter(to)}T00:00`),
  };
}

/** Who did what, when, from where, with what result. */
export class AuditView implements View {
  readonly element = h('div', { class: 'list audit' });
  private page: Reading<AuditPage> = { state: 'reading' };
  private turn = 0;
  private typing: ReturnType<typeof setTimeout> | null = null;
  private readonly head = h('div', { class: 'list-head' });
  private readonly body = h('div');
  private readonly filters;

  constructor(private readonly office: Office, private route: Route) {
    this.filters = createAuditFilters(office, () => this.route.query, (change, soon) => this.filter(change, soon));
    this.element.append(this.head, this.body);
    this.read();
  }

  get title(): string {
    return adminWords().tabs.audit;
  }

  dispose(): void {
    if (this.typing !== null) clearTimeout(this.typing);
    this.turn += 1;
  }

  follow(route: Route): void {
    this.route = route;
    this.filters.render();
    this.readAfresh();
  }

  key(event: KeyboardEvent): boolean {
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || document.activeElement instanceof HTMLSelectElement) return false;
    const rows = [...this.body.querySelectorAll<HTMLElement>('summary')];
    const index = rows.indexOf(document.activeElement as HTMLElement);
    rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
    return rows.length > 0;
  }

  render(): void {
    const w = adminWords();
    this.filters.render();
    this.head.replaceChildren(h('div', { class: 'headline' }, h('h1', {}, this.title)), h('p', { class: 'intro' }, w.auditIntro), h('div', { class: 'toolbar' }, this.filters.element, h('div', { class: 'buttons' }, this.exports())));
    this.renderBody();
  }

  private exports(): HTMLElement {
    const w = adminWords();
    const links = (['csv', 'xlsx'] as const).map((format) => h('a', { href: auditExport(format, queryOf(this.route.query)), download: '', 'data-export': format }, format.toUpperCase()));
    const menu = h('details', { class: 'menu' }, h('summary', { class: 'button' }, w.exportAs), h('div', { class: 'menu-items' }, h('p', { class: 'quiet' }, w.exportHint), ...links));
    menu.addEventListener('focusout', (event) => { if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false; });
    return menu;
  }

  private renderBody(): void {
    const w = adminWords();
    const { page } = this;
    if (page.state === 'failed') this.body.replaceChildren(failedNotice(page.why, () => this.readAfresh()));
    else if (page.state === 'reading') this.body.replaceChildren(loadingNotice());
    else if (page.value.entries.length > 0) this.renderRows(page.value);
    else if (Object.values(this.route.query).some((said) => said !== '')) this.body.replaceChildren(emptyNotice(w.nothingFound, '', button(w.clearFilters, () => this.clear())));
    else this.body.replaceChildren(emptyNotice(w.auditEmpty, ''));
  }

  private renderRows({ entries, next }: AuditPage): void {
    const w = adminWords();
    const more = next === null ? [] : [h('div', { class: 'buttons centred' }, button(w.more, () => void this.readMore(next), { 'data-act': 'more' }))];
    this.body.replaceChildren(h('div', { class: 'audit-head', 'aria-hidden': 'true' }, ...[w.time, w.actor, w.action, w.target, w.county, w.cameFrom, w.outcome].map((title) => h('span', {}, title))),
      h('ol', { class: 'audit-rows', 'aria-label': this.title }, ...entries.map((entry) => createAuditRow(this.office, entry))), ...more);
  }

  private filter(change: Record<string, string>, soon: boolean): void {
    this.route = { ...this.route, query: { ...this.route.query, ...change } };
    this.office.go(this.route, { replace: true });
    if (this.typing !== null) clearTimeout(this.typing);
    if (soon) this.typing = setTimeout(() => this.readAfresh(), patienceMs);
    else this.readAfresh();
  }

  private clear(): void {
    this.filter(Object.fromEntries(Object.keys(this.route.query).map((name) => [name, ''])), false);
    this.filters.render();
  }

  private readAfresh(): void {
    this.page = { state: 'reading' };
    this.renderBody();
    this.head.querySelector('.menu')?.replaceWith(this.exports());
    this.read();
  }

  private read(): void {
    const turn = (this.turn += 1);
    audit(queryOf(this.route.query), pageSize).then((value): Reading<AuditPage> => ({ state: 'read', value }), (error: unknown): Reading<AuditPage> => ({ state: 'failed', why: whyInWords(error) })).then((page) => {
      // What came later answers a later question.
      if (turn !== this.turn) return;
      this.page = page;
      this.renderBody();
    });
  }

  private async readMore(next: string): Promise<void> {
    const { turn, page } = this;
    try {
      const more = await moreAudit(next);
      if (turn !== this.turn || page.state !== 'read') return;
      const first = page.value.entries.length;
      this.page = { state: 'read', value: { entries: [...page.value.entries, ...more.entries] satisfies AuditEntry[], next: more.next } };
      this.renderBody();
      this.body.querySelectorAll<HTMLElement>('summary')[first]?.focus();
    } catch (error) {
      this.office.say(whyInWords(error));
    }
  }
}
