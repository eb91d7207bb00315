import type { LogEvent } from '../api/types';
import { pageWords } from '../i18n/pages';
import { failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { h } from '../screen/dom';

const calmMs = 1000; // once for a burst of events

/** What a section is about: what it reads, when that is old, and how it is drawn. */
export interface Part<T> {
  /** Of the element, and for links to it. */
  readonly id: string;
  title(): string;
  read(): Promise<T>;
  /** Something happened that makes it old. */
  isOld(event: LogEvent): boolean;
  /** @param drawn Nodes of the section are replaced by these. */
  draw(value: T): Node[];
  /** Told where another width or paper is drawn on. */
  readonly wide?: boolean;
}

/** A part of a page: reads by itself and again when something happened, keeps what it showed meanwhile, and says what is wrong with it alone. */
export class Section<T = unknown> {
  readonly element: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly body = h('div', { class: 'section-body' });
  private reading: Reading<T> = { state: 'reading' };
  /** It was read once, and could not be read since. */
  private old: string | null = null;
  private turn = 0;
  private later: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly part: Part<T>) {
    this.heading = h('h2', { id: `${part.id}-title` });
    this.element = h('section', { class: `part ${part.wide === true ? 'wide' : ''}`, id: part.id, 'aria-labelledby': `${part.id}-title`, 'data-state': 'reading' }, this.heading, this.body);
    this.read();
  }

  get value(): T | null {
    return this.reading.state === 'read' ? this.reading.value : null;
  }

  heard(events: readonly LogEvent[] | null): void {
    if (events === null || events.some((e) => this.part.isOld(e))) this.readSoon();
  }

  readSoon(): void {
    this.later ??= setTimeout(() => {
      this.later = null;
      this.read();
    }, calmMs);
  }

  read(): void {
    const turn = (this.turn += 1);
    void this.part.read().then(
      (value) => { if (turn === this.turn) [this.reading, this.old] = [{ state: 'read', value }, null]; },
      (error: unknown) => {
        if (turn !== this.turn) return;
        if (this.reading.state === 'read') this.old = whyInWords(error);
        else this.reading = { state: 'failed', why: whyInWords(error) };
      },
    ).then(() => { if (turn === this.turn) this.render(); });
  }

  render(): void {
    const { reading } = this;
    this.heading.textContent = this.part.title();
    this.element.dataset['state'] = reading.state;
    const focused = this.body.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['focus'] : undefined;
    const old = this.old === null ? [] : [failedNotice(`${this.old} · ${pageWords().keptOld}`, () => this.read())];
    this.body.replaceChildren(...old, ...(reading.state === 'reading' ? [loadingNotice()] : reading.state === 'failed' ? [failedNotice(reading.why, () => this.retry())] : this.part.draw(reading.value)));
    if (focused !== undefined) this.body.querySelector<HTMLElement>(`[data-focus='${focused}']`)?.focus({ preventScroll: true });
  }

  private retry(): void {
    this.reading = { state: 'reading' };
    this.render();
    this.read();
  }
}
