/** Building and updating elements without a framework: only what changed is touched, so focus and selection stay. */

type Child = Node | string;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string | number> = {}, ...children: Node[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Makes the list's elements those of the items, in their order. An element stays with its key, focus included. */
export function keyed<T, E extends HTMLElement>(list: HTMLElement, items: readonly T[], keyOf: (item: T) => string, create: (item: T) => E, update: (element: E, item: T) => void): void {
  const existing = new Map<string, E>();
  for (const element of list.children) if (element instanceof HTMLElement && element.dataset['key'] !== undefined) existing.set(element.dataset['key'], element as E);
  const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement : null;
  let place: Element | null = list.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let element = existing.get(key);
    if (element === undefined) {
      element = create(item);
      element.dataset['key'] = key;
    }
    existing.delete(key);
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
    update(element, item);
  }
  for (const element of existing.values()) element.remove();
  if (focused !== null && focused.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
}
