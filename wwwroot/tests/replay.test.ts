import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../src/api/http';
import type { County, EventPage, FeatureList, Fire, LogEvent, Violation } from '../src/api/types';
import { countToday, numbersOf } from '../src/live/past';
import { Player, type PastSource } from '../src/live/player';
import { digest, fromSnapshot, type LiveState } from '../src/live/state';
import { mostPast, pastFeatures } from '../src/map/past';
import { axisMarks, spanFor } from '../src/screen/activityBar';
import { readAddress, writeAddress } from '../src/screen/address';
import { momentAt, momentForKey } from '../src/screen/timeSlider';
import { fire, violation } from './log';

const begin = Date.parse('2026-11-26T10:00:00+08:00');
const minute = 60_000;
const text = (moment: number): string => new Date(moment + 8 * 3_600_000).toISOString().replace('Z', '456+08:00'); // as fine as the server's

/** A server in memory that answers what was known at a moment. */
class MemoryPast implements PastSource {
  log: LogEvent[] = [];
  pageSize = 1000;
  asked: string[] = [];
  failing: Error | null = null;
  /** Answers wait for it while it is there. */
  gate: Promise<void> | null = null;

  append(type: string, id: string, data: unknown, moment: number): void {
    this.log.push({ seq: this.log.length + 1, at: text(moment), type, county: '141024', id, data });
  }

  burn(id: string, moment: number, simulated = false): void {
    this.append('fire.detected', id, fire(id, 'suspected', { simulated, violation: `v-${id}` }), moment);
    this.append('violation.opened', `v-${id}`, violation(`v-${id}`, id, 'open', simulated), moment);
    this.append('reading.stored', 'device', { monitor: 'device' }, moment);
  }

  end(id: string, moment: number): void {
    this.append('fire.updated', id, fire(id, 'out', { verdict: { verdict: 'out', reason: null, at: text(moment), knownAt: text(moment) } }), moment);
    this.append('violation.closed', `v-${id}`, violation(`v-${id}`, id, 'closed'), moment);
  }

  private until(moment: number): LogEvent[] {
    return this.log.filter((e) => Date.parse(e.at) + 0.456 <= moment);
  }

  state(moment: number): LiveState {
    const events = this.until(moment);
    const things = new Map<string, Fire | Violation>();
    for (const { type, id, data } of events) {
      if (/^(?:fire|violation)\./.test(type)) things.set(id, data as Fire);
      if (type === 'simulation.cleared') for (const [key, thing] of things) if (thing.properties.simulated) things.delete(key);
    }
    const asOf = { epoch: 'first', seq: events.length };
    const all = [...things.values()];
    return fromSnapshot({
      fires: { features: all.filter((t): t is Fire => 'detections' in t.properties), asOf },
      violations: { features: all.filter((t): t is Violation => 'rule' in t.properties), asOf },
      past: events.filter((e) => e.type !== 'reading.stored').slice(-400),
    });
  }

  private async list<F>(what: string, moment: number, features: (state: LiveState) => F[]): Promise<FeatureList<F>> {
    this.asked.push(what);
    if (this.gate !== null) await this.gate;
    if (this.failing !== null) throw this.failing;
    const state = this.state(moment);
    return { type: 'FeatureCollection', features: features(state), next: null, asOf: { epoch: 'first', seq: state.seq } };
  }

  counties(moment: number): Promise<FeatureList<County>> {
    return this.list('counties', moment, () => [county('141024', this.until(moment))]);
  }

  async burning(moment: number): Promise<FeatureList<Fire>[]> {
    return [await this.list('fires', moment, (s) => [...s.fires.values()])];
  }

  async openViolations(moment: number): Promise<FeatureList<Violation>[]> {
    return [await this.list('violations', moment, (s) => [...s.violations.values()])];
  }

  latest(until: number): Promise<LogEvent[]> {
    return Promise.resolve(this.log.filter((e) => e.seq <= until && e.type !== 'reading.stored').slice(-400));
  }

  after(seq: number): Promise<EventPage> {
    this.asked.push('events');
    if (this.failing !== null) return Promise.reject(this.failing);
    return Promise.resolve({ epoch: 'first', last: this.log.length, events: this.log.filter((e) => e.seq > seq && e.type !== 'reading.stored').slice(0, this.pageSize) });
  }
}

function county(code: string, events: readonly LogEvent[] = []): County {
  const count = (type: string): number => events.filter((e) => e.type === type).length;
  const summary = { open: 0, overdue: 0, burning: 0, undecidable: null, byRule: {}, bySeverity: { critical: 0, serious: 0, ordinary: 0 }, openedToday: count('violation.opened'), closedToday: count('violation.closed'), simulated: 0 };
  return { type: 'Feature', id: code, geometry: { type: 'Polygon', coordinates: [] }, properties: { code, name: '洪洞县', nameEn: null, label: [111.6, 36.3], areaSquareKilometres: 1, responsible: '', summary } };
}

function opened(log: MemoryPast, moment: number, present = begin + 300 * minute) {
  const seen = { arrived: 0 };
  const player = new Player(log, moment, () => present, () => {}, () => { seen.arrived += 1; });
  return { player, seen };
}

