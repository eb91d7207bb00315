import { describe, expect, it } from 'vitest';
import { LogFollower } from '../src/live/follower';
import { applyEvents, digest, LogGap, type LiveState } from '../src/live/state';
import { fire, MemoryLog } from './log';

const follow = (log: MemoryLog, changed: (state: LiveState) => void = () => {}): LogFollower => new LogFollower(log, changed);
const digestOf = (follower: LogFollower): string => digest(follower.state as LiveState);
/** The same every time, different every step. */
function* chance(seed: number): Generator<number> {
  for (let x = seed; ; ) yield (x = (x * 1_103_515_245 + 12_345) % 2_147_483_648);
}

describe('A follower of the log', () => {
  it('shows what burned before it came', async () => {
    const log = new MemoryLog();
    log.detect('a');
    log.detect('b');
    log.end('a');
    const follower = follow(log);
    await follower.catchUp();
    expect([...(follower.state?.fires.keys() ?? [])]).toEqual(['b']);
    expect([...(follower.state?.violations.keys() ?? [])]).toEqual(['v-b']);
  });

  it('reads page after page until the head of the log', async () => {
    const log = new MemoryLog(3);
    const follower = follow(log);
    await follower.catchUp();
    for (let i = 0; i < 20; i += 1) log.detect(`f${i}`);
    await follower.catchUp();
    expect(follower.state?.seq).toBe(40);
    expect(follower.state?.fires.size).toBe(20);
  });

  it('that was cut off ends with exactly the state of one that was not', async () => {
    const log = new MemoryLog(7);
    const connected = follow(log);
    const cutOff = follow(log);
    await connected.catchUp();
    await cutOff.catchUp();
    const dice = chance(42);
    for (let i = 0; i < 600; i += 1) {
      const id = `f${(dice.next().value as number) % 80}`;
      if ((dice.next().value as number) % 3 === 0 && connected.state?.fires.has(id)) log.end(id);
      else if (connected.state?.fires.has(id)) log.append('fire.updated', id, fire(id, 'suspected', { detections: i, violation: `v-${id}` }));
      else log.detect(id);
      await connected.catchUp();
    }
    await cutOff.catchUp();
    const newcomer = follow(log);
    await newcomer.catchUp();
    expect(digestOf(cutOff)).toBe(digestOf(connected));
    expect(digestOf(newcomer)).toBe(digestOf(connected));
  });

  it('loses nothing that happens while it takes the snapshot', async () => {
    const log = new MemoryLog();
    log.detect('a');
    log.betweenLists = () => {
      log.betweenLists = null;
      log.detect('b');
      log.end('a');
    };
    const follower = follow(log);
    await follower.catchUp();
    const later = follow(log);
    await later.catchUp();
    expect([...(follower.state?.fires.keys() ?? [])]).toEqual(['b']);
    expect(digestOf(follower)).toBe(digestOf(later));
  });

  it('takes the snapshot again when the log has another epoch', async () => {
    const log = new MemoryLog();
    log.detect('old');
    const follower = follow(log);
    await follower.catchUp();
    log.epoch = 'second';
    log.log = [];
    log.detect('new');
    await follower.catchUp();
    expect(follower.state?.epoch).toBe('second');
    expect([...(follower.state?.fires.keys() ?? [])]).toEqual(['new']);
  });

  it('takes the snapshot again when the log no longer reaches back to it', async () => {
    const log = new MemoryLog();
    log.detect('a');
    const follower = follow(log);
    await follower.catchUp();
    for (let i = 0; i < 10; i += 1) log.detect(`f${i}`);
    log.oldest = 12;
    await follower.catchUp();
    expect(follower.state?.fires.size).toBe(11);
    expect(follower.state?.seq).toBe(22);
  });

  it('keeps what it has while the server is away, and goes on afterwards', async () => {
    const log = new MemoryLog();
    log.detect('a');
    const follower = follow(log);
    await follower.catchUp();
    log.down = true;
    log.detect('b');
    await expect(follower.catchUp()).rejects.toThrow('Failed to fetch');
    expect(follower.state?.fires.size).toBe(1);
    log.down = false;
    await follower.catchUp();
    expect(follower.state?.fires.size).toBe(2);
  });

  it('never runs twice at once and never loses a ring', async () => {
    const log = new MemoryLog();
    const follower = follow(log);
    const first = follower.catchUp();
    log.detect('a');
    await Promise.all([first, follower.catchUp(), follower.catchUp()]);
    expect(follower.state?.fires.size).toBe(1);
  });

  it('says nothing when nothing has changed', async () => {
    let changes = 0;
    const log = new MemoryLog();
    log.detect('a');
    const follower = follow(log, () => { changes += 1; });
    await follower.catchUp();
    await follower.catchUp();
    expect(changes).toBe(1);
  });
});

describe('A follower that may see one county', () => {
  it('takes no second snapshot for what happens elsewhere, and misses nothing at home', async () => {
    const log = new MemoryLog(2);
    log.scope = '141024';
    log.detect('a');
    const snapshots: unknown[] = [];
    const follower = new LogFollower(log, () => {}, (events) => { if (events === null) snapshots.push(events); });
    await follower.catchUp();
    for (let n = 0; n < 5; n += 1) {
      log.append('fire.detected', `elsewhere-${n}`, {}, undefined, '141002');
      if (n % 2 === 0) log.detect(`home-${n}`);
    }
    log.append('fire.detected', 'elsewhere', {}, undefined, '141002');
    await follower.catchUp();
    expect([...(follower.state as LiveState).fires.keys()]).toEqual(['a', 'home-0', 'home-2', 'home-4']);
    expect((follower.state as LiveState).seq).toBe(log.log.length);
    expect(snapshots).toHaveLength(1);
  });
});

describe('Events', () => {
  const begin = async (): Promise<[MemoryLog, LiveState]> => {
    const log = new MemoryLog();
    log.detect('a');
    const follower = follow(log);
    await follower.catchUp();
    return [log, follower.state as LiveState];
  };

  it('change nothing when they are applied again', async () => {
    const [log, state] = await begin();
    expect(applyEvents(state, log.log)).toBe(state);
  });

  it('are never skipped', async () => {
    const [log, state] = await begin();
    log.detect('b');
    expect(() => applyEvents(state, log.log.slice(3))).toThrow(LogGap);
  });

  it('of a cleared simulation remove what was simulated and nothing else', async () => {
    const [log, state] = await begin();
    log.detect('s', true);
    log.append('simulation.cleared', '', {});
    const after = applyEvents(state, log.log);
    expect([...after.fires.keys()]).toEqual(['a']);
    expect([...after.violations.keys()]).toEqual(['v-a']);
    expect(after.stream.some((row) => row.simulated)).toBe(false);
  });
});
