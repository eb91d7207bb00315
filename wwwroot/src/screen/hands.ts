/** What is typed, asked or about to be decided is not taken from under anybody's hands: not by a tour, an alarm or a new version. */
export const isInHands = (): boolean =>
  document.querySelector('dialog[open], .card .act:not([hidden]), .acts.busy') !== null || document.activeElement?.matches('input:not([type=checkbox]), textarea, select') === true;
