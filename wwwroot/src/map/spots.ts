import type { LonLat } from '../api/types';
import type { Pixel } from './shapes';
import type { MapTarget } from './target';

/** A thing on the map that the keyboard reaches, by name. */
export interface Spot {
  readonly target: MapTarget;
  readonly name: string;
  readonly position: LonLat;
}

export interface SpotListener {
  picked(target: MapTarget): void;
  /** It has the focus, and must be seen. */
  focused(position: LonLat): void;
}

/**
 * The list behind the map: a button for each thing, of which the tabulator reaches one and the arrows the others. Only what has the focus is seen,
 * as a ring where the thing stands.
 */
export class Spots {
  readonly element: HTMLElement;
  private readonly buttons = new Map<string, { button: HTMLButtonElement; spot: Spot }>();
  private order: string[] = [];
  /** Key of the one that the tabulator reaches. */
  private current = '';

  constructor(
    private readonly toPixel: (position: LonLat) => Pixel,
    private readonly listener: SpotListener,
  ) {
    this.element = document.createElement('div');
    this.element.className = 'spots';
    this.element.role = 'group';
    this.element.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** In the order in which the arrows go. What has the focus keeps it while it is there. */
  set(label: string, spots: readonly Spot[]): void {
    this.element.ariaLabel = label;
    this.order = spots.map(keyOf);
    const wanted = new Set(this.order);
    for (const [key, { button }] of this.buttons) if (!wanted.has(key)) this.drop(key, button);
    for (const spot of spots) this.write(spot);
    // Who comes to the list begins at its head, whatever stood there before.
    if (!wanted.has(this.current) || !this.element.contains(document.activeElement)) this.current = this.order[0] ?? '';
    for (const [key, { button }] of this.buttons) button.tabIndex = key === this.current ? 0 : -1;
    this.follow();
  }

  private drop(key: string, button: HTMLElement): void {
    const next = this.order[0];
    const hadFocus = button === document.activeElement;
    button.remove();
    this.buttons.delete(key);
    if (hadFocus && next !== undefined) this.buttons.get(next)?.button.focus({ preventScroll: true });
  }

  private write(spot: Spot): void {
    const key = keyOf(spot);
    const known = this.buttons.get(key);
    const button = known?.button ?? this.create(key);
    const name = button.firstElementChild as HTMLElement;
    if (name.textContent !== spot.name) name.textContent = spot.name;
    this.buttons.set(key, { button, spot });
  }

  private create(key: string): HTMLButtonElement {
    const button = this.element.appendChild(document.createElement('button'));
    button.type = 'button';
    button.appendChild(document.createElement('span')).className = 'unseen';
    button.dataset['spot'] = key;
    button.addEventListener('focus', () => {
      this.current = key;
      for (const [other, { button: each }] of this.buttons) each.tabIndex = other === key ? 0 : -1;
      const spot = this.buttons.get(key)?.spot;
      if (spot !== undefined) this.listener.focused(spot.position);
      this.follow();
    });
    button.addEventListener('click', () => {
      const spot = this.buttons.get(key)?.spot;
      if (spot !== undefined) this.listener.picked(spot.target);
    });
    return button;
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.order.indexOf(this.current);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -this.order.length, End: this.order.length }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(this.order.length - 1, Math.max(0, at + step));
    this.buttons.get(this.order[next] ?? '')?.button.focus({ preventScroll: true });
  }

  /** Moves the ring with the map. */
  follow(): void {
    const focused = this.buttons.get(this.current);
    if (focused === undefined || focused.button !== document.activeElement) return;
    const [x, y] = this.toPixel(focused.spot.position);
    focused.button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}

const keyOf = ({ target }: Spot): string => `${target.kind}:${target.id}`;
