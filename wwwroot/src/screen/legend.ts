import { words, type Messages } from '../i18n';
import { drawGlyph, type GlyphName } from '../map/glyphs';
import { classBounds, readPalette } from '../map/palette';
import { h, setText } from './dom';

const entries: readonly [GlyphName, keyof Messages][] = [
  ['confirmed', 'legendConfirmed'],
  ['suspected-0', 'legendSuspected'],
  ['violation-serious', 'legendViolation'],
  ['lapsed', 'legendLapsed'],
  ['out', 'legendEnded'],
  ['history', 'legendHistory'],
];

/** 图例, beside the map and never on it. The signs are drawn by the same pen as on the map. */
export function createLegend() {
  const palette = readPalette();
  const title = h('h2');
  const fill = h('span');
  const ramp = h('div', { class: 'ramp', 'aria-hidden': 'true' }, ...classBounds.map(() => h('i')), ...classBounds.map((bound, i) => h('span', {}, i === classBounds.length - 1 ? `${bound}+` : String(bound))));
  const keys = entries.map(([glyph, key]) => ({ key, text: h('span'), sign: drawGlyph(glyph, palette, 3) }));
  const list = h('ul', { class: 'keys' }, ...keys.map(({ sign, text }) => {
    sign.ariaHidden = 'true';
    return h('li', {}, sign, text);
  }));
  const element = h('section', { class: 'panel legend' }, title, h('div', { class: 'fill' }, fill, ramp), list);

  const render = (): void => {
    const w = words();
    setText(title, w.legendTitle);
    setText(fill, w.legendFill);
    for (const { key, text } of keys) setText(text, w[key] as string);
  };
  return { element, render };
}
