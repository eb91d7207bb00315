import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { chartOption, type ChartColours, type ChartSpec } from './options';

// A chunk of its own, asked for where a chart comes into view: only the parts that are used.
use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

/** So sharp that print does not blur. */
const leastPixelRatio = 2;

/** A chart on its host, which has a size. */
export class ChartDrawing {
  private readonly chart: EChartsType;

  constructor(host: HTMLElement) {
    this.chart = init(host, null, { renderer: 'canvas', devicePixelRatio: Math.max(leastPixelRatio, devicePixelRatio) });
  }

  /** At once, so that a page that is about to be printed shows it. */
  draw(spec: ChartSpec, colours: ChartColours): void {
    this.chart.setOption(chartOption(spec, colours), { notMerge: true, lazyUpdate: false });
    this.chart.getZr().flush();
  }

  /** @param width CSS pixels; the host's own where absent. A width that was given once holds until it is said to be the host's again. */
  resize(width?: number): void {
    this.chart.resize({ width: width ?? 'auto' });
    this.chart.getZr().flush();
  }

  dispose(): void {
    this.chart.dispose();
  }
}
