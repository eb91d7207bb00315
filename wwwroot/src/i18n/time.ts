import { language, words } from './index';

/** All times on the screen are Beijing time, wherever the screen hangs. */
const zone = 'Asia/Shanghai';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const format = (options: Intl.DateTimeFormatOptions, locale = 'zh-CN') => new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options });
const clockFormat = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minuteFormat = format({ hour: '2-digit', minute: '2-digit' });
const dateFormats = {
  zh: [format({ year: 'numeric', month: 'long', day: 'numeric' }), format({ weekday: 'long' })],
  en: [format({ year: 'numeric', month: 'short', day: 'numeric' }, 'en-GB'), format({ weekday: 'short' }, 'en-GB')],
};
const dayFormat = format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');

export const clock = (at: number): string => clockFormat.format(at);
export const hourMinute = (at: number): string => minuteFormat.format(at);
export const longDate = (at: number): string => dateFormats[language()].map((f) => f.format(at)).join(' ');
/** yyyy-mm-dd in Beijing. */
export const beijingDay = (at: number): string => dayFormat.format(at);

/** A time of today by the clock, of another day with its date. */
export function moment(at: number, now: number): string {
  const date = beijingDay(at);
  if (date === beijingDay(now)) return minuteFormat.format(at);
  const sameYear = date.slice(0, 4) === beijingDay(now).slice(0, 4);
  return `${sameYear ? date.slice(5) : date} ${minuteFormat.format(at)}`;
}

export function duration(ms: number): string {
  const w = words();
  const length = Math.max(0, ms);
  if (length < minute) return w.seconds(Math.floor(length / 1000));
  if (length < hour) return w.minutes(Math.floor(length / minute));
  if (length < day) return w.hours(Math.floor(length / hour), Math.floor((length % hour) / minute));
  return w.days(Math.floor(length / day), Math.floor((length % day) / hour));
}

/** In one unit, for narrow places. */
export function shortDuration(ms: number): string {
  const w = words();
  if (ms >= day) return w.days(Math.floor(ms / day), 0);
  if (ms >= hour) return w.hours(Math.floor(ms / hour), 0);
  return duration(ms);
}

export function ago(ms: number): string {
  return ms < minute ? words().justNow : words().ago(shortDuration(ms));
}
