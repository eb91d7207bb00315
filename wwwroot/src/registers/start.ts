import { registerCounts, type Register, type RegisterCount } from '../api/registers';
import { dustWords } from '../i18n/dust';
import { recordWords } from '../i18n/records';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { failedNotice, loadingNotice, type Reading } from './notices';
import { atMostEvery } from './pace';
import { whyInWords } from './problems';
import { healthOf, listOf, recordsOf, writeRoute } from './route';
import { registerPath, titleOf, type Desk, type View } from './view';
import { count } from './values';

/** Records with pages of their own. */
const others = ['findings', 'zones'] as const;

/** All registers with what is in them and what is wrong with them. */
export class StartView implements View {
  readonly element = h('div', { class: 'start' });
  private counts: Reading<RegisterCount[]> = { state: 'reading' };
  private readonly readSoon = atMostEvery(1000, () => this.read());

  constructor(private readonly desk: Desk) {
    this.read();
  }

  get title(): string {
    return deskWords().title;
  }

  changed(): void {
    this.readSoon();
  }

  key(event: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return false;
    const cards = [...this.element.querySelectorAll<HTMLElement>('.cards a')];
    const index = cards.indexOf(document.activeElement as HTMLElement);
    cards[index < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, index + step))]?.focus();
    return true;
  }

  render(): void {
    const w = deskWords();
    const focused = this.element.contains(document.activeElement) ? (document.activeElement as HTMLElement).getAttribute('href') : null;
    const children: HTMLElement[] = [h('h1', {}, w.title), h('p', { class: 'intro' }, w.intro)];
    if (this.counts.state === 'failed') children.push(failedNotice(this.counts.why, () => this.read()));
    if (this.counts.state === 'reading') children.push(loadingNotice());
    children.push(h('ul', { class: 'cards' }, this.undecidableCard(), ...this.desk.registers.map((r) => this.card(r))));
    children.push(h('section', { class: 'others' }, h('h2', {}, w.otherRecords), h('ul', { class: 'cards' }, ...others.map((of) => h('li', {}, h('a', { href: writeRoute(recordsOf(of)), 'data-register': of }, h('span', { class: 'head' }, h('strong', {}, recordWords()[of]))))),
      h('li', {}, h('a', { href: writeRoute(healthOf()), 'data-register': 'health' }, h('span', { class: 'head' }, h('strong', {}, dustWords().healthTitle)))))));
    this.element.replaceChildren(...children);
    if (focused !== null) this.element.querySelector<HTMLElement>(`a[href='${focused}']`)?.focus();
  }

  private card(register: Register): HTMLElement {
    const w = deskWords();
    const counted = this.counts.state === 'read' ? this.counts.value.find((c) => c.kind === register.kind) : undefined;
    const figure = (n: number | undefined, what: string, name: string): HTMLElement =>
      h('span', { class: `figure ${name}${n === undefined || n === 0 ? ' zero' : ''}` }, h('b', {}, n === undefined ? '–' : count(n)), ` ${what}`);
    const head = h('span', { class: 'head' }, h('strong', {}, titleOf(register)), ...(counted !== undefined && counted.simulated > 0 ? [h('small', { class: 'quiet' }, w.ofWhichSimulated(counted.simulated))] : []));
    return h('li', {}, h('a', { href: writeRoute(listOf(registerPath(register))), 'data-register': register.kind },
      head, h('span', { class: 'figures' }, figure(counted?.entries, w.entries, 'entries'), figure(counted?.open, w.open, 'open'), figure(counted?.undecidable, w.undecidable, 'undecidable'))));
  }

  private undecidableCard(): HTMLElement {
    const w = deskWords();
    const all = this.counts.state === 'read' ? this.counts.value.reduce((sum, c) => sum + c.undecidable, 0) : undefined;
    return h('li', { class: 'special' }, h('a', { href: '#/undecidable', 'data-register': 'undecidable' }, h('span', { class: 'head' }, h('strong', {}, w.undecidableTitle)),
      h('span', { class: 'figures' }, h('span', { class: `figure undecidable${all === 0 ? ' zero' : ''}` }, h('b', {}, all === undefined ? '–' : count(all)), ` ${w.undecidable}`))));
  }

  private read(): void {
    registerCounts().then((value) => { this.counts = { state: 'read', value }; }, (error: unknown) => {
      if (this.counts.state !== 'read') this.counts = { state: 'failed', why: whyInWords(error) };
    }).finally(() => this.render());
  }
}
