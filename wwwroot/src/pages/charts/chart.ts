import { pageWords } from '../../i18n/pages';
import { h } from '../../screen/dom';
import { onPaper, paperWidth } from '../paper';
import { table } from '../table';
import type { ChartDrawing } from './drawing';
import { chartRows, type ChartColours, type ChartSpec, type Tone } from './options';

const tones: readonly Tone[] = ['opened', 'closed', 'critical', 'serious', 'ordinary', 'first', 'second', 'third', 'fourth', 'fifth'];

/** The tokens of where it is drawn: on paper they are black on white. */
function coloursOf(host: HTMLElement): ChartColours {
  const style = getComputedStyle(host);
  const token = (name: string): string => style.getPropertyValue(`--chart-${name}`).trim();
  return { font: style.fontFamily, text: token('text'), soft: token('soft'), grid: token('grid'), ground: token('ground'), tones: Object.fromEntries(tones.map((t) => [t, token(t)])) as Record<Tone, string> };
}

/** A figure with a chart and the same numbers as a table. It stays while its numbers change, so that the drawing does not blink. */
export class ChartFigure {
  readonly element: HTMLElement;
  private readonly caption = h('figcaption');
  private readonly host = h('div', { class: 'chart-host', role: 'img' });
  private readonly summary = h('summary');
  private readonly rows = h('div');
  private readonly failed = h('p', { class: 'empty', hidden: '' });
  private drawing: ChartDrawing | null = null;
  private asked = false;
  private spec: ChartSpec | null = null;

  constructor(id: string) {
    this.element = h('figure', { class: 'chart', 'data-chart': id, 'data-state': 'waiting' }, this.caption, this.host, this.failed, h('details', { class: 'chart-table' }, this.summary, this.rows));
    new ResizeObserver(() => this.resize()).observe(this.host);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
    onPaper(() => {
      this.redraw();
      this.resize();
    });
  }

  show(spec: ChartSpec): void {
    this.spec = spec;
    this.caption.textContent = spec.title;
    this.host.setAttribute('aria-label', spec.description);
    this.summary.textContent = `${pageWords().table} · ${spec.title}`;
    this.rows.replaceChildren(table(spec.title, [{ title: spec.categoryTitle }, ...spec.series.map((s) => ({ title: s.name, number: true }))],
      chartRows(spec).map(({ category, values }) => ({ cells: [category, ...values.map((number) => ({ number }))] }))));
    this.failed.textContent = pageWords().chartFailed;
    this.redraw();
  }

  private redraw(): void {
    if (this.spec === null) return;
    if (this.drawing !== null) this.drawing.draw(this.spec, coloursOf(this.host));
    else if (!this.asked) void this.begin();
  }

  private async begin(): Promise<void> {
    this.asked = true;
    try {
      const { ChartDrawing: Drawing } = await import('./drawing');
      this.drawing = new Drawing(this.host);
      this.element.dataset['state'] = 'drawn';
      this.redraw();
    } catch {
      // The table tells the same; the next page tries again.
      this.element.dataset['state'] = 'failed';
      this.failed.hidden = false;
      this.host.hidden = true;
    }
  }

  private resize(): void {
    // An element that is not shown has no width, and a chart of none cannot be drawn.
    if (this.host.clientWidth > 0) this.drawing?.resize(paperWidth(this.host));
  }
}
