import { describe, expect, it } from 'vitest';
import { againAfterMs, calmAfterMs, Upgrade, type Attempt, type AttemptMemory } from '../src/screen/upgrade';

/** What a window remembers from one load of the page to the next. */
class Memory implements AttemptMemory {
  attempt: Attempt | null = null;
  read(): Attempt | null { return this.attempt; }
  write(attempt: Attempt): void { this.attempt = attempt; }
}

const begin = Date.parse('2026-11-29T10:00:00+08:00');
const calm = { now: begin, idleMs: calmAfterMs, busy: false };

describe('A new version', () => {
  it('is taken when nobody has touched the wall for a while and nothing is open', () => {
    const upgrade = new Upgrade('old', new Memory());
    upgrade.hear('old');
    expect([upgrade.status, upgrade.isDue(calm)]).toEqual(['current', false]);
    upgrade.hear('new');
    expect(upgrade.status).toBe('ready');
    expect(upgrade.isDue({ ...calm, idleMs: calmAfterMs - 1 })).toBe(false);
    expect(upgrade.isDue({ ...calm, busy: true })).toBe(false);
    expect(upgrade.isDue(calm)).toBe(true);
  });

  it('is none any more when the server goes back to the build of the page', () => {
    const upgrade = new Upgrade('old', new Memory());
    upgrade.hear('new');
    upgrade.hear('old');
    expect(upgrade.status).toBe('current');
  });

  it('that does not come is tried once an hour, and never in a loop', () => {
    const memory = new Memory();
    const first = new Upgrade('old', memory);
    first.hear('new');
    first.tried(begin);
    // The page was loaded again, and is the old one still.
    const again = new Upgrade('old', memory);
    again.hear('new');
    expect(again.status).toBe('failed');
    expect(again.isDue({ ...calm, now: begin + againAfterMs - 1 })).toBe(false);
    expect(again.isDue({ ...calm, now: begin + againAfterMs })).toBe(true);
    // Another build is another chance.
    again.hear('newer');
    expect([again.status, again.isDue(calm)]).toEqual(['ready', true]);
  });

  it('is never taken by a page that was not built', () => {
    const upgrade = new Upgrade(null, new Memory());
    upgrade.hear('new');
    upgrade.break();
    expect([upgrade.status, upgrade.isDue(calm)]).toEqual(['current', false]);
  });

  it('is taken at once where a part of the page is missing, unless something is open, and once an hour where that does not help', () => {
    const memory = new Memory();
    const upgrade = new Upgrade('old', memory);
    upgrade.break();
    expect(upgrade.status).toBe('broken');
    expect(upgrade.isDue({ ...calm, idleMs: 0, busy: true })).toBe(false);
    expect(upgrade.isDue({ ...calm, idleMs: 0 })).toBe(true);
    upgrade.tried(begin);
    expect(upgrade.isDue({ ...calm, idleMs: 0 })).toBe(false);
  });
});
