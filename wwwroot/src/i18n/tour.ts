import { language } from './index';

const zh = {
  title: '巡览',
  wholeCity: '全市',
  place: (n: number, of: number) => `${n}/${of}`,
  nextIn: (seconds: number, where: string) => `${seconds} 秒后：${where}`,
  paused: '已暂停，按空格继续',
  resting: (seconds: number) => `有人操作，${seconds} 秒后继续`,
  interrupted: '让位于警情，处置后继续',
  previous: '上一个县区',
  next: '下一个县区',
  pause: '暂停巡览',
  goOn: '继续巡览',

  upgradeReady: '新版本已就绪，空闲时自动更新',
  upgradeNow: '立即更新',
  upgradeFailed: '新版本未能载入，稍后再试',
  partMissing: '页面的一部分未能载入，空闲时重新载入',
  reloadNow: '立即重新载入',

  spots: '地图上的火点与县区',
  spotFire: (where: string, state: string) => `火点 ${where} ${state}`,
  spotCounty: (where: string, open: number, burning: number) => `${where} 未结 ${open}${burning > 0 ? `，燃烧 ${burning}` : ''}`,

  help: [
    ['空格', '巡览：暂停或继续（回放时为播放或暂停）'],
    ['← →', '巡览：上一个、下一个县区'],
    ['Tab', '依次进入地图、图上的火点与县区、工具、详情和各面板'],
    ['↑ ↓ ← →  + −', '地图获得焦点后：平移、缩放'],
    ['↑ ↓ Enter', '图上的火点与县区获得焦点后：下一个、上一个，打开'],
  ] as [string, string][],
};

const en: typeof zh = {
  title: 'Tour',
  wholeCity: 'Whole city',
  place: (n, of) => `${n}/${of}`,
  nextIn: (seconds, where) => `${where} in ${seconds} s`,
  paused: 'Paused, space goes on',
  resting: (seconds) => `In use, goes on in ${seconds} s`,
  interrupted: 'Waits for the alarm, then goes on',
  previous: 'Previous county',
  next: 'Next county',
  pause: 'Pause the tour',
  goOn: 'Go on with the tour',

  upgradeReady: 'A new version is ready and will be taken when nobody is using the wall',
  upgradeNow: 'Update now',
  upgradeFailed: 'The new version could not be loaded, it will be tried again',
  partMissing: 'A part of the page could not be loaded; it loads again when nobody is using the wall',
  reloadNow: 'Load again now',

  spots: 'Fires and counties on the map',
  spotFire: (where, state) => `Fire in ${where}, ${state}`,
  spotCounty: (where, open, burning) => `${where}: ${open} open${burning > 0 ? `, ${burning} burning` : ''}`,

  help: [
    ['Space', 'Tour: pause or go on (in a replay: play or pause)'],
    ['← →', 'Tour: previous and next county'],
    ['Tab', 'Goes to the map, the fires and counties on it, the tools, the card and the panels'],
    ['↑ ↓ ← →  + −', 'While the map has the focus: move and zoom'],
    ['↑ ↓ Enter', 'While a fire or county on the map has the focus: next, previous, open'],
  ],
};

/** Words of the tour, of a new version, and of the map by keyboard. */
export const tourWords = (): typeof zh => (language() === 'zh' ? zh : en);
