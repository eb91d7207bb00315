/** Draws anew what stands in the element and keeps what a reader holds: the focus by its `data-focus`, and what is unfolded. */
export function keepingPlace(element: HTMLElement, draw: () => void): void {
  const keyOf = (node: Element | null): string | undefined => (node instanceof HTMLElement ? node.dataset['focus'] : undefined);
  const details = (): HTMLDetailsElement[] => [...element.querySelectorAll('details')];
  const unfolded = new Map(details().map((d) => [keyOf(d), d.open]));
  const focused = element.contains(document.activeElement) ? keyOf(document.activeElement?.closest('[data-focus]') ?? null) : undefined;
  const inSummary = document.activeElement?.tagName === 'SUMMARY';
  draw();
  for (const d of details()) d.open = unfolded.get(keyOf(d)) ?? d.open;
  if (focused === undefined) return;
  const again = [...element.querySelectorAll<HTMLElement>('[data-focus]')].find((node) => keyOf(node) === focused);
  (inSummary ? again?.querySelector('summary') : again)?.focus({ preventScroll: true });
}
