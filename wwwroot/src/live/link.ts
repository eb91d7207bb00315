/**
 * Is what the wall shows true now? Only a reading of the log that succeeded proves it; an open socket proves nothing, for a
 * pulled cable closes none.
 */
export interface Link {
  /** When the log was last read to its head, unix ms; null before the first time. */
  readonly provenAt: number | null;
  /** The doorbell is connected. Without it the wall still works, by asking every few seconds. */
  readonly hub: boolean;
  /** The last reading failed. */
  readonly failing: boolean;
}

export type LinkStatus = 'starting' | 'live' | 'polling' | 'dead';

/** A stale wall must say so within 30 s: a reading starts every 10 s and is given 8 s. */
export const pollEveryMs = 10_000;
export const oldestProofMs = 22_000;

export const unlinked: Link = { provenAt: null, hub: false, failing: false };

export function linkStatus(link: Link, now: number): LinkStatus {
  if (link.provenAt === null) return link.failing ? 'dead' : 'starting';
  if (now - link.provenAt > oldestProofMs) return 'dead';
  if (link.failing && !link.hub) return 'dead';
  return link.hub ? 'live' : 'polling';
}

/** Milliseconds until the next try after so many failures in a row: quick at first, never slower than 5 s, for ever. */
export function retryDelayMs(failures: number): number {
  return Math.min(5000, 500 * 2 ** Math.min(failures - 1, 10));
}
