import type { Register } from '../api/registers';
import type { County, LogEvent } from '../api/types';
import { language } from '../i18n';
import type { Names } from './names';
import type { Question } from './question';
import type { ListRoute, Route } from './route';

/** What every view of the registers may use. */
export interface Desk {
  readonly registers: readonly Register[];
  readonly counties: readonly County[];
  readonly names: Names;
  /** Goes there; asks first when something unsaved would be lost, unless told to leave it. */
  go(route: Route, how?: { replace?: boolean; unasked?: boolean }): void;
  /** The list of a register as it was looked at last. */
  lastList(register: string): ListRoute;
  /** Says a result in passing, on the screen and to those who listen. */
  say(text: string): void;
  ask(question: Question): Promise<boolean>;
}

/** One page. It builds everything from what it holds, so that another language is one more building. */
export interface View {
  readonly element: HTMLElement;
  readonly title: string;
  render(): void;
  /** Something was written; null when anything may have been. */
  changed?(events: readonly LogEvent[] | null): void;
  /** A name came that was not there when the view was built. */
  named?(): void;
  /** Whether something typed would be lost by leaving. */
  holdsUnsaved?(): boolean;
  /** True when the view took the key. */
  key?(event: KeyboardEvent): boolean;
  /** Where one level up is. */
  up?(): Route;
  dispose?(): void;
}

export const registerPath = (register: Register): string => register.path.replace(/^\/api\//, '');
export const registerAt = (desk: Desk, path: string): Register => desk.registers.find((r) => registerPath(r) === path) as Register;
export const registerOfKind = (desk: Desk, kind: string): Register | undefined => desk.registers.find((r) => r.kind === kind);
export const childrenOf = (desk: Desk, register: Register): Register[] => desk.registers.filter((r) => r.parentKind === register.kind);

export const titleOf = (titled: { title: string; titleEn: string }): string => (language() === 'zh' ? titled.title : titled.titleEn);

export function countyNameOf(desk: Desk, code: string | null, otherwise: string): string {
  const properties = desk.counties.find((c) => c.properties.code === code)?.properties;
  return properties === undefined ? (code ?? otherwise) : language() === 'zh' ? properties.name : (properties.nameEn ?? properties.name);
}
