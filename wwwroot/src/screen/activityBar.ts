import type { Activity } from '../api/types';
import { words } from '../i18n';
import { beijingDay, hourMinute } from '../i18n/time';
import { h, setText, svg } from './dom';
import type { Model } from './model';

const height = 46;
const slot = 10; // width of a bin in the drawing's units
const ticks = 6;

/** The last 24 hours in bins: new violations, fires on top in their own colour, closings as a green foot. */
export function createActivityBar() {
  const title = h('h2');
  const keys = { fires: h('span'), opened: h('span'), closed: h('span') };
  const legend = h('div', { class: 'keys' }, ...Object.entries(keys).map(([name, text]) => h('span', { class: name }, h('i'), text)));
  const chart = svg('svg', { preserveAspectRatio: 'none', role: 'img' });
  const axis = h('div', { class: 'axis', 'aria-hidden': 'true' });
  const element = h('section', { class: 'bottom' }, title, legend, chart, axis);
  let drawn: Activity | null = null;
  let spoken = '';

  const render = (model: Model): void => {
    const w = words();
    setText(title, w.activityTitle);
    setText(keys.fires, w.activityFires);
    setText(keys.opened, w.opened);
    setText(keys.closed, w.closed);
    if (model.activity === null || (model.activity === drawn && spoken === w.appName)) return;
    [drawn, spoken] = [model.activity, w.appName];
    draw(chart, model.activity);
    axis.replaceChildren(...axisTexts(model.activity).map((text) => h('span', {}, text)));
    const sum = (of: (bin: Activity['bins'][number]) => number): number => model.activity?.bins.reduce((n, b) => n + of(b), 0) ?? 0;
    chart.setAttribute('aria-label', w.activityBin(w.activityTitle, sum((b) => b.fires), sum((b) => b.opened), sum((b) => b.closed)));
  };
  return { element, render };
}

function draw(chart: SVGSVGElement, { bins }: Activity): void {
  chart.setAttribute('viewBox', `0 0 ${bins.length * slot} ${height}`);
  const highest = Math.max(4, ...bins.map((b) => Math.max(b.opened, b.fires) + b.closed));
  const scale = (height - 3) / highest;
  chart.replaceChildren(...bins.flatMap((bin, index) => {
    const x = index * slot + 1.5;
    // A fire opens its violation: the two are one event, so the fire's part is cut out of the bar, not added.
    const fires = bin.fires * scale;
    const others = Math.max(0, bin.opened - bin.fires) * scale;
    const closed = bin.closed * scale;
    const rect = (kind: string, y: number, size: number): SVGRectElement => svg('rect', { class: kind, x, y: y.toFixed(1), width: slot - 3, height: size.toFixed(1) });
    const parts = [rect('none', height - 2, 2)];
    if (closed > 0) parts.push(rect('closed', height - closed, closed));
    if (others > 0) parts.push(rect('opened', height - closed - others, others));
    if (fires > 0) parts.push(rect('fires', height - closed - others - fires, fires));
    const group = svg('g', {}, ...parts);
    const hint = svg('title');
    hint.textContent = words().activityBin(hourMinute(Date.parse(bin.at)), bin.fires, bin.opened, bin.closed);
    group.append(hint);
    return [group];
  }));
}

function axisTexts({ from, to }: Activity): string[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return Array.from({ length: ticks + 1 }, (_, i) => {
    if (i === ticks) return words().activityNow;
    const at = start + ((end - start) * i) / ticks;
    return i === 0 && beijingDay(at) !== beijingDay(end) ? `${words().activityYesterday} ${hourMinute(at)}` : hourMinute(at);
  });
}
