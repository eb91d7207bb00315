import type { TourAct } from './tour';

export interface KeyActions {
  escape(): void;
  help(): void;
  layers(): void;
  search(): void;
  snapshot(): void;
  /** Back to what is now, whole. */
  live(): void;
  /** The oldest open alarm is seen to; false where there is none, and the key is not ours. */
  acknowledge(): boolean;
  fullScreen(): void;
  /** Of a replay; false where there is none, and the key is not ours. */
  replay(act: 'toggle' | 'next' | 'previous'): boolean;
  /** False where there is no tour to lead. */
  tour(act: TourAct): boolean;
}

type List = 'ranking' | 'stream';

const replayKeys = { ' ': 'toggle', '.': 'next', ',': 'previous' } as const;
const tourKeys: Readonly<Record<string, TourAct>> = { ' ': 'toggle', ArrowRight: 'next', ArrowLeft: 'previous' };

const rowsOf = (list: List): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`[data-row="${list}"]`)];

/** What a key means to a tour: only while nothing has the focus that keys belong to. Replays come first, they use the same key. */
export function tourActOf(event: KeyboardEvent): TourAct | null {
  const isFree = event.target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey && document.querySelector('dialog[open]') === null;
  return isFree ? (tourKeys[event.key] ?? null) : null;
}

/** The whole wall without a mouse. Arrow keys belong to the map while it has the focus, and to text while one types. */
export function listenToKeys(actions: KeyActions): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.key === 'Escape') {
      actions.escape();
      return;
    }
    if ((target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio') || target instanceof HTMLSelectElement) return;
    const tour = tourActOf(event);
    if (tour !== null && actions.tour(tour)) event.preventDefault();
    else if (event.key === '?') actions.help();
    else if (event.key === 'l' || event.key === 'L') actions.live();
    else if (event.key === 'a' || event.key === 'A') {
      // A key that is held would see to alarms that nobody has seen.
      if (event.repeat || !actions.acknowledge()) return;
    } else if (event.key === '/') actions.search();
    else if (event.key === 's' || event.key === 'S') actions.snapshot();
    else if (event.key === 't' || event.key === 'T') actions.layers();
    else if (event.key in replayKeys && (event.key !== ' ' || (target?.closest('button, summary, input, a') ?? null) === null)) {
      if (!actions.replay(replayKeys[event.key as keyof typeof replayKeys])) return;
    } else if (event.key === 'f' || event.key === 'F') actions.fullScreen();
    else if (event.key.startsWith('Arrow') && target?.tagName !== 'CANVAS' && target?.closest('.card') === null) move(event.key);
    else if (event.key.startsWith('Arrow') && target === document.body) move(event.key);
    else return;
    event.preventDefault();
  });
}

function move(key: string): void {
  const active = document.activeElement;
  const list: List | null = active instanceof HTMLElement ? ((active.dataset['row'] as List | undefined) ?? null) : null;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    focus(rowsOf(list === 'ranking' ? 'stream' : 'ranking')[0]);
    return;
  }
  const rows = rowsOf(list ?? 'ranking');
  const index = list === null ? -1 : rows.indexOf(active as HTMLElement);
  const next = key === 'ArrowDown' ? index + 1 : Math.max(0, index - 1);
  focus(rows[Math.min(next, rows.length - 1)]);
}

function focus(row: HTMLElement | undefined): void {
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}
