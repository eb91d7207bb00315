import { language } from './index';

/** The words of the wall's picture. */

const zh = {
  button: '快照',
  hint: '把当前画面存为 PNG 图片（S）',
  busy: '正在生成…',
  saved: (file: string) => `已保存 ${file}`,
  failed: '快照生成失败',
  unavailable: '地图不可用，无法生成快照',
  beijing: (text: string) => `${text}（北京时间）`,
  asKnown: (text: string) => `${text}（北京时间，按当时所知）`,
  stopped: '数据停更，画面为此刻所知',
  notYet: '回放数据尚未读取完毕',
  legend: '图例',
  layers: (names: string) => `显示图层：${names}`,
  usualLayers: '默认图层',
  filter: (parts: string) => `筛选：${parts}`,
  selected: (name: string) => `选中：${name}`,
  source: (seq: number) => `数据来源：临汾大气一张图（日志第 ${seq} 号）　县界仅供示意，不作划界依据　CGCS2000，墨卡托投影`,
  file: '临汾大气一张图',
  help: [['S', '把当前画面存为图片']] as [string, string][],
};

export type SnapshotWords = typeof zh;

const en: SnapshotWords = {
  button: 'Snapshot',
  hint: 'Save the present view as a PNG (S)',
  busy: 'Drawing…',
  saved: (file) => `Saved ${file}`,
  failed: 'The snapshot could not be made',
  unavailable: 'Without a map there is no snapshot',
  beijing: (text) => `${text} Beijing time`,
  asKnown: (text) => `${text} Beijing time, as known then`,
  stopped: 'updates have stopped; shown as of this moment',
  notYet: 'the replayed moment is not read completely yet',
  legend: 'Legend',
  layers: (names) => `Layers: ${names}`,
  usualLayers: 'as usual',
  filter: (parts) => `Filter: ${parts}`,
  selected: (name) => `Selected: ${name}`,
  source: (seq) => `Source: Linfen Air Map, log ${seq}. Boundaries are for orientation only. CGCS2000, Mercator projection`,
  file: '临汾大气一张图',
  help: [['S', 'Save the present view as a picture']],
};

export const snapshotWords = (): SnapshotWords => (language() === 'zh' ? zh : en);
/** For tests: both tables. */
export const snapshotTables = { zh, en };
