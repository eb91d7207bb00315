import { describe, expect, it } from 'vitest';
import { linkStatus, oldestProofMs, pollEveryMs, retryDelayMs, unlinked } from '../src/live/link';

const patienceOfAReadingMs = 8000;

describe('The link', () => {
  it('is starting before anything was read, and dead when that fails', () => {
    expect(linkStatus(unlinked, 0)).toBe('starting');
    expect(linkStatus({ ...unlinked, failing: true }, 0)).toBe('dead');
  });

  it('is live with the doorbell and polling without', () => {
    expect(linkStatus({ provenAt: 0, hub: true, failing: false }, 5000)).toBe('live');
    expect(linkStatus({ provenAt: 0, hub: false, failing: false }, 5000)).toBe('polling');
  });

  it('is dead at once when the socket closes and the log cannot be read', () => {
    expect(linkStatus({ provenAt: 0, hub: false, failing: true }, 1000)).toBe('dead');
  });

  it('is dead within 30 s when a cable is pulled and the socket still seems open', () => {
    expect(linkStatus({ provenAt: 0, hub: true, failing: true }, oldestProofMs + 1)).toBe('dead');
    expect(oldestProofMs + 1000).toBeLessThan(30_000);
  });

  it('outlives one slow reading', () => {
    expect(linkStatus({ provenAt: 0, hub: true, failing: false }, pollEveryMs + patienceOfAReadingMs)).toBe('live');
  });

  it('is tried again for ever, at most 5 s apart', () => {
    expect(retryDelayMs(1)).toBe(500);
    expect(retryDelayMs(1_000_000)).toBe(5000);
  });
});
