import type { Curve } from '../api/readings';
import type { Violation } from '../api/types';
import { dustWords } from '../i18n/dust';
import { h, setText } from '../screen/dom';
import { Curves } from './curves';

const hour = 3_600_000;
const longest = 30 * hour;

/** The curve that a violation of A28.Dust rests on: its factor around its opening, with the limit and the minutes above. */
export class ViolationCurve {
  readonly element: HTMLElement;
  private readonly title = h('h3');
  private readonly curves: Curves;

  /** @param of Names what it is drawn for: another end is another drawing. */
  constructor(violation: Violation, readonly of: string) {
    const { openedAt, closedAt } = violation.properties;
    const w = dustWords();
    this.curves = new Curves([{ at: Date.parse(openedAt), text: w.opened }, ...(closedAt === null ? [] : [{ at: Date.parse(closedAt), text: w.closed }])]);
    this.element = h('section', { class: 'dust-panel', 'data-curve-of': violation.id }, this.title, this.curves.element);
  }

  show(violation: Violation, mn: string, now: number, version: string): void {
    const w = dustWords();
    const { openedAt, closedAt, facts } = violation.properties;
    setText(this.title, w.around);
    const [opened, closed] = [Date.parse(openedAt), closedAt === null ? null : Date.parse(closedAt)];
    const from = opened - 3 * hour;
    const minute = Math.ceil(now / 60_000) * 60_000;
    const to = Math.max(opened + 60_000, Math.min(minute, closed === null ? minute : closed + hour, from + longest));
    const only = facts['factor'] === 'PM10' || facts['factor'] === 'TSP' ? { only: facts['factor'] as Curve['factor'] } : {};
    this.curves.show(mn, { key: violation.id, from, to, step: 'minute', empty: w.emptySpan, ...only }, `${version}|${to}`);
  }
}

export const hasCurve = ({ properties: { rule, subject } }: Violation): boolean => rule === 'A28.Dust' && subject.kind === 'monitor';
