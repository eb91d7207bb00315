import type { County } from '../api/types';
import type { Question } from '../registers/question';
import type { Route } from './route';

/** What every view of the administration may use. */
export interface Office {
  readonly counties: readonly County[];
  /** Goes there; asks first when something unsaved would be lost, unless told to leave it. */
  go(route: Route, how?: { replace?: boolean; unasked?: boolean }): void;
  say(text: string): void;
  ask(question: Question): Promise<boolean>;
}

/** One page. It builds everything from what it holds, so that another language is one more building. */
export interface View {
  readonly element: HTMLElement;
  readonly title: string;
  render(): void;
  /** The address of the same view changed: other filters. */
  follow?(route: Route): void;
  holdsUnsaved?(): boolean;
  /** True when the view took the key. */
  key?(event: KeyboardEvent): boolean;
  up?(): Route;
  dispose?(): void;
}
