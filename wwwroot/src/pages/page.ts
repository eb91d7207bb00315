import './style/index.css';
import type { LogEvent } from '../api/types';
import { language, rememberedLanguage, useLanguage, words } from '../i18n';
import { watchLog } from '../live/watch';
import { failedNotice, loadingNotice } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { enter } from '../session/session';
import type { Section } from './section';
import { Sheet, type Head } from './sheet';

/** What a page shows: sections that read by themselves below a head. */
export interface Composition {
  head(): Head;
  readonly sections: readonly Section[];
  /** What the head says is old. */
  renew(events: readonly LogEvent[] | null): Promise<Composition | Refusal | null>;
}

/** Why there is nothing to show, in the language in use. */
export interface Refusal {
  refusal(): { title: string; body: readonly Node[] };
  readonly code: 'none' | 'gone' | 'forbidden';
}

const minuteMs = 60_000;
const calmMs = 1000;

/** Runs a page: signs in, composes, follows the log, speaks the language, and says what is wrong. */
export class Page {
  private readonly sheet = new Sheet({ switchLanguage: () => this.switchLanguage(), refresh: () => this.refresh() });
  private shown: Composition | Refusal | null = null;
  private failure: string | null = null;
  private pending: LogEvent[] = [];
  private lost = false;
  private later: ReturnType<typeof setTimeout> | null = null;

  constructor(
    body: HTMLElement,
    private readonly compose: () => Promise<Composition | Refusal>,
  ) {
    body.append(this.sheet.element);
  }

  start(): void {
    this.render();
    void this.read();
    watchLog({
      happened: (events) => this.heard(events),
      lost: () => this.heard(null),
      link: (status, provenAt) => this.sheet.setLink(status, provenAt),
      proven: (at) => this.sheet.setProof(at),
    });
    // Deadlines pass and days begin without an event.
    setInterval(() => this.heard(null), minuteMs);
  }

  private async read(): Promise<void> {
    try {
      this.failure = null;
      this.shown = await this.compose();
    } catch (error) {
      this.failure = whyInWords(error);
    }
    this.render();
  }

  /** Everything is asked for again, without losing what is shown. */
  private refresh(): void {
    if (this.shown === null || !('sections' in this.shown)) void this.read();
    else {
      this.lost = true;
      void this.renew();
    }
  }

  private heard(events: readonly LogEvent[] | null): void {
    if (events === null) this.lost = true;
    else this.pending.push(...events);
    this.later ??= setTimeout(() => {
      this.later = null;
      void this.renew();
    }, calmMs);
  }

  private async renew(): Promise<void> {
    const { shown } = this;
    const events = this.lost ? null : this.pending;
    [this.pending, this.lost] = [[], false];
    if (shown === null || !('sections' in shown)) {
      if (events === null || events.length > 0) await this.read();
      return;
    }
    for (const section of shown.sections) section.heard(events);
    try {
      const next = await shown.renew(events);
      if (next === null || this.shown !== shown) return;
      this.shown = next;
      this.render();
    } catch {
      // What is shown stays; the link state tells when everything is old.
    }
  }

  private render(): void {
    const { shown } = this;
    if (shown !== null && 'sections' in shown) {
      const head = shown.head();
      this.sheet.show(head);
      this.sheet.fill(...shown.sections.map((s) => s.element));
      for (const section of shown.sections) section.render();
      document.title = `${head.title} · ${words().appName}`;
      return;
    }
    this.sheet.show(null);
    if (shown === null) this.sheet.fill(this.failure === null ? loadingNotice() : failedNotice(this.failure, () => void this.read()));
    else {
      const { title, body } = shown.refusal();
      this.sheet.fill(h('div', { class: 'refusal', 'data-refused': shown.code, role: 'status' }, h('h1', {}, title), ...body));
      document.title = `${title} · ${words().appName}`;
    }
  }

  private switchLanguage(): void {
    useLanguage(language() === 'zh' ? 'en' : 'zh');
    this.render();
    // What was read is told in words of its language.
    this.refresh();
  }
}

/** Opens a page once somebody is signed in. */
export function openPage(compose: () => Promise<Composition | Refusal>): void {
  useLanguage(rememberedLanguage());
  const page = new Page(document.body, compose);
  void enter().then(() => page.start());
}
