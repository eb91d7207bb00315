import { language } from './index';

/** The words of base maps. */

const zh = {
  title: '底图',
  none: '无',
  broken: '底图不可用',
  credit: (text: string) => `底图：${text}`,
};

export type BaseMapWords = typeof zh;

const en: BaseMapWords = {
  title: 'Base map',
  none: 'none',
  broken: 'Base map unavailable',
  credit: (text) => `Base map: ${text}`,
};

export const baseMapWords = (): BaseMapWords => (language() === 'zh' ? zh : en);
/** For tests: both tables. */
export const baseMapTables = { zh, en };
