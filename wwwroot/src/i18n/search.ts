import { inLanguage, type Word } from './facts';
import { language } from './index';

const kinds: Readonly<Record<string, Word>> = {
  place: ['坐标', 'Position'], county: ['县（市、区）', 'County'], zone: ['管控区域', 'Zone'], boiler: ['锅炉', 'Boiler'], plant: ['电厂', 'Plant'], site: ['工地', 'Site'],
  machine: ['机械', 'Machine'], land: ['裸地', 'Bare land'], yard: ['堆场', 'Yard'], road: ['道路', 'Road'], station: ['空气站', 'Air station'], park: ['园区', 'Park'],
  enterprise: ['企业', 'Enterprise'], monitor: ['监测设备', 'Monitor'], inspection: ['检查', 'Inspection'], finding: ['巡查发现', 'Finding'], heatSource: ['工业热源', 'Heat source'],
};

const systems: Readonly<Record<string, Word>> = {
  CGCS2000: ['国家 2000', 'CGCS2000'], WGS84: ['WGS 84', 'WGS 84'], GCJ02: ['高德、腾讯（GCJ-02）', 'Amap, Tencent (GCJ-02)'], BD09: ['百度（BD-09）', 'Baidu (BD-09)'],
};

const zh = {
  label: '搜索县区、台账、区域、坐标',
  hint: '名称、编号、拼音首字母或坐标',
  none: (q: string) => `没有找到“${q}”`,
  found: (n: number) => `${n} 条结果`,
  searching: '正在搜索…',
  failed: '搜索失败，请重试',
  outside: '市域外',
  nowhere: '位置不详',
  clear: '清除',
};

const en: typeof zh = {
  label: 'Search counties, registers, zones, coordinates',
  hint: 'Name, code, pinyin initials or coordinates',
  none: (q) => `Nothing found for “${q}”`,
  found: (n) => `${n} results`,
  searching: 'Searching…',
  failed: 'The search failed, try again',
  outside: 'outside the city',
  nowhere: 'place unknown',
  clear: 'Clear',
};

export const searchWords = (): typeof zh => (language() === 'zh' ? zh : en);
export const kindInWords = (kind: string): string => inLanguage(kinds[kind] ?? [kind, kind], language());
export const systemInWords = (system: string): string => inLanguage(systems[system] ?? [system, system], language());
