import type { EChartsCoreOption } from 'echarts/core';

/** What a series means; its colour and pattern follow from it. */
export type Tone = 'opened' | 'closed' | 'critical' | 'serious' | 'ordinary' | 'first' | 'second' | 'third' | 'fourth' | 'fifth';

export interface ChartSeries {
  readonly name: string;
  /** One for each category; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly tone: Tone;
  readonly kind: 'bar' | 'line';
}

export interface ChartSpec {
  /** Names the chart apart from its language. */
  readonly id: string;
  readonly title: string;
  /** In words, for those who do not see it. */
  readonly description: string;
  readonly categoryTitle: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** `%`: values are 0 to 100. Otherwise whole numbers. */
  readonly unit: string;
  /** Categories stand one below the other. */
  readonly lying?: boolean;
  /** Of a single series: each category has a meaning of its own. */
  readonly categoryTones?: readonly Tone[];
}

export interface ChartColours {
  readonly font: string;
  readonly text: string;
  readonly soft: string;
  readonly grid: string;
  readonly ground: string;
  readonly tones: Readonly<Record<Tone, string>>;
}

const symbols: Readonly<Partial<Record<Tone, string>>> = { first: 'circle', second: 'rect', third: 'triangle', fourth: 'diamond', fifth: 'pin' };

/** Hollow bars, dashes and signs: what colour tells is told by form, too. */
function seriesOption(series: ChartSeries, spec: ChartSpec, colours: ChartColours): Record<string, unknown> {
  const colour = colours.tones[series.tone];
  // A hollow bar of nothing would still draw its rim.
  const values = series.kind === 'bar' ? series.values.map((n) => (n === 0 ? null : n)) : series.values;
  const data = values.map((value, i) => { const tone = spec.categoryTones?.[i]; return tone === undefined ? value : { value, itemStyle: { color: colours.tones[tone] } }; });
  const common = { name: series.name, type: series.kind, data, animation: false };
  if (series.kind === 'line') {
    return { ...common, symbol: symbols[series.tone] ?? 'circle', symbolSize: 7, connectNulls: true, lineStyle: { color: colour, width: 2, type: series.tone === 'closed' ? 'dashed' : 'solid' }, itemStyle: { color: colour } };
  }
  const hollow = series.tone === 'closed';
  return {
    ...common,
    barMaxWidth: spec.lying === true ? 22 : 16,
    itemStyle: hollow ? { color: colours.ground, borderColor: colour, borderWidth: 1.4 } : { color: colour, ...(spec.lying === true ? {} : { borderRadius: [2, 2, 0, 0] }) },
    ...(spec.lying === true ? { label: { show: true, position: 'right', color: colours.text } } : {}),
  };
}

/** The drawing by ECharts. Everything inline is written on the canvas: the content policy allows no style from text. */
export function chartOption(spec: ChartSpec, colours: ChartColours): EChartsCoreOption {
  const category = {
    type: 'category', data: [...spec.categories], axisLine: { lineStyle: { color: colours.grid } }, axisTick: { show: false }, axisLabel: { color: colours.soft, hideOverlap: true },
    ...(spec.lying === true ? { inverse: true } : {}),
  };
  const value = {
    type: 'value', minInterval: spec.unit === '%' ? 25 : 1, ...(spec.unit === '%' ? { min: 0, max: 100 } : {}),
    axisLabel: { color: colours.soft, formatter: spec.unit === '%' ? '{value}%' : '{value}' }, splitLine: { lineStyle: { color: colours.grid } },
  };
  return {
    animation: false,
    textStyle: { color: colours.text, fontFamily: colours.font },
    aria: { enabled: true, label: { enabled: true, description: spec.description } },
    grid: { left: 8, right: spec.lying === true ? 44 : 12, top: spec.series.length > 1 ? 34 : 12, bottom: 6, containLabel: true },
    legend: { show: spec.series.length > 1, top: 0, left: 0, textStyle: { color: colours.text }, selectedMode: false, itemWidth: 18, itemHeight: 10 },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: { type: spec.series.some((s) => s.kind === 'bar') ? 'shadow' : 'line' } },
    xAxis: spec.lying === true ? value : category,
    yAxis: spec.lying === true ? category : value,
    series: spec.series.map((s) => seriesOption(s, spec, colours)),
  };
}

/** The same numbers as rows: categories that have none of them are left out, unless all are. */
export function chartRows(spec: ChartSpec): { category: string; values: string[] }[] {
  const text = (n: number | null): string => (n === null ? '–' : spec.unit === '%' ? `${Math.round(n)}%` : String(n));
  const rows = spec.categories.map((category, i) => ({ category, values: spec.series.map((s) => s.values[i] ?? null) }));
  const told = rows.filter((r) => r.values.some((n) => n !== null && n !== 0));
  return (told.length === 0 ? rows.slice(-1) : told).map((r) => ({ category: r.category, values: r.values.map(text) }));
}
