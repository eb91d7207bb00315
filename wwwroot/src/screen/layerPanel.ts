import { language, words } from '../i18n';
import { fireWords } from '../i18n/fires';
import { shownAtFirst, switchableLayers, withFixed, type ShownLayers } from '../map/layers';
import { layerGroups } from '../map/layers/layer';
import { readPalette } from '../map/palette';
import { changedLayers } from './address';
import { h, setAttribute, setText } from './dom';
import { drawSigns } from './legend';
import { totals, type Model } from './model';

/** 图层: a button among the map's tools and the panel that it opens, by mouse or by T (图层 tucéng). Says on its face when something is hidden. */
export function createLayerPanel(actions: { show(layers: ShownLayers): void }) {
  const palette = readPalette();
  const name = h('span');
  const hidden = h('b');
  const button = h('button', { type: 'button', class: 'layers', 'aria-expanded': 'false', 'aria-controls': 'layers' }, name, hidden);
  const title = h('h2');
  const reset = h('button', { type: 'button', class: 'tool' });
  // The arrow keys go as the eye does: group by group.
  const rows = layerGroups.flatMap((group) => switchableLayers.filter((l) => l.group === group)).map((layer) => {
    const box = h('input', { type: 'checkbox', 'data-layer': layer.id });
    const text = h('span');
    const from = h('small');
    const signs = new Set(layer.legend.flatMap(({ signs: drawn }) => (drawn === 'ramp' ? [] : drawn.slice(0, 1))));
    return { layer, box, text, from, row: h('label', {}, box, text, from, h('span', { class: 'signs' }, ...drawSigns([...signs], palette))) };
  });
  const groups = layerGroups.map((group) => ({ group, heading: h('h3') }));
  const element = h('section', { class: 'layer-panel', id: 'layers', hidden: '' }, h('header', {}, title, reset),
    h('div', { class: 'groups' }, ...groups.map(({ group, heading }) => h('div', { class: group }, heading, ...rows.filter((r) => r.layer.group === group).map((r) => r.row)))));

  let before: Element | null = null;
  const open = (): void => {
    before = document.activeElement;
    element.hidden = false;
    setAttribute(button, 'aria-expanded', 'true');
    rows[0]?.box.focus({ preventScroll: true });
  };
  /** False where there was nothing to close. */
  const close = (): boolean => {
    if (element.hidden) return false;
    const inside = element.contains(document.activeElement);
    element.hidden = true;
    setAttribute(button, 'aria-expanded', 'false');
    if (inside && before instanceof HTMLElement) before.focus({ preventScroll: true });
    return true;
  };
  const toggle = (): void => {
    if (!close()) open();
  };
  const move = (steps: number): void => {
    const index = rows.findIndex((r) => r.box === document.activeElement);
    rows[(index + steps + rows.length) % rows.length]?.box.focus();
  };

  button.addEventListener('click', toggle);
  reset.addEventListener('click', () => actions.show(shownAtFirst));
  element.addEventListener('change', () => actions.show(withFixed(rows.filter((r) => r.box.checked).map((r) => r.layer.id))));
  element.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const render = (model: Model): void => {
    const w = words();
    const missing = switchableLayers.filter((l) => l.shownAtFirst && !model.layers.has(l.id)).length;
    setText(name, w.layersTitle);
    setText(hidden, missing === 0 ? '' : w.layersHidden(missing));
    setText(title, w.layersTitle);
    setAttribute(element, 'aria-label', w.layersTitle);
    for (const { group, heading } of groups) setText(heading, w.layerGroups[group]);
    setText(reset, w.layersReset);
    reset.disabled = changedLayers(model.layers) === 0;
    for (const { layer, box, text, from } of rows) {
      box.checked = model.layers.has(layer.id);
      setText(text, layer.id === 'attributed' && model.numbers !== null ? fireWords().attributedLayer(totals(model.numbers).attributed) : layer.title[language()]);
      setText(from, layer.minZoom > 0 ? w.layerFrom : '');
    }
  };
  return { button, element, toggle, close, render };
}
