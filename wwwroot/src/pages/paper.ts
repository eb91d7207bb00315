/** A4 between its margins, CSS pixels: 210 mm less 24 mm, at 96 px an inch. */
const a4 = 700;

const listeners = new Set<(paper: boolean) => void>();
const printed = matchMedia('print');
let onPaperNow = printed.matches;
/** What was closed on the screen and is open on paper. */
let unfolded: HTMLDetailsElement[] = [];

function turn(paper: boolean): void {
  if (paper === onPaperNow) return;
  onPaperNow = paper;
  // Paper has no clicks: what is folded is told.
  if (paper) unfolded = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
  for (const details of unfolded) details.open = paper;
  if (!paper) unfolded = [];
  for (const listener of listeners) listener(paper);
}

printed.addEventListener('change', () => turn(printed.matches));
addEventListener('beforeprint', () => turn(true));
addEventListener('afterprint', () => turn(printed.matches));

/** Tells when the page goes onto paper and comes back, before it is drawn there. */
export function onPaper(listener: (paper: boolean) => void): void {
  listeners.add(listener);
}

/** How wide a drawing may be; undefined where its host says so itself. */
export const paperWidth = (host: HTMLElement): number | undefined => (onPaperNow ? Math.min(host.clientWidth, a4) : undefined);
