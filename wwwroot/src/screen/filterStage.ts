import type { County, Fire } from '../api/types';
import { words } from '../i18n';
import { filterWords } from '../i18n/filter';
import type { CountyNumbers } from '../live/counties';
import type { LiveState } from '../live/state';
import type { WallMap } from '../map/wallMap';
import { h, keyed, setAttribute, setText } from './dom';
import { filteredNumbers, filteredState, isFiltered, narrowsCases, noFilter, partsOf, tileFilter, toggled, writeFilter, type CaseFilter } from './filter';
import { countyName, type Model } from './model';
import { articleTitle } from './rules';

/** What the filter needs of the wall. */
export interface Wall {
  readonly model: Model;
  map(): WallMap | null;
  fires(state: LiveState): void;
  outlines(counties: readonly County[]): void;
  /** A replayed moment is drawn again. */
  past(): void;
  address(): void;
  render(): void;
}

interface Panel {
  readonly element: HTMLElement;
  render(model: Model): void;
}

/** While a deadline may pass what is overdue is looked up again this often. */
const overdueEveryMs = 10_000;

/** Which cases the wall looks at: by a click on any number, from the address, and told by chips that take it away again. */
export function createFilterStage(wall: Wall) {
  const { model } = wall;
  const list = h('ul');
  const clear = h('button', { type: 'button', class: 'clear' });
  const count = h('p', { role: 'status' });
  const element = h('section', { class: 'filter-chips', hidden: '' }, list, clear, count);
  let seen: { state: LiveState; filter: CaseFilter; turn: number; filtered: LiveState } | null = null;
  let counted: { numbers: CountyNumbers; state: LiveState; told: CountyNumbers } | null = null;

  const now = (): number => model.replay?.moment ?? model.now;
  const state = (whole: LiveState): LiveState => {
    if (!isFiltered(model.filter)) return whole;
    const turn = Math.floor(now() / overdueEveryMs);
    if (seen?.state !== whole || seen.filter !== model.filter || seen.turn !== turn) seen = { state: whole, filter: model.filter, turn, filtered: filteredState(whole, model.filter, now()) };
    return seen.filtered;
  };
  const numbers = (whole: CountyNumbers): CountyNumbers => {
    if (!isFiltered(model.filter) || model.state === null) return whole;
    const filtered = state(model.state);
    if (counted?.numbers !== whole || counted.state !== filtered) counted = { numbers: whole, state: filtered, told: filteredNumbers(whole, filtered, model.filter, now()) };
    return counted.told;
  };
  /** The model as it is looked at. */
  const of = (whole: Model): Model =>
    !isFiltered(whole.filter) ? whole : { ...whole, state: whole.state === null ? null : state(whole.state), numbers: whole.numbers === null ? null : numbers(whole.numbers) };

  const draw = (): void => {
    const { filter } = model;
    wall.map()?.setFilter(tileFilter(filter), { cases: narrowsCases(filter), violations: !filter.burning && filter.today !== 'closed' });
    if (model.state !== null) wall.fires(model.state);
    if (model.numbers !== null) wall.outlines(model.numbers.counties);
    wall.past();
  };
  const set = (filter: CaseFilter): void => {
    if (writeFilter(filter) === writeFilter(model.filter)) return;
    model.filter = filter;
    draw();
    wall.address();
    wall.render();
  };
  /** Several parts that are set already are taken away together; otherwise those that are missing are set. */
  const take = (...parts: string[]): void => {
    const there = new Set(partsOf(model.filter));
    const wanted = parts.every((p) => there.has(p)) ? parts : parts.filter((p) => !there.has(p));
    set(wanted.reduce(toggled, model.filter));
  };
  clear.addEventListener('click', () => set(noFilter));

  const create = (part: string): HTMLLIElement => {
    const button = h('button', { type: 'button', 'data-part': part }, h('span'), h('i', { 'aria-hidden': 'true' }, '×'));
    button.addEventListener('click', () => {
      take(part);
      (element.querySelector<HTMLElement>('button') ?? document.querySelector<HTMLElement>('.now button'))?.focus({ preventScroll: true });
    });
    return h('li', {}, button);
  };
  const render = (): void => {
    const w = filterWords();
    const { filter } = model;
    element.hidden = !isFiltered(filter);
    if (element.hidden) return;
    setAttribute(element, 'aria-label', w.title);
    keyed(list, partsOf(filter), (part) => part, create, (li, part) => {
      const button = li.firstElementChild as HTMLElement;
      setText(button.firstElementChild as Element, partInWords(part, model));
      setAttribute(button, 'aria-label', w.without(partInWords(part, model)));
    });
    setText(clear, w.clear);
    const told = of(model);
    const open = told.state?.violations.size ?? null;
    const closed = told.numbers?.counties.reduce((sum, c) => sum + c.properties.summary.open, 0) ?? null;
    setText(count, open === null || closed === null ? words().loading : filter.today === 'closed' ? w.closed(closed) : w.found(open, told.state?.fires.size ?? 0));
  };

  return {
    element, render, take, of,
    takeOrClear: (part: string | null): void => (part === null ? set(noFilter) : take(part)),
    state,
    counties: (whole: readonly County[]): readonly County[] => (model.numbers?.counties === whole ? numbers(model.numbers).counties : whole),
    /** A panel that shows what is looked at. */
    narrow: <P extends Panel>(panel: P): P => ({ ...panel, render: (whole: Model) => panel.render(of(whole)) }),
    /** Those that are looked at, and the one whose card is open: an alarm or a link opens it, whatever the filter says. */
    fires: (whole: LiveState): Fire[] => {
      const left = state(whole).fires;
      const open = model.selected?.kind === 'fire' ? whole.fires.get(model.selected.id) : undefined;
      return open === undefined || left.has(open.id) ? [...left.values()] : [...left.values(), open];
    },
    /** Something else was selected. */
    selected: (): void => {
      if (isFiltered(model.filter) && model.state !== null) wall.fires(model.state);
    },
    /** Another state: the counties' numbers of what is looked at follow from it, not from the server's. */
    follows: (): void => {
      if (isFiltered(model.filter) && model.numbers !== null) wall.outlines(model.numbers.counties);
    },
    /** False where there was nothing to clear. */
    clear: (): boolean => {
      const was = isFiltered(model.filter);
      set(noFilter);
      return was;
    },
    /** The filter that an address names. */
    follow: set,
    /** A map that has just been made. */
    draw,
  };
}

/** 第36条 露天焚烧, 超期, 洪洞县 */
export function partInWords(part: string, model: Model): string {
  const w = words();
  if (/^a\d+$/.test(part)) {
    const article = Number(part.slice(1));
    const rules = new Set(model.catalogue?.rules.filter((r) => r.article === article).map((r) => r.code));
    return `${w.article(article)} ${articleTitle(article, [...rules])}`;
  }
  if (part.startsWith('county:')) return countyName(model, part.slice(7));
  if (part === 'critical' || part === 'serious' || part === 'ordinary') return w.severity[part];
  return { overdue: w.overdueWord, burning: w.burning, opened: w.openedToday, closed: w.closedToday }[part] ?? part;
}