/** Equal but for the place, which what was only measured moves, too. */
const held = (state: LiveState | undefined): string => (state === undefined ? '' : digest({ ...state, seq: 0 }));

describe('A replay', () => {
  const log = new MemoryPast();
  for (let n = 0; n < 40; n += 1) log.burn(`f${n}`, begin + n * 5 * minute, n % 4 === 0);
  for (let n = 0; n < 40; n += 3) log.end(`f${n}`, begin + (200 + n) * minute);
  log.log.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  log.log.forEach((event, i) => { event.seq = i + 1; });

  it('holds after playing on what a snapshot of that moment holds', async () => {
    const { player } = opened(log, begin + 42 * minute);
    await player.seek(begin + 42 * minute);
    expect(held(player.shown?.state)).toBe(held(log.state(begin + 42 * minute)));
    player.speed = 60;
    player.play(true);
    const before = log.asked.filter((a) => a !== 'events').length;
    for (let i = 0; i < 260; i += 1) {
      player.tick(1000);
      if (i % 20 === 0) {
        await Promise.resolve();
        expect(held(player.shown?.state)).toBe(held(log.state(player.moment)));
      }
    }
    expect(player.moment).toBeGreaterThan(begin + 290 * minute);
    expect(log.asked.filter((a) => a !== 'events').length).toBe(before);
  });

  it('counts the day as the server does', async () => {
    const { player } = opened(log, begin + minute);
    await player.seek(begin + minute);
    player.speed = 60;
    player.play(true);
    for (let i = 0; i < 230; i += 1) { player.tick(1000); await Promise.resolve(); }
    const [told] = player.numbers([county('141024')])?.counties ?? [];
    const [said] = (await log.counties(player.moment)).features;
    expect(told?.properties.summary).toMatchObject({ openedToday: said?.properties.summary.openedToday, closedToday: said?.properties.summary.closedToday, open: log.state(player.moment).violations.size, undecidable: null });
    expect(said?.properties.summary.closedToday).toBeGreaterThan(0);
  });

  it('stops for events that are not read yet, and goes on with them', async () => {
    const short = new MemoryPast();
    for (let n = 0; n < 1500; n += 1) short.burn(`s${n}`, begin + n * 1000);
    const { player } = opened(short, begin - minute);
    await player.seek(begin - minute);
    await Promise.resolve();
    player.speed = 60;
    player.play(true);
    player.tick(30_000);
    expect(player.status).toBe('waiting');
    expect(player.moment).toBeLessThan(begin + 600 * 1000);
    expect(held(player.shown?.state)).toBe(held(short.state(player.moment)));
    await Promise.resolve();
    player.tick(1000);
    expect(player.moment).toBeGreaterThan(begin + 500 * 1000);
    expect(held(player.shown?.state)).toBe(held(short.state(player.moment)));
  });

  it('jumps from event to event, both ways, and not to measurements', async () => {
    const { player } = opened(log, begin + 42 * minute);
    await player.seek(begin + 42 * minute);
    await player.next();
    expect(player.moment).toBe(begin + 45 * minute + 1);
    expect(player.shown?.state.fires.has('f9')).toBe(true);
    await player.next();
    expect(player.moment).toBe(begin + 50 * minute + 1);
    expect(player.previous()).toBe(begin + 45 * minute + 1);
    await player.seek(begin + 45 * minute + 1);
    expect(player.shown?.state.fires.has('f9')).toBe(true);
    expect(player.shown?.state.fires.has('f10')).toBe(false);
    expect(player.previous()).toBe(begin + 40 * minute + 1);
  });

  it('arrives at the present by playing, and by a jump beyond the last event', async () => {
    const { player, seen } = opened(log, begin + 298 * minute);
    await player.seek(begin + 298 * minute);
    player.speed = 60;
    player.play(true);
    player.tick(3000);
    expect(seen.arrived).toBe(1);
    const other = opened(log, begin + 299 * minute);
    await other.player.seek(begin + 299 * minute);
    await other.player.next();
    expect(other.seen.arrived).toBe(1);
  });

  it('answers the last of several questions only', async () => {
    let open = (): void => {};
    log.gate = new Promise((resolve) => { open = resolve; });
    const { player } = opened(log, begin);
    const first = player.seek(begin + 200 * minute);
    log.gate = null;
    await player.seek(begin + 10 * minute);
    open();
    await first;
    expect([player.moment, player.status]).toEqual([begin + 10 * minute, 'ready']);
    expect(held(player.shown?.state)).toBe(held(log.state(begin + 10 * minute)));
  });

  it('says what is forgotten, what failed and what was before everything', async () => {
    const failing = new MemoryPast();
    failing.burn('a', begin);
    failing.failing = new ApiProblem(410, '/problems/history-forgotten', 'Gone', '');
    const { player } = opened(failing, begin);
    await player.seek(begin + minute);
    expect(player.status).toBe('forgotten');
    failing.failing = new TypeError('Failed to fetch');
    await player.seek(begin + minute);
    player.play(true);
    expect([player.status, player.playing]).toEqual(['failed', false]);
    failing.failing = null;
    await player.seek(begin - minute);
    expect([player.status, player.shown?.state.seq, player.shown?.state.fires.size]).toEqual(['ready', 0, 0]);
  });

  it('asks anew where everything simulated was taken away', async () => {
    const played = new MemoryPast();
    played.burn('real', begin);
    played.burn('played', begin, true);
    played.append('simulation.cleared', 'x', {}, begin + 10 * minute);
    const { player } = opened(played, begin + minute);
    await player.seek(begin + minute);
    expect(player.shown?.state.fires.size).toBe(2);
    await player.next();
    await expect.poll(() => player.status).toBe('ready');
    expect(held(player.shown?.state)).toBe(held(played.state(begin + 10 * minute + 1)));
    expect(player.shown?.state.fires.size).toBe(1);
  });
});

