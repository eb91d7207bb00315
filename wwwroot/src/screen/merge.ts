import * as calls from '../api/calls';
import { firesWithin, merge as sendMerge } from '../api/fires';
import type { Fire } from '../api/types';
import { words } from '../i18n';
import { fireWords } from '../i18n/fires';
import { moment } from '../i18n/time';
import { createActForm } from './actForm';
import { h, keyed, setAttribute, setText } from './dom';
import { boundsAround, inMetres } from './ground';
import { countyName, type Model } from './model';
import { mayBeOne, neighboursOf, reachMetres, together, type Neighbour } from './neighbours';
import { Reading } from './reading';

/** Two fires are one: the other chosen in a list of those near, or on the map. */
export function createMerge(actions: { done(kept: Fire): void; changed(): void }) {
  const list = h('ol', { class: 'picks', role: 'radiogroup' });
  const empty = h('p', { class: 'empty' });
  const near = new Reading<Fire[]>(actions.changed);
  /** Chosen on the map: they may lie farther off than those that were read. */
  const clicked = new Map<string, Fire>();
  let fire: Fire | null = null;
  let chosen: string | null = null;
  const form = createActForm('merge', h('div', {}, list, empty), {
    async send(reason) {
      if (fire === null || chosen === null) return;
      actions.done(await sendMerge(fire.id, chosen, reason));
    },
    changed: () => {
      if (!form.isOpen) forget();
      actions.changed();
    },
  });
  const forget = (): void => {
    chosen = null;
    clicked.clear();
    near.retry();
  };
  const choose = (id: string): void => {
    chosen = id;
    form.say('');
    actions.changed();
  };
  const offered = (): Neighbour[] => (fire === null ? [] : neighboursOf(fire, [...new Map([...(near.value ?? []), ...clicked.values()].map((f) => [f.id, f])).values()]));

  const create = ({ fire: { id } }: Neighbour): HTMLLIElement => {
    const box = h('input', { type: 'radio', name: 'merge-with', value: id });
    box.addEventListener('change', () => choose(id));
    return h('li', { role: 'none' }, h('label', {}, box, h('time'), h('span'), h('small')));
  };
  const update = (li: HTMLElement, { fire: { id, properties: p }, metres }: Neighbour, model: Model): void => {
    const [box, time, what, off] = [...(li.firstElementChild?.children ?? [])] as [HTMLInputElement, Element, Element, Element];
    if (box.checked !== (id === chosen)) box.checked = id === chosen;
    setText(time, moment(Date.parse(p.firstSeenAt), model.now));
    setText(what, `${countyName(model, p.county)} · ${words().fireStatus[p.status]} · ${fireWords().times(p.detections)}`);
    setText(off, inMetres(metres));
  };

  return {
    element: form.element,
    form,
    /** The other fire, while the form is open. */
    get other(): Fire | null { return offered().find((n) => n.fire.id === chosen)?.fire ?? null; },
    /** A fire that was clicked on the map. */
    take(id: string): void {
      void calls.fire(id).then((found) => {
        if (!form.isOpen || fire === null) return;
        if (!mayBeOne(fire, found)) {
          form.say(fireWords().failed(fireWords().problems[found.id === fire.id ? 'same-fire' : found.properties.simulated !== fire.properties.simulated ? 'simulated-mixed' : found.properties.status === 'out' || found.properties.status === 'refuted' ? 'fire-closed' : 'too-far-apart'] ?? ''));
          return;
        }
        clicked.set(found.id, found);
        choose(found.id);
      }, () => form.say(fireWords().mergeFailed));
    },
    show(next: Fire | null, model: Model): void {
      if (next?.id !== fire?.id) form.close();
      fire = next;
      if (!form.isOpen || fire === null) return;
      const w = fireWords();
      const place = fire.geometry.coordinates;
      near.want(fire.id, `${model.touched}|${model.state?.fires.size ?? 0}`, () => firesWithin(boundsAround(place, reachMetres)));
      const neighbours = offered();
      const other = neighbours.find((n) => n.fire.id === chosen)?.fire;
      keyed(list, neighbours, (n) => n.fire.id, create, (li, n) => update(li, n, model));
      list.hidden = neighbours.length === 0;
      setAttribute(list, 'aria-label', w.mergeTitle);
      empty.hidden = neighbours.length > 0;
      setText(empty, near.progress === 'loading' ? words().cardLoading : near.progress === 'failed' ? w.mergeFailed : w.mergeNone);
      const both = other === undefined ? null : together(fire, other);
      const preview = both === null ? w.mergeChoose : w.mergePreview(both.detections, moment(Date.parse(both.firstSeenAt), model.now));
      form.render({ title: w.mergeTitle, ask: w.mergeAsk, submit: w.mergeSubmit, preview, fault: both === null ? w.mergeChoose : null });
    },
  };
}
