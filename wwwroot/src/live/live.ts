import * as calls from '../api/calls';
import { serverNow } from '../api/http';
import type { LogEvent } from '../api/types';
import { CountyBook, type CountyNumbers } from './counties';
import { LogFollower, type LogSource } from './follower';
import { listen } from './hub';
import { linkStatus, pollEveryMs, retryDelayMs, unlinked, type Link, type LinkStatus } from './link';
import type { LiveState } from './state';
import { streamReach } from './stream';

export interface LiveListener {
  /** Events as they are read, before the state that contains them; null where a snapshot takes their place. */
  heard(events: readonly LogEvent[] | null): void;
  state(state: LiveState): void;
  counties(numbers: CountyNumbers): void;
  link(status: LinkStatus, provenAt: number | null): void;
}

export interface Live {
  readonly state: LiveState | null;
  readonly counties: CountyNumbers | null;
  readonly status: LinkStatus;
  /** Reads the log now, for instance after the user changed something. */
  catchUp(): void;
}

const togetherMs = 150; // news waits so long for the numbers that were asked for with it: the map's frame between the two may keep the processor for longer
const countiesEveryMs = 30_000; // deadlines pass and days begin without an event

/** The live side of a page: follows the log, the county numbers and the health of the link, from now on. */
export function goLive(listener: LiveListener): Live {
  let link: Link = unlinked;
  let status: LinkStatus = 'starting';
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  let news: LiveState | null = null;
  const give = (): void => {
    const state = news;
    news = null;
    if (state !== null) listener.state(state);
  };
  const book = new CountyBook(calls.counties, (numbers) => {
    give();
    listener.counties(numbers);
  });
  const follower = new LogFollower(serverLog, (state) => {
    news = state;
    if (book.isAsking) setTimeout(give, togetherMs);
    else give();
    book.reach(state);
  }, (events) => listener.heard(events));

  const setLink = (change: Partial<Link>): void => {
    link = { ...link, ...change };
    report();
  };
  const report = (): void => {
    const now = linkStatus(link, Date.now());
    if (now === status && now !== 'dead') return;
    status = now;
    listener.link(status, link.provenAt === null ? null : link.provenAt + (serverNow() - Date.now()));
  };
  const read = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    void follower.catchUp().then(
      () => {
        failures = 0;
        setLink({ provenAt: Date.now(), failing: false });
        schedule(pollEveryMs);
      },
      () => {
        failures += 1;
        setLink({ failing: true });
        schedule(retryDelayMs(failures));
      },
    );
  };
  const schedule = (delayMs: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(read, delayMs);
  };
  const ring = (): void => {
    read();
    book.refresh();
  };

  const hub = listen({ rang: ring, connected: (is) => { setLink({ hub: is }); if (!is) read(); } });
  const wake = (): void => { hub.hurry(); ring(); };
  addEventListener('online', wake);
  addEventListener('offline', () => { setLink({ failing: true }); read(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });
  setInterval(report, 1000);
  setInterval(() => book.refresh(), countiesEveryMs);
  ring();

  return {
    get state() { return follower.state; },
    get counties() { return book.numbers; },
    get status() { return status; },
    catchUp: ring,
  };
}

const serverLog: LogSource = {
  events: (after, epoch) => calls.events(after, epoch),
  latest: async (until, epoch) => (await calls.latestEvents(until, epoch, streamReach)).events,
  burning: () => calls.allPages(calls.burningFiresPage()),
  openViolations: () => calls.allPages(calls.openViolationsPage()),
};
