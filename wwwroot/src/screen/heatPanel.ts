import { decideHeatSource, heatSourcesWithin, type HeatStep } from '../api/fires';
import type { Fire, Subject } from '../api/types';
import { fireWords } from '../i18n/fires';
import { rights } from '../session/rights';
import { may, session } from '../session/session';
import { createActForm } from './actForm';
import { lines, registerLink } from './caseParts';
import { h, setText } from './dom';
import { boundsAround } from './ground';
import { heatFigures, heatHere, searchMetres, type HeatHere, type HeatStatus } from './heatHere';
import { keepingPlace } from './keepingPlace';
import type { Model } from './model';
import { Reading } from './reading';

const stepsOf: Readonly<Record<HeatStatus, readonly HeatStep[]>> = { candidate: ['approve', 'dismiss'], approved: ['dismiss'], dismissed: ['approve'] };

/** Heat sources at the place of a fire: what explains it, what might, and the officer's decision. */
export function createHeatPanel(actions: { done(said: string): void; changed(): void }) {
  const title = h('h3');
  const list = h('div', { class: 'heat-list' });
  const sources = new Reading<Subject[]>(actions.changed);
  let fire: Fire | null = null;
  let deciding: { source: Subject; step: HeatStep } | null = null;
  let [signature, decided] = ['', 0];
  const form = createActForm('heat', h('div'), {
    async send(reason) {
      if (deciding === null) return;
      const { step, source } = deciding;
      await decideHeatSource(source, step, reason);
      decided += 1;
      actions.done(step === 'approve' ? fireWords().heatApproved : fireWords().heatDismissed);
    },
    changed: () => {
      if (!form.isOpen) deciding = null;
      actions.changed();
    },
  });
  const element = h('section', { class: 'heat', hidden: '' }, title, list, form.element);

  const decide = (source: Subject, step: HeatStep): void => {
    deciding = { source, step };
    form.open();
  };
  const nodeOf = (here: HeatHere, model: Model): HTMLElement => {
    const w = fireWords();
    const { source, status } = here;
    const link = registerLink(model.catalogue, 'heatSource', source.id);
    const buttons = (may(rights.heatSources) ? stepsOf[status] : []).map((step) => {
      const button = h('button', { type: 'button', 'data-focus': `${step}:${source.id}`, 'data-step': step }, step === 'approve' ? w.approve : status === 'approved' ? w.withdraw : w.dismiss);
      button.addEventListener('click', () => decide(source, step));
      return button;
    });
    return h('article', { class: `source ${status}`, 'data-source': source.id }, h('header', {}, h('b', {}, source.properties.name), h('span', { class: 'state' }, w.heatStatus[status] ?? status)),
      lines(heatFigures(here)), h('div', { class: 'choices' }, ...buttons, ...(link === null ? [] : [link])));
  };

  return {
    element,
    form,
    /** Something was entered here: it is read again. */
    renew(): void { decided += 1; },
    show(next: Fire | null, model: Model): void {
      if (next?.id !== fire?.id) form.close();
      fire = next;
      const here = fire === null ? [] : heatHere(fire, sources.value ?? []);
      if (fire !== null && model.link !== 'dead') {
        const place = fire.geometry.coordinates;
        sources.want(fire.id, `${model.touched}|${decided}`, () => heatSourcesWithin(boundsAround(place, searchMetres)));
      }
      element.hidden = here.length === 0;
      const w = fireWords();
      setText(title, w.heatTitle);
      const escapes = fire !== null && (fire.properties.attributedTo ?? null) === null && here.some((s) => s.status === 'approved');
      const full = JSON.stringify([w.heatTitle, here, escapes, model.catalogue !== null, may(rights.heatSources)]);
      if (full !== signature) {
        signature = full;
        keepingPlace(list, () => list.replaceChildren(...(escapes ? [h('p', { class: 'notes' }, w.heatEscapes)] : []), ...here.map((s) => nodeOf(s, model))));
      }
      if (deciding === null) return;
      const { source: { properties: { name, status } }, step } = deciding;
      const who = session()?.displayName ?? '';
      const ask = step === 'approve' ? w.approveAsk(name, who) : status === 'approved' ? w.withdrawAsk(name, who) : w.dismissAsk(name, who);
      const verb = step === 'approve' ? w.approve : status === 'approved' ? w.withdraw : w.dismiss;
      form.render({ title: verb, ask, preview: '', submit: verb, fault: null, reasonNeeded: step === 'dismiss' });
    },
  };
}
