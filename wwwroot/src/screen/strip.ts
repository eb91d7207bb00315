import type { Feed } from '../api/types';
import { words } from '../i18n';
import { dustWords } from '../i18n/dust';
import { ago, clock, duration, hourMinute, longDate } from '../i18n/time';
import { createAccountMenu } from '../session/menu';
import { h, keyed, setAttribute, setText } from './dom';
import { isWorrying } from './dustCount';
import { showsSimulated, type Model } from './model';

export interface FeedState {
  kind: Feed['sourceKind'];
  /** Null where none of the kind ever gave a sign of life. */
  livelyAt: number | null;
  stale: boolean;
}

/** The last sign of life: a detection, or an answer without one. */
export function livelyAt(feed: Feed): number | null {
  const times = [feed.lastKnownAt, feed.lastGoodAt].filter((time) => time !== null).map((time) => Date.parse(time));
  return times.length === 0 ? null : Math.max(...times);
}

/** The server says it; between two readings the clock goes on. */
export const isStale = (feed: Feed, now: number): boolean => feed.state === 'stale' || (feed.staleAt !== null && now > Date.parse(feed.staleAt));

/** The newest of each kind of source, stale when all are of which something is expected: the strip has room for kinds, the panel lists every feed. */
export function feedStates(feeds: readonly Feed[], now: number): FeedState[] {
  return [...new Set(feeds.map((f) => f.sourceKind))].map((kind) => {
    const ofKind = feeds.filter((f) => f.sourceKind === kind);
    const expected = ofKind.filter((f) => f.staleAfter !== null);
    const times = ofKind.map(livelyAt).filter((time) => time !== null);
    return { kind, livelyAt: times.length === 0 ? null : Math.max(...times), stale: expected.length > 0 && expected.every((f) => isStale(f, now)) };
  });
}

export function createStrip(actions: { switchLanguage(): void; help(): void }) {
  const name = h('h1');
  const time = h('time');
  const date = h('span');
  const badge = h('span', { class: 'hatched', role: 'note' });
  const feeds = h('ul');
  const dustLamp = h('i', { class: 'lamp' });
  const dustName = h('span');
  const dustState = h('b');
  const dust = h('a', { class: 'dust', href: '/registers/#/monitors/health', hidden: '' }, dustLamp, dustName, dustState);
  const serverLamp = h('i', { class: 'lamp' });
  const serverName = h('span');
  const serverState = h('b');
  const server = h('span', { class: 'server' }, serverLamp, serverName, serverState);
  const language = h('button', { class: 'tool', type: 'button' });
  const help = h('button', { class: 'tool', type: 'button' }, '?');
  const account = createAccountMenu();
  language.addEventListener('click', actions.switchLanguage);
  help.addEventListener('click', actions.help);
  const element = h('header', { class: 'strip' }, name, badge, h('div', { class: 'clock' }, time, date), h('div', { class: 'states' }, feeds, dust, server, language, help, account.element));

  const banner = h('div', { class: 'banner', role: 'alert' });
  const edge = h('div', { class: 'edge', 'aria-hidden': 'true' });

  const render = (model: Model): void => {
    const w = words();
    setText(name, w.appName);
    setText(time, clock(model.now));
    setText(date, longDate(model.now));
    badge.hidden = !showsSimulated(model);
    setText(badge, w.simulated);
    badge.title = w.simulatedHint;
    setText(language, w.switchLanguage);
    account.render();
    setAttribute(language, 'lang', w.switchLanguage === 'English' ? 'en' : 'zh-CN');
    language.title = w.switchLanguageHint;
    setAttribute(help, 'aria-label', w.helpTitle);
    renderDust(model);
    renderServer(model);
    keyed(feeds, feedStates(model.feeds ?? [], model.now), (f) => f.kind, () => h('li', {}, h('i', { class: 'lamp' }), h('span'), h('b')), (li, f) => {
      li.className = f.stale ? 'stale' : '';
      li.children[0]?.classList.toggle('stale', f.stale);
      setText(li.children[1] as Element, w.sources[f.kind]);
      setText(li.children[2] as Element, f.livelyAt === null ? w.noFeed : ago(model.now - f.livelyAt));
    });
  };

  const renderDust = ({ dust: count }: Model): void => {
    dust.hidden = count === null || count.all === 0;
    if (count === null) return;
    const w = dustWords();
    setText(dustName, w.dust);
    setText(dustState, w.online(count.online, count.all));
    dust.title = w.dustHint(count.online, count.all, count.suspect);
    dust.classList.toggle('stale', isWorrying(count));
    dustLamp.classList.toggle('stale', isWorrying(count));
  };

  const renderServer = (model: Model): void => {
    const w = words();
    setText(serverName, w.server);
    setText(serverState, { starting: w.linkStarting, live: w.linkLive, polling: w.linkPolling, dead: w.linkDead }[model.link]);
    server.classList.toggle('stale', model.link === 'polling' || model.link === 'starting');
    serverLamp.classList.toggle('stale', model.link === 'polling' || model.link === 'starting');
    serverLamp.classList.toggle('dead', model.link === 'dead');
    const dead = model.link === 'dead';
    // By the minute: a live region that changes every second would never stop talking.
    const long = model.silentMs >= 60_000 ? w.staleFor(duration(model.silentMs)) : '';
    const said = dead ? (model.provenAt === null ? w.neverLoaded : w.staleSince(hourMinute(model.provenAt)) + long) : '';
    if (banner.dataset['said'] === said) return;
    banner.dataset['said'] = said;
    banner.replaceChildren(...(dead ? [h('strong', {}, said), h('span', {}, w.staleExplained)] : []));
  };

  return { element, edge, banner, render };
}
