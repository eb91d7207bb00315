import { describe, expect, it } from 'vitest';
import { LogFollower } from '../src/live/follower';
import { digest, type LiveState } from '../src/live/state';
import { longestStream } from '../src/live/stream';
import { fire, MemoryLog } from './log';

async function streamOf(fill: (log: MemoryLog) => void) {
  const log = new MemoryLog();
  fill(log);
  const follower = new LogFollower(log, () => {});
  await follower.catchUp();
  return follower.state?.stream ?? [];
}

describe('The stream', () => {
  it('shows a fire and the violation that it opens as one line', async () => {
    const rows = await streamOf((log) => log.detect('a'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ what: 'fire', fire: 'a', article: 36, who: '洪洞县人民政府', severity: 'critical' });
  });

  it('shows a verdict and the closing that follows from it as one line, with its duration', async () => {
    const rows = await streamOf((log) => {
      log.detect('a');
      log.end('a');
    });
    expect(rows.map((r) => r.what)).toEqual(['ended', 'fire']);
    expect(rows[0]).toMatchObject({ article: 36, lastedMs: 3_600_000 });
  });

  it('adds no line for a joining detection but refreshes the fire that it joins', async () => {
    const rows = await streamOf((log) => {
      log.detect('a');
      log.append('fire.updated', 'a', fire('a', 'suspected', { sources: { video: 1, phone: 1 }, detections: 2 }));
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.sources).toEqual(['video', 'phone']);
  });

  it('is not washed away by monitors that speak every minute, for who listens and for who comes', async () => {
    const log = new MemoryLog();
    const listening = new LogFollower(log, () => {});
    log.detect('a');
    await listening.catchUp();
    for (let i = 0; i < 3_000; i += 1) log.append('reading.stored', `m${i % 300}`, {});
    await listening.catchUp();
    const coming = new LogFollower(log, () => {});
    await coming.catchUp();
    expect([listening, coming].map((f) => f.state?.stream.map((r) => r.fire))).toEqual([['a'], ['a']]);
    expect(digest(coming.state as LiveState)).toBe(digest(listening.state as LiveState));
  });

  it('says nothing of what a heat source explains until it burns', async () => {
    const log = new MemoryLog();
    const attributedTo = { id: 's', name: '焦化厂' };
    log.append('fire.detected', 'a', fire('a', 'suspected', { attributedTo }));
    const follower = new LogFollower(log, () => {});
    await follower.catchUp();
    expect(follower.state?.stream).toHaveLength(0);
    expect(follower.state?.fires.size).toBe(0);
    log.append('fire.updated', 'a', fire('a', 'suspected', { attributedTo: null }));
    await follower.catchUp();
    expect(follower.state?.fires.size).toBe(1);
    log.append('fire.updated', 'a', fire('a', 'lapsed', { attributedTo }));
    await follower.catchUp();
    expect(follower.state?.stream).toHaveLength(0);
    expect(follower.state?.fires.size).toBe(0);
  });

  it('has newest first and forgets the oldest', async () => {
    const rows = await streamOf((log) => {
      for (let i = 0; i < 300; i += 1) log.append('fire.detected', `f${i}`, fire(`f${i}`, 'suspected'));
    });
    expect(rows).toHaveLength(longestStream);
    expect(rows[0]?.fire).toBe('f299');
  });
});
