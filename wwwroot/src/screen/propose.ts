import { proposeHeatSource } from '../api/fires';
import type { Fire } from '../api/types';
import { language } from '../i18n';
import { fireWords } from '../i18n/fires';
import { createActForm } from './actForm';
import { registerOf } from './catalogue';
import { h, setText } from './dom';
import { countyName, type Model } from './model';

/** A pixel of VIIRS is 375 m wide. */
const leastRadius = 375;
const mostRadius = 5_000;
const kindOf = 'coke';

/** From a fire to a candidate of the register of heat sources, at its place. */
export function createPropose(actions: { done(said: string): void; changed(): void }) {
  const texts = [h('span'), h('span'), h('span')] as const;
  const name = h('input', { type: 'text', maxlength: '120', autocomplete: 'off', name: 'heat-name' });
  const kind = h('select', { name: 'heat-kind' });
  const radius = h('input', { type: 'number', min: '0', max: String(mostRadius), step: '25', name: 'heat-radius' });
  let fire: Fire | null = null;
  let options = '';
  const form = createActForm('propose', h('div', { class: 'fields' }, h('label', {}, texts[0], name), h('label', {}, texts[1], kind), h('label', {}, texts[2], radius)), {
    async send(note) {
      if (fire === null) return;
      await proposeHeatSource(fire.geometry.coordinates, { name: name.value.trim(), kind: kind.value, radiusMetres: Number(radius.value), note, simulated: fire.properties.simulated });
      actions.done(fireWords().proposeDone);
    },
    changed: () => {
      if (!form.isOpen) name.value = '';
      actions.changed();
    },
  });
  for (const input of [name, radius]) input.addEventListener('input', () => actions.changed());

  const fault = (): string | null => {
    const w = fireWords();
    if (name.value.trim() === '') return w.nameNeeded;
    const metres = Number(radius.value);
    return radius.value !== '' && metres >= 0 && metres <= mostRadius ? null : w.radiusNeeded;
  };
  const offer = (model: Model): void => {
    const kinds = registerOf(model.catalogue, 'heatSource')?.fields.find((f) => f.name === 'kind')?.options ?? [];
    const said = `${language()}|${kinds.map((k) => k.code).join()}`;
    if (said === options) return;
    options = said;
    const before = kind.value === '' ? kindOf : kind.value;
    kind.replaceChildren(...kinds.map((k) => h('option', { value: k.code }, language() === 'zh' ? k.title : k.titleEn)));
    kind.value = before;
  };

  return {
    element: form.element,
    form,
    open(model: Model): void {
      offer(model);
      radius.value = String(Math.min(mostRadius, Math.max(leastRadius, Math.round(fire?.properties.radiusMetres ?? 0))));
      form.open();
    },
    show(next: Fire | null, model: Model): void {
      if (next?.id !== fire?.id) form.close();
      fire = next;
      if (!form.isOpen || fire === null) return;
      offer(model);
      const w = fireWords();
      [w.proposeName, w.proposeKind, w.proposeRadius].forEach((text, i) => setText(texts[i] as Element, text));
      const [lon, lat] = fire.geometry.coordinates;
      form.render({ title: w.proposeTitle, ask: w.proposeAsk, submit: w.proposeSubmit, preview: `${countyName(model, fire.properties.county)} · ${lon.toFixed(4)}, ${lat.toFixed(4)}`, fault: fault() });
    },
  };
}
