import { language } from './index';

/** The words of the wall's filter. */

const zh = {
  title: '当前筛选',
  clear: '清除筛选 Esc',
  without: (part: string) => `取消筛选：${part}`,
  filter: (what: string, n: string) => `${what} ${n}，按此筛选地图`,
  found: (open: number, fires: number) => `符合 ${open} 件${fires > 0 ? `，其中火点 ${fires} 处` : ''}`,
  closed: (n: number) => `今日办结 ${n} 件`,
  noStream: '没有符合筛选的动态。',
};

const en: typeof zh = {
  title: 'Filter',
  clear: 'Clear filter Esc',
  without: (part) => `Remove filter: ${part}`,
  filter: (what, n) => `${what} ${n}, filter the map by it`,
  found: (open, fires) => `${open} match${fires > 0 ? `, ${fires} of them fires` : ''}`,
  closed: (n) => `${n} closed today`,
  noStream: 'Nothing of late matches the filter.',
};

export const filterWords = (): typeof zh => (language() === 'zh' ? zh : en);
