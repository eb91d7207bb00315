import { words } from '../i18n';
import { ago } from '../i18n/time';
import { h, keyed, setText } from './dom';
import type { Model } from './model';
import { isStale } from './strip';

const shown = 6;

/** Every source with its age: a wall without news may be a calm city or a dead camera. */
export function createFeeds() {
  const title = h('h2');
  const list = h('ul');
  const empty = h('p', { class: 'empty' });
  const element = h('section', { class: 'panel feeds' }, title, list, empty);

  const render = (model: Model): void => {
    const w = words();
    setText(title, w.feedsTitle);
    const feeds = (model.feeds ?? []).toSorted((a, b) => Date.parse(b.lastKnownAt) - Date.parse(a.lastKnownAt)).slice(0, shown);
    empty.hidden = feeds.length > 0;
    setText(empty, model.feeds === null ? w.loading : w.feedsEmpty);
    keyed(list, feeds, (f) => `${f.feed}/${f.sourceKind}/${f.simulated}`, () => h('li', {}, h('i', { class: 'lamp' }), h('span', { class: 'name' }), h('span', { class: 'hatched' }), h('span', { class: 'when' })), (li, feed) => {
      const [lamp, name, badge, when] = [...li.children] as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
      lamp.classList.toggle('stale', isStale(feed, model.now));
      setText(when, `${w.feedToday(feed.today)} · ${ago(model.now - Date.parse(feed.lastKnownAt))}`);
      setText(name, `${w.sources[feed.sourceKind]} ${feed.feed}`);
      badge.hidden = !feed.simulated;
      setText(badge, w.simulatedShort);
    });
  };
  return { element, render };
}
