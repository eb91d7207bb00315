import type { Fire } from '../api/types';
import { fireWords } from '../i18n/fires';
import type { Footprints } from '../map/footprints';
import type { MapTarget } from '../map/target';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { h, setText } from './dom';
import type { FireCase } from './fireCard';
import { createHeatPanel } from './heatPanel';
import { createMerge } from './merge';
import type { Model } from './model';
import { isOpenToChange } from './neighbours';
import { createPropose } from './propose';
import { createSplit } from './split';
import { createVerdict } from './verdict';

/** What an officer does with the fire of the drawer: one thing at a time, and only what he may. */
export function createFireActs(actions: { done(): void; changed(): void; pick(target: MapTarget): void }) {
  let fire: Fire | null = null;
  let model: Model | null = null;
  /** What came of the last act, and the fires that it is told of. */
  let news: { text: string; of: ReadonlySet<string>; next: string | null } | null = null;
  const tell = (text: string, of: readonly (string | undefined)[], next: string | null = null): void => {
    news = { text, of: new Set(of.filter((id) => id !== undefined)), next };
    actions.done();
  };

  const verdict = createVerdict({ done: actions.done });
  const split = createSplit({ changed: actions.changed, done: (parted, n) => tell(fireWords().splitDone(n), [fire?.id], parted.id) });
  const merge = createMerge({
    changed: actions.changed,
    done: (kept) => {
      tell(fireWords().mergeDone, [kept.id]);
      if (kept.id !== fire?.id) actions.pick({ kind: 'fire', id: kept.id });
    },
  });
  const heat = createHeatPanel({ changed: actions.changed, done: (said) => tell(said, [fire?.id]) });
  const propose = createPropose({ changed: actions.changed, done: (said) => { heat.renew(); tell(said, [fire?.id]); } });
  const forms = [split.form, merge.form, heat.form, propose.form];

  const button = (name: string, open: () => void): HTMLButtonElement => {
    const made = h('button', { type: 'button', 'data-tool': name });
    made.addEventListener('click', () => { news = null; open(); });
    return made;
  };
  const tools = { split: button('split', split.form.open), merge: button('merge', merge.form.open), propose: button('propose', () => { if (model !== null) propose.open(model); }) };
  const row = h('div', { class: 'fire-tools choices' }, tools.split, tools.merge, tools.propose);
  const said = h('span');
  const onward = h('button', { type: 'button', class: 'open-card' });
  onward.addEventListener('click', () => { if (news !== null && news.next !== null) actions.pick({ kind: 'fire', id: news.next }); });
  const message = h('p', { class: 'good', role: 'status' }, said, onward);
  const element = h('div', { class: 'acts' }, heat.element, verdict.element, row, split.element, merge.element, propose.element, message);

  const show = (found: FireCase | null, now: Model): void => {
    fire = found?.fire ?? null;
    model = now;
    const w = fireWords();
    split.show(fire, found?.detections ?? [], now.now);
    merge.show(fire, now);
    heat.show(fire, now);
    propose.show(fire, now);
    const busy = forms.some((form) => form.isOpen);
    verdict.show(fire, busy);
    const open = fire !== null && isOpenToChange(fire) && !verdict.isOpen && !busy;
    tools.split.hidden = !open || !may(rights.verdicts) || (fire?.properties.detections ?? 0) < 2;
    tools.merge.hidden = !open || !may(rights.verdicts);
    tools.propose.hidden = !open || !may(rights.registers) || (fire?.properties.attributedTo ?? null) !== null;
    row.hidden = Object.values(tools).every((tool) => tool.hidden);
    for (const [name, tool] of Object.entries(tools)) setText(tool, w[name as keyof typeof tools]);
    const heard = fire !== null && news?.of.has(fire.id) === true ? news : null;
    message.hidden = heard === null;
    setText(said, heard?.text ?? '');
    setText(onward, w.openOther);
    onward.hidden = (heard?.next ?? null) === null;
    element.hidden = fire === null;
    element.classList.toggle('busy', busy || verdict.isOpen);
  };

  return {
    element,
    show,
    /** Closes what is open, with what is typed there; false where nothing is. */
    cancel(): boolean {
      if (verdict.cancel()) return true;
      const open = forms.find((form) => form.isOpen);
      open?.close();
      return open !== undefined;
    },
    /** True where the click on the map was meant for an open form. */
    takes(target: MapTarget | null): boolean {
      if (!merge.form.isOpen) return false;
      if (target?.kind === 'fire') merge.take(target.id);
      return true;
    },
    /** What the map shows of the fire, and what is chosen there. */
    footprints(found: FireCase): Footprints {
      return { fire: found.fire, detections: found.detections, chosen: split.chosen, other: merge.other };
    },
  };
}
