import * as calls from '../api/calls';
import { ApiProblem, serverNow } from '../api/http';
import type { LogEvent } from '../api/types';
import { listen } from './hub';
import { linkStatus, pollEveryMs, retryDelayMs, unlinked, type Link, type LinkStatus } from './link';

export interface Watcher {
  /** What happened since the page was opened, in order, each once. */
  happened(events: readonly LogEvent[]): void;
  /** The log was replaced or trimmed: anything may have changed. */
  lost(): void;
  link(status: LinkStatus, provenAt: number | null): void;
  /** The log was read to its head: what follows it is true as of now, unix ms. */
  proven?(at: number): void;
}

/** Follows the log from its head on, for pages that read what they show by themselves and only need to know when to read again. */
export function watchLog(watcher: Watcher): { readonly status: LinkStatus; hurry(): void } {
  let place: { epoch: string; seq: number } | null = null;
  let link: Link = unlinked;
  let status: LinkStatus = 'starting';
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let reading = false;
  let again = false;

  const report = (): void => {
    const now = linkStatus(link, Date.now());
    if (now === status && now !== 'dead') return;
    status = now;
    watcher.link(status, link.provenAt === null ? null : link.provenAt + (serverNow() - Date.now()));
  };
  const setLink = (change: Partial<Link>): void => {
    link = { ...link, ...change };
    report();
  };
  const toHead = async (): Promise<void> => {
    for (;;) {
      if (place === null) {
        const first = await calls.events(0, null, 1);
        place = { epoch: first.epoch, seq: first.last };
      }
      const page = await calls.events(place.seq, place.epoch);
      place = { epoch: page.epoch, seq: page.events.at(-1)?.seq ?? page.last };
      if (page.events.length > 0) watcher.happened(page.events);
      if (place.seq >= page.last) return;
    }
  };
  const round = async (): Promise<void> => {
    try {
      await toHead();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 410) throw error;
      place = null;
      await toHead();
      watcher.lost();
    }
  };
  const read = (): void => {
    if (reading) {
      again = true;
      return;
    }
    if (timer !== null) clearTimeout(timer);
    reading = true;
    void round().then(
      () => {
        failures = 0;
        setLink({ provenAt: Date.now(), failing: false });
        watcher.proven?.(serverNow());
        return pollEveryMs;
      },
      () => {
        failures += 1;
        setLink({ failing: true });
        return retryDelayMs(failures);
      },
    ).then((delayMs) => {
      reading = false;
      timer = setTimeout(read, again ? 0 : delayMs);
      again = false;
    });
  };

  const hub = listen({ rang: read, connected: (is) => { setLink({ hub: is }); if (!is) read(); } });
  const hurry = (): void => { hub.hurry(); read(); };
  addEventListener('online', hurry);
  addEventListener('offline', () => { setLink({ failing: true }); read(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) hurry(); });
  setInterval(report, 1000);
  read();
  return { get status() { return status; }, hurry };
}
