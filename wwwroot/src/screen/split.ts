import { split as sendSplit } from '../api/fires';
import type { Detection, Fire } from '../api/types';
import { words } from '../i18n';
import { feedInWords } from '../i18n/feeds';
import { fireWords } from '../i18n/fires';
import { moment } from '../i18n/time';
import { createActForm } from './actForm';
import { h, keyed, setText } from './dom';
import { inMetres, metresBetween } from './ground';
import { partingOf } from './neighbours';

export const seenAt = (d: Detection): number => Date.parse(d.properties.occurredAt ?? d.properties.at ?? '');

/** Some detections of a fire are another fire: ticked in a list, seen on the map, looked at once more, sent. */
export function createSplit(actions: { done(parted: Fire, detections: number): void; changed(): void }) {
  const list = h('ol', { class: 'picks' });
  const chosen = new Set<string>();
  let fire: Fire | null = null;
  let detections: readonly Detection[] = [];
  const form = createActForm('split', list, {
    async send(reason) {
      if (fire === null) return;
      const { leave } = partingOf(detections, chosen);
      const parted = await sendSplit(fire.id, leave, reason);
      chosen.clear();
      actions.done(parted, leave.length);
    },
    changed: () => {
      if (!form.isOpen) chosen.clear();
      actions.changed();
    },
  });

  const create = ({ id }: Detection): HTMLLIElement => {
    const box = h('input', { type: 'checkbox', value: id });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(id);
      else chosen.delete(id);
      form.say('');
      actions.changed();
    });
    return h('li', {}, h('label', {}, box, h('time'), h('span'), h('small')));
  };
  const update = (li: HTMLElement, d: Detection, now: number): void => {
    const [box, time, source, off] = [...(li.firstElementChild?.children ?? [])] as [HTMLInputElement, Element, Element, Element];
    const { sourceKind, feed, radiusMetres } = d.properties;
    if (box.checked !== chosen.has(d.id)) box.checked = chosen.has(d.id);
    setText(time, moment(seenAt(d), now));
    setText(source, `${words().sources[sourceKind] ?? sourceKind} ${feedInWords(feed)}`);
    setText(off, `${fire === null ? '' : fireWords().away(inMetres(metresBetween(fire.geometry.coordinates, d.geometry.coordinates)))}${radiusMetres === null ? '' : ` ± ${Math.round(radiusMetres)} m`}`);
  };

  return {
    element: form.element,
    form,
    /** The detections that are ticked, while the form is open. */
    get chosen(): ReadonlySet<string> { return chosen; },
    show(next: Fire | null, found: readonly Detection[], now: number): void {
      if (next?.id !== fire?.id) form.close();
      [fire, detections] = [next, found];
      if (!form.isOpen || fire === null) return;
      const w = fireWords();
      keyed(list, detections.toSorted((a, b) => seenAt(b) - seenAt(a)), (d) => d.id, create, (li, d) => update(li, d, now));
      const { leave, stay, gone } = partingOf(detections, chosen);
      const preview = leave.length === 0 ? w.splitNone : stay === 0 ? w.splitAll : w.splitPreview(stay, leave.length);
      form.render({ title: w.splitTitle, ask: w.splitAsk, submit: w.splitSubmit, preview: gone > 0 ? `${preview} · ${w.splitGone(gone)}` : preview, fault: leave.length === 0 ? w.splitNone : stay === 0 ? w.splitAll : null });
    },
  };
}
