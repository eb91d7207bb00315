import { inLanguage, type Word } from './facts';
import { language } from './index';

/** Why a feed failed, by the server's code; short enough for a line of the wall. */
export const feedErrorWords: Readonly<Record<string, Word>> = {
  'server-error': ['对方服务器出错', 'its server fails'],
  'too-many-requests': ['对方要求稍后再取', 'asked to come later'],
  'key-refused': ['密钥被拒或配额用尽', 'key refused or quota spent'],
  'quota-spent': ['本机配额用尽', 'our quota is spent'],
  'html-answer': ['返回的是网页', 'a web page came'],
  'json-answer': ['返回的不是数据', 'no data came'],
  'not-firms-csv': ['文件格式不符', 'not a FIRMS file'],
  'not-himawari-csv': ['文件格式不符', 'not a Himawari file'],
  'not-json': ['文件格式不符', 'not JSON'],
  'line-too-long': ['文件格式不符', 'a line without end'],
  'no-row-readable': ['数据无法读取', 'no row can be read'],
  'empty-answer': ['返回为空', 'empty answer'],
  'answer-too-large': ['返回数据过大', 'answer too large'],
  'body-too-large': ['返回数据过大', 'answer too large'],
  'broken-gzip': ['压缩文件损坏', 'broken gzip'],
  'broken-off': ['传输中断', 'broken off'],
  timeout: ['超时', 'timed out'],
  unreachable: ['无法连接', 'cannot be reached'],
  redirected: ['地址已变更', 'sent elsewhere'],
  refused: ['对方拒绝访问', 'access refused'],
  'request-refused': ['请求被拒', 'request refused'],
  'not-there': ['地址无内容', 'nothing at the address'],
  'old-data': ['返回的是旧数据', 'old data came'],
  'future-data': ['返回的是未来时间的数据', 'data of the future came'],
  'nothing-new': ['长时间无新文件', 'no new file for long'],
  'folder-unreadable': ['文件夹无法读取', 'folder unreadable'],
  'file-unreadable': ['文件无法打开', 'file unreadable'],
  'file-not-moved': ['文件无法移走', 'file cannot be moved'],
  'database-unavailable': ['等待数据库', 'waits for the database'],
  'no-city': ['尚无县界', 'no counties loaded'],
};

const other: Word = ['取数失败', 'failed'];

/** A code that this client does not know yet still says that something failed. */
export const feedErrorInWords = (code: string): string => inLanguage(feedErrorWords[code] ?? other, language());

const kinds: Readonly<Record<string, Word>> = {
  firms: ['定时获取', 'asked by us'],
  himawari: ['定时获取', 'asked by us'],
  folder: ['监视文件夹', 'folder'],
  webhook: ['平台推送', 'webhook'],
  delivered: ['接口上报', 'delivered'],
};

/** How the feed comes in. */
export const feedKindInWords = (kind: string): string => (kinds[kind] === undefined ? kind : inLanguage(kinds[kind], language()));

/** Feeds of the product's own; the others are called as they were set up. */
const feedNames: Readonly<Record<string, Word>> = {
  direct: ['人工上报', 'by hand'],
  firms: ['FIRMS', 'FIRMS'],
  simulator: ['模拟器', 'simulator'],
};

export const feedInWords = (feed: string): string => (feedNames[feed] === undefined ? feed : inLanguage(feedNames[feed], language()));
