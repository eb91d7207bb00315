import { feeds } from '../api/calls';
import { serverNow } from '../api/http';
import type { Feed } from '../api/types';
import { words } from '../i18n';
import { adminWords } from '../i18n/admin';
import { feedErrorInWords, feedKindInWords } from '../i18n/feeds';
import { ago } from '../i18n/time';
import { emptyNotice, failedNotice, loadingNotice, simulatedBadge, type Reading } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { count, minuteInWords } from '../registers/values';
import { h } from '../screen/dom';
import { isStale, livelyAt } from '../screen/strip';
import { stateChip, table } from './table';
import type { View } from './view';

const readEveryMs = 15_000;

function stateOf(feed: Feed, now: number): HTMLElement {
  const w = adminWords().feedStates;
  if (isStale(feed, now)) return stateChip('warn', w.stale);
  return feed.state === 'failing' ? stateChip('bad', w.failing) : stateChip('good', w.fresh);
}

const timeAndAge = (at: number | null, now: number): (Node | string)[] =>
  at === null ? [] : [minuteInWords(new Date(at).toISOString()), h('small', { class: 'quiet' }, ` ${ago(now - at)}`)];

/** What arrives, and what has been silent for long. */
export class FeedsView implements View {
  readonly element = h('div', { class: 'list feeds' });
  private feeds: Reading<Feed[]> = { state: 'reading' };
  private readonly timer = setInterval(() => this.read(), readEveryMs);

  constructor() {
    this.read();
  }

  get title(): string {
    return adminWords().tabs.feeds;
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  render(): void {
    const w = adminWords();
    const head = h('div', { class: 'list-head' }, h('div', { class: 'headline' }, h('h1', {}, this.title)), h('p', { class: 'intro' }, w.feedsIntro));
    const { feeds: all } = this;
    if (all.state === 'failed') this.element.replaceChildren(head, failedNotice(all.why, () => this.read()));
    else if (all.state === 'reading') this.element.replaceChildren(head, loadingNotice());
    else if (all.value.length === 0) this.element.replaceChildren(head, emptyNotice(w.feedsEmpty, ''));
    else this.element.replaceChildren(head, this.table(all.value));
  }

  private table(rows: Feed[]): HTMLElement {
    const w = adminWords();
    const now = serverNow();
    return table(this.title, [
      { title: w.feed, cell: (f) => [f.feed, ...(f.simulated ? [simulatedBadge()] : [])] },
      { title: w.feedKind, cell: (f) => [words().sources[f.sourceKind], h('small', { class: 'quiet' }, ` ${feedKindInWords(f.kind)}`)] },
      { title: w.state, cell: (f) => [stateOf(f, now), ...(f.lastError === null ? [] : [h('small', { class: 'quiet', title: f.lastError.code }, ` ${feedErrorInWords(f.lastError.code)} ${ago(now - Date.parse(f.lastError.at))}`)])] },
      { title: w.lastSign, cell: (f) => timeAndAge(livelyAt(f), now), class: 'time' },
      { title: w.nextPoll, cell: (f) => [f.nextPollAt === null ? '' : minuteInWords(f.nextPollAt)], class: 'time' },
      { title: w.lastArrival, cell: (f) => timeAndAge(f.lastKnownAt === null ? null : Date.parse(f.lastKnownAt), now), class: 'time' },
      { title: w.lastOccurred, cell: (f) => [f.lastOccurredAt === null ? '' : minuteInWords(f.lastOccurredAt)], class: 'time' },
      { title: w.today, cell: (f) => [count(f.today)], class: 'number' },
    ], rows, (f) => ({ 'data-feed': f.feed }));
  }

  private read(): void {
    feeds().then((answer) => { this.feeds = { state: 'read', value: answer.feeds }; }, (error: unknown) => {
      // A failed refresh leaves what was read before.
      if (this.feeds.state !== 'read') this.feeds = { state: 'failed', why: whyInWords(error) };
    }).finally(() => this.render());
  }
}
