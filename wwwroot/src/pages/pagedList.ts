import { followingPage } from '../api/pages';
import type { FeatureList } from '../api/types';
import { pageWords } from '../i18n/pages';
import { button, failedNotice, loadingNotice } from '../registers/notices';
import { whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { empty } from './table';

export const pageSizes = [50, 200, 1000] as const;

/** What a list of pages shows. */
export interface Listing<F> {
  readonly id: string;
  /** The first page of this many. */
  first(limit: number): Promise<FeatureList<F>>;
  draw(items: readonly F[]): Node;
  /** How many there are in all; null where nobody counts them. */
  total(): number | null;
  title(): string;
  none(): string;
  /** What else is chosen above the list. */
  tools?(again: () => void): Node[];
}

/**
 * A list that the server gives page by page: ten thousand entries cost what one page costs. The list goes on from where it was read; an event makes the page
 * that is shown be read again.
 */
export class PagedList<F> {
  readonly element: HTMLElement;
  private readonly body = h('div');
  private size: number = pageSizes[0];
  private page: FeatureList<F> | null = null;
  /** Links of the pages before this one; the first has none. */
  private readonly before: (string | null)[] = [];
  private here: string | null = null;
  private failure: string | null = null;
  private turn = 0;

  constructor(private readonly listing: Listing<F>) {
    this.element = h('div', { class: 'paged', 'data-list': listing.id }, this.body);
  }

  /** From the beginning. */
  restart(): void {
    this.before.length = 0;
    void this.open(null);
  }

  /** The page that is shown, again. */
  again(): void {
    void this.open(this.here);
  }

  private async open(link: string | null): Promise<void> {
    const turn = (this.turn += 1);
    try {
      const page = await (link === null ? this.listing.first(this.size) : followingPage<F>(link));
      if (turn !== this.turn) return;
      [this.page, this.here, this.failure] = [page, link, null];
    } catch (error) {
      if (turn !== this.turn) return;
      if (this.page === null || link !== this.here) this.failure = whyInWords(error);
    }
    this.render();
  }

  render(): void {
    const { page, listing } = this;
    const focused = this.body.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['focus'] : undefined;
    const tools = listing.tools?.(() => this.restart()) ?? [];
    if (this.failure !== null) this.body.replaceChildren(...bar(tools), failedNotice(this.failure, () => void this.open(this.here)));
    else if (page === null) this.body.replaceChildren(...bar(tools), loadingNotice());
    else if (page.features.length === 0 && this.before.length === 0) this.body.replaceChildren(...bar(tools), empty(listing.none()));
    else this.body.replaceChildren(...bar([...tools, this.sizes(page)]), listing.draw(page.features), ...this.pager(page));
    if (focused !== undefined) this.body.querySelector<HTMLElement>(`[data-focus='${focused}']`)?.focus({ preventScroll: true });
  }

  private sizes(page: FeatureList<F>): Node {
    if (page.next === null && this.before.length === 0 && this.size === pageSizes[0]) return h('span');
    const select = h('select', { 'data-focus': `${this.listing.id}-size` }, ...pageSizes.map((n) => h('option', { value: String(n), ...(n === this.size ? { selected: '' } : {}) }, String(n))));
    select.addEventListener('change', () => {
      this.size = Number(select.value);
      this.restart();
    });
    return h('label', { class: 'inline' }, pageWords().perPage, select);
  }

  private pager({ features, next }: FeatureList<F>): Node[] {
    const p = pageWords();
    if (next === null && this.before.length === 0) return [];
    const from = this.before.length * this.size + 1;
    const to = from + features.length - 1;
    const total = this.listing.total();
    const back = button(p.previous, () => void this.open(this.before.pop() ?? null), { class: 'button small', 'data-focus': `${this.listing.id}-previous` });
    back.disabled = this.before.length === 0;
    const on = button(p.next, () => {
      this.before.push(this.here);
      void this.open(next);
    }, { class: 'button small', 'data-focus': `${this.listing.id}-next` });
    on.disabled = next === null;
    return [h('nav', { class: 'pager', 'aria-label': this.listing.title() }, h('span', { class: 'quiet' }, total === null ? p.range(from, to) : p.rangeOf(from, to, total)), back, on), h('p', { class: 'quiet print-part' }, p.printPart)];
  }
}

const bar = (tools: readonly Node[]): Node[] => (tools.length === 0 ? [] : [h('div', { class: 'list-tools' }, ...tools)]);
