import { language, words } from '../i18n';
import { drawGlyph, type GlyphName } from '../map/glyphs';
import { mapLayers } from '../map/layers';
import type { LegendEntry } from '../map/layers/layer';
import { classBounds, readPalette, type Palette } from '../map/palette';
import { h, setText } from './dom';
import type { Model } from './model';

/** 图例 of the layers that are shown, beside the map and never on it. The signs are drawn by the same pen as on the map. */
export function createLegend() {
  const palette = readPalette();
  const title = h('h2');
  const ramps = h('div', { class: 'fill' });
  const list = h('ul', { class: 'keys' });
  const element = h('section', { class: 'panel legend' }, title, ramps, list);

  // What burns is looked for first: topmost first.
  const lines = mapLayers.toReversed().flatMap((layer) => layer.legend.map((entry) => ({ layer: layer.id, entry, ...drawLine(entry, palette) })));
  for (const { line, entry } of lines) (entry.signs === 'ramp' ? ramps : list).append(line);

  const render = (model: Model): void => {
    setText(title, words().legendTitle);
    for (const { layer, entry, line, text } of lines) {
      line.hidden = !model.layers.has(layer);
      setText(text, entry.title[language()]);
    }
  };
  return { element, render };
}

function drawLine({ signs }: LegendEntry, palette: Palette): { line: HTMLElement; text: HTMLElement } {
  const text = h('span');
  if (signs !== 'ramp') return { line: h('li', signs.length > 2 ? { class: 'long' } : {}, ...drawSigns(signs, palette), text), text };
  const bounds = classBounds.map((bound, i) => h('span', {}, i === classBounds.length - 1 ? `${bound}+` : String(bound)));
  return { line: h('div', {}, text, h('div', { class: 'ramp', 'aria-hidden': 'true' }, ...classBounds.map(() => h('i')), ...bounds)), text };
}

/** Signs for people who see them; the words beside them say the same. */
export function drawSigns(signs: readonly GlyphName[], palette: Palette): HTMLElement[] {
  return signs.map((name) => {
    const sign = drawGlyph(name, palette, 3);
    sign.ariaHidden = 'true';
    return sign;
  });
}
