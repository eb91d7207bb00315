import { dustWords } from '../i18n/dust';
import { h, svg } from '../screen/dom';

const width = 26; // of its own units
const height = 12;

/** What the lines of a curve mean, drawn as they are drawn. */
export function curveKeys(hourly: boolean, withBackground: boolean): HTMLElement {
  const { keys } = dustWords();
  const sample = (kind: string, ...shapes: SVGElement[]): SVGElement => svg('svg', { class: kind, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' }, ...shapes);
  const line = (kind: string): SVGElement => svg('path', { class: kind, d: `M1 ${height / 2}H${width - 1}` });
  const rows: (readonly [SVGElement, string])[] = [
    [sample('', svg('path', { class: 'band', d: `M1 2L9 5L17 1L25 4V10L17 8L9 11L1 9Z` }), svg('path', { class: 'value', d: 'M1 6L9 8L17 4L25 7' })), hourly ? keys.hourly : keys.value],
    [sample('', line('mean')), keys.mean],
    [sample('', line('limit')), keys.limit],
    ...(withBackground ? [[sample('', line('background')), keys.background] as const] : []),
    [sample('', svg('path', { class: 'doubtful', d: 'M5 6a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0M15 6a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0' })), keys.doubtful],
    [sample('spans', svg('rect', { x: 2, y: 0, width: 22, height: 12 }), svg('rect', { class: 'lid', x: 2, y: 9, width: 22, height: 3 })), keys.exceeding],
  ];
  return h('ul', { class: 'curve-keys' }, ...rows.map(([sign, text]) => h('li', {}, sign, h('span', {}, text))));
}