describe('The numbers of a moment', () => {
  it('are overdue after the due time and begin the day at midnight in Beijing', () => {
    const state = fromSnapshot({ fires: { features: [], asOf: { epoch: 'e', seq: 1 } }, violations: { features: [violation('v', 'f', 'open')], asOf: { epoch: 'e', seq: 1 } }, past: [] });
    const due = Date.parse('2026-11-23T16:00:05+08:00');
    const overdue = (moment: number): number | undefined => numbersOf([county('141024')], state, new Map(), moment).counties[0]?.properties.summary.overdue;
    expect([overdue(due), overdue(due + 1)]).toEqual([0, 1]);
    const midnight = Date.parse('2026-11-27T00:00:00+08:00');
    const event = (moment: number): LogEvent => ({ seq: 1, at: text(moment), type: 'violation.opened', county: '141024', id: 'v', data: null });
    expect(countToday(new Map([['141024', { opened: 5, closed: 2 }]]), [event(midnight - 1000), event(midnight + 1000)], midnight - 2000, midnight + 2000).get('141024')).toEqual({ opened: 1, closed: 0 });
  });

  it('are drawn up to a bound, the newest first, and the rest is counted', () => {
    const many = Array.from({ length: mostPast + 7 }, (_, n) => {
      const one = violation(`v${n}`, 'x', 'open');
      return { ...one, properties: { ...one.properties, subject: { kind: 'site', id: 's', name: null }, openedAt: new Date(begin + n).toISOString() } };
    });
    const { drawn, notDrawn } = pastFeatures(many);
    expect([drawn.features.length, notDrawn]).toEqual([mostPast, 7]);
    expect(drawn.features.some((f) => f.properties?.['id'] === 'v6')).toBe(false);
    expect(pastFeatures([violation('v', 'f', 'open')]).drawn.features).toEqual([]);
  });
});

describe('The time bar', () => {
  const reach = { start: 0, end: 96 * 900_000, step: 900_000 };

  it('is moved by keys in steps of its bins and never beyond its ends', () => {
    expect(momentForKey('ArrowLeft', reach.end, reach)).toBe(reach.end - 900_000);
    expect(momentForKey('PageUp', reach.end - 1, reach)).toBe(reach.end);
    expect(momentForKey('PageDown', reach.step, reach)).toBe(0);
    expect([momentForKey('Home', 5, reach), momentForKey('End', 5, reach), momentForKey('x', 5, reach)]).toEqual([0, reach.end, null]);
  });

  it('takes its right end for now', () => {
    expect([momentAt(0.5, reach), momentAt(0.999, reach), momentAt(-1, reach)]).toEqual([reach.end / 2, reach.end, 0]);
  });

  it('chooses the shortest span that reaches back, and marks hours or days where they begin in Beijing', () => {
    expect([1, 30, 200, 2000].map((hours) => spanFor(begin - hours * 60 * minute, begin))).toEqual(['24h', '7d', '30d', '30d']);
    const week = axisMarks({ from: '2026-11-20T00:00:00+08:00', to: '2026-11-27T00:00:00+08:00', binSeconds: 7200, bins: [] }, Date.parse('2026-11-26T23:00:00+08:00'));
    expect(week.map((m) => m.text)).toEqual(['11-21', '11-22', '11-23', '11-24', '11-25', '11-26', '现在']);
    const day = axisMarks({ from: '2026-11-25T14:15:00+08:00', to: '2026-11-26T14:15:00+08:00', binSeconds: 900, bins: [] }, Date.parse('2026-11-26T14:05:00+08:00'));
    expect(day.map((m) => m.text)).toEqual(['16:00', '20:00', '11-26', '04:00', '08:00', '12:00', '现在']);
  });

  it('keeps the moment in the address, in Beijing time', () => {
    const time = Date.parse('2026-11-26T14:05:09+08:00');
    const hash = writeAddress({ ...readAddress(''), time });
    expect(hash).toBe('#time=2026-11-26T14:05:09');
    expect(readAddress(hash).time).toBe(time);
    expect(readAddress('#time=2026-11-26T14:05').time).toBe(time - 9000);
    expect([readAddress('#time=yesterday').time, readAddress('#time=2026-99-99T99:99').time]).toEqual([undefined, undefined]);
  });
});
