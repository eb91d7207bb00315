import { language, words } from '../i18n';
import { drawGlyph, type GlyphName } from '../map/glyphs';
import { mapLayers } from '../map/layers';
import { subjectStatesLegend } from '../map/layers/registers';
import { singlesFrom } from '../map/layers/zooms';
import type { LegendEntry, MapLayer } from '../map/layers/layer';
import { classBounds, readPalette, type Palette } from '../map/palette';
import { h, setText } from './dom';
import type { Model } from './model';

/** A line, and the layer that it belongs to; null for the states of register entries. */
interface Line {
  readonly layer: MapLayer | null;
  readonly entry: LegendEntry;
}

// What burns is looked for first: topmost first.
const entries: readonly Line[] = [...mapLayers.toReversed().map((layer) => ({ layer, legend: layer.legend })), { layer: null, legend: subjectStatesLegend }]
  .flatMap(({ layer, legend }) => legend.map((entry) => ({ layer, entry })));

/** The map shows single entries of registers. */
const isClose = (model: Model): boolean => model.zoom >= singlesFrom && mapLayers.some((l) => l.group === 'registers' && model.layers.has(l.id));

function isTold({ layer, entry }: Line, model: Model): boolean {
  const close = isClose(model);
  if (model.replay !== null && (layer?.id === 'ended' || layer?.id === 'history')) return false;
  // Close by, rings are single signs, the counties' fill gives way, and room is short.
  if (close && (entry.signs === 'ramp' || layer?.id === 'violations' || layer?.id === 'ended' || layer?.id === 'history' || (layer !== null && entry.signs.length > 2))) return false;
  return layer === null ? close : model.layers.has(layer.id) && !(layer.group === 'registers' && model.zoom < singlesFrom);
}

/** The lines of what is shown now, in their order. */
export const legendOf = (model: Model): LegendEntry[] => entries.filter((line) => isTold(line, model)).map(({ entry }) => entry);

/** 图例 of the layers that are shown, beside the map and never on it. The signs are drawn by the same pen as on the map. */
export function createLegend() {
  const palette = readPalette();
  const title = h('h2');
  const ramps = h('div', { class: 'fill' });
  const list = h('ul', { class: 'keys' });
  const element = h('section', { class: 'panel legend' }, title, ramps, list);

  const lines = entries.map(({ layer, entry }) => Object.assign(drawLine(entry, palette), { layer, entry }));
  for (const { line, entry } of lines) (entry.signs === 'ramp' ? ramps : list).append(line);

  const render = (model: Model): void => {
    setText(title, words().legendTitle);
    element.classList.toggle('close', isClose(model));
    for (const { layer, entry, line, text } of lines) {
      line.hidden = !isTold({ layer, entry }, model);
      setText(text, entry.title[language()]);
    }
  };
  return { element, render };
}

function drawLine({ signs, title }: LegendEntry, palette: Palette): { line: HTMLElement; text: HTMLElement } {
  const text = h('span');
  if (signs !== 'ramp') return { line: h('li', signs.length > 2 ? { class: 'long' } : signs.length > 1 || title.zh.length > 5 ? { class: 'wide' } : {}, ...drawSigns(signs, palette), text), text };
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
