import { words } from '../i18n';
import { beijingDay, clock, hourMinute } from '../i18n/time';
import { h, setAttribute, setText } from './dom';
import { countyName, type Model, type ReplayView } from './model';

/** 11-26 14:05, with seconds while it plays, and the year where it is another than now. */
export function replayTime(moment: number, now: number, exact: boolean): string {
  const date = beijingDay(moment);
  return `${date.slice(0, 4) === beijingDay(now).slice(0, 4) ? date.slice(5) : date} ${exact ? clock(moment) : hourMinute(moment)}`;
}

/** Says that the wall shows the past, of when, what is not told, and what goes on meanwhile; leads back. */
export function createReplayBanner(actions: { live(): void; retry(): void }) {
  const title = h('strong');
  const note = h('span', { class: 'note' });
  const news = h('p', { class: 'news', role: 'alert' });
  const retry = h('button', { type: 'button', class: 'retry' });
  const live = h('button', { type: 'button', class: 'live' });
  const said = h('p', { class: 'unseen', role: 'status' });
  const element = h('section', { class: 'replay-banner', hidden: '' }, h('div', {}, title, note), news, retry, live, said);
  const frame = h('div', { class: 'replay-frame', 'aria-hidden': 'true', hidden: '' });
  retry.addEventListener('click', actions.retry);
  live.addEventListener('click', actions.live);

  const render = (model: Model, now: number): void => {
    const { replay } = model;
    element.hidden = replay === null;
    frame.hidden = replay === null;
    if (replay === null) {
      setText(said, '');
      return;
    }
    const w = words();
    setText(title, w.replayBanner(replayTime(replay.moment, now, replay.playing)));
    setText(note, noteOf(replay));
    setText(news, replay.news === null ? '' : w.replayNews(countyName(model, replay.news.county), hourMinute(replay.news.at)));
    setText(retry, w.retry);
    retry.hidden = replay.status !== 'failed';
    live.replaceChildren(...(live.dataset['said'] === w.backToLive ? [...live.childNodes] : [w.backToLive, h('kbd', { 'aria-hidden': 'true' }, 'L')]));
    live.dataset['said'] = w.backToLive;
    setAttribute(element, 'aria-label', w.replay);
    // A moment that runs would never stop talking.
    if (!replay.playing && replay.status !== 'loading') setText(said, `${w.replayBanner(replayTime(replay.moment, now, false))} ${noteOf(replay)}`);
  };
  return { element, frame, render };
}

function noteOf(replay: ReplayView): string {
  const w = words();
  switch (replay.status) {
    case 'loading':
      return w.replayLoading;
    case 'waiting':
      return w.replayWaiting;
    case 'failed':
      return w.replayFailed;
    case 'forgotten':
      return w.replayForgotten;
    case 'ready':
      if (replay.isBlank) return w.replayNothing;
      return w.replayLimits + (replay.notDrawn > 0 ? w.replayNotDrawn(replay.notDrawn) : '');
  }
}
