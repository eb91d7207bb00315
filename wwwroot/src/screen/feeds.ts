import type { Feed } from '../api/types';
import { words } from '../i18n';
import { feedErrorInWords, feedInWords } from '../i18n/feeds';
import { ago } from '../i18n/time';
import { h, keyed, setText } from './dom';
import type { Model } from './model';
import { isStale, livelyAt } from './strip';

const shown = 6;

const isAmiss = (feed: Feed, now: number): boolean => feed.state === 'failing' || isStale(feed, now);

/** Every source with its age: a wall without news may be a calm city or a dead camera. */
export function createFeeds() {
  const title = h('h2');
  const list = h('ul');
  const empty = h('p', { class: 'empty' });
  const element = h('section', { class: 'panel feeds' }, title, list, empty);

  const render = (model: Model): void => {
    const w = words();
    setText(title, w.feedsTitle);
    // What is not as expected comes first: with room for six it must not fall off the list.
    const feeds = (model.feeds ?? []).toSorted((a, b) => Number(isAmiss(b, model.now)) - Number(isAmiss(a, model.now)) || (livelyAt(b) ?? 0) - (livelyAt(a) ?? 0)).slice(0, shown);
    empty.hidden = feeds.length > 0;
    setText(empty, model.feeds === null ? w.loading : w.feedsEmpty);
    keyed(list, feeds, (f) => `${f.feed}/${f.sourceKind}/${f.simulated}`, () => h('li', {}, h('i', { class: 'lamp' }), h('span', { class: 'name' }), h('span', { class: 'hatched' }), h('span', { class: 'when' })), (li, feed) => {
      const [lamp, name, badge, when] = [...li.children] as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
      lamp.classList.toggle('stale', isAmiss(feed, model.now));
      const at = livelyAt(feed);
      const how = feed.lastError === null ? w.feedToday(feed.today) : feedErrorInWords(feed.lastError.code);
      setText(when, at === null ? how : `${how} · ${ago(model.now - at)}`);
      li.title = feed.lastError?.code ?? '';
      setText(name, `${w.sources[feed.sourceKind]} ${feedInWords(feed.feed)}`);
      badge.hidden = !feed.simulated;
      setText(badge, w.simulatedShort);
    });
  };
  return { element, render };
}
