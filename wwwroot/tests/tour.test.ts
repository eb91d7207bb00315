import { describe, expect, it } from 'vitest';
import type { County } from '../src/api/types';
import { Rotation } from '../src/screen/rotation';
import { readTour, restOf, stopsOf, type Stop } from '../src/screen/tourOrder';

const county = (code: string, burning: number, overdue: number, open: number): County => ({ properties: { code, summary: { burning, overdue, open } } }) as unknown as County;

/** Three counties and the whole city, a stop every 20 s, a rest of 60 s; the test turns the clock. */
class Drive {
  now = 1000;
  visits: Stop[] = [];
  stops: Stop[] = ['a', 'b', 'c', null];
  busy = false;
  readonly rotation = new Rotation({ everyMs: 20_000, restMs: 60_000 }, () => this.stops, (stop) => this.visits.push(stop));

  /** Ticks every second, as the wall does. */
  pass(seconds: number): this {
    for (let i = 0; i < seconds; i += 1) {
      this.now += 1000;
      this.rotation.tick(this.now, this.busy);
    }
    return this;
  }
}

describe('The order of a tour', () => {
  const counties = [county('141001', 0, 0, 9), county('141002', 0, 3, 5), county('141003', 1, 0, 1), county('141004', 2, 0, 2), county('141005', 0, 3, 5)];

  it('has counties with fires first, then by overdue, then by open, equal ones by code, and ends with the whole city', () => {
    expect(stopsOf(counties, { order: 'fires', counties: null })).toEqual(['141004', '141003', '141002', '141005', '141001', null]);
  });

  it('is by overdue, by open or by code where the address says so', () => {
    expect(stopsOf(counties, { order: 'overdue', counties: null })[0]).toBe('141002');
    expect(stopsOf(counties, { order: 'open', counties: null })[0]).toBe('141001');
    expect(stopsOf(counties, { order: 'code', counties: null }).slice(0, 2)).toEqual(['141001', '141002']);
  });

  it('keeps to the counties of its address, and to what one may see', () => {
    expect(stopsOf(counties, { order: 'fires', counties: ['141001', '141003', '149999'] })).toEqual(['141003', '141001']);
    expect(stopsOf(counties.slice(0, 1), { order: 'fires', counties: null })).toEqual(['141001']);
    expect(stopsOf([], { order: 'fires', counties: null })).toEqual([]);
  });
});

describe('The address of a tour', () => {
  it('names interval, order, rest and counties', () => {
    expect(readTour('?tour=30s&order=open&rest=2m&counties=141024,141002')).toEqual({ everyMs: 30_000, restMs: 120_000, order: 'open', counties: ['141024', '141002'] });
    expect(readTour('?tour=1h')?.everyMs).toBe(3_600_000);
    expect(readTour('?tour=45')?.everyMs).toBe(45_000);
  });

  it('asks for none without the word, and takes what it cannot read as usual', () => {
    expect(readTour('?kiosk=1')).toBeNull();
    expect(readTour('?tour=off')).toBeNull();
    expect(readTour('?tour=0')).toBeNull();
    expect(readTour('?tour')).toEqual({ everyMs: 20_000, restMs: 60_000, order: 'fires', counties: null });
    expect(readTour('?tour=soon&order=best&counties=Linfen')).toEqual({ everyMs: 20_000, restMs: 60_000, order: 'fires', counties: null });
  });

  it('is never quicker than the map flies nor slower than an hour', () => {
    expect(readTour('?tour=1s')?.everyMs).toBe(5_000);
    expect(readTour('?tour=999h')?.everyMs).toBe(3_600_000);
    expect(restOf('?rest=1')).toBe(5_000);
  });
});

describe('A rotation', () => {
  it('shows every stop for its time and begins anew after the last', () => {
    const drive = new Drive().pass(1);
    expect(drive.visits).toEqual(['a']);
    drive.pass(19);
    expect(drive.visits).toEqual(['a']);
    expect(drive.rotation.remainingMs(drive.now)).toBe(1000);
    expect(drive.rotation.upcoming).toBe('b');
    drive.pass(1 + 20 + 20 + 20);
    expect(drive.visits).toEqual(['a', 'b', 'c', null, 'a']);
    expect(drive.rotation.progress).toEqual([1, 4]);
  });

  it('waits until there is somewhere to go', () => {
    const drive = new Drive();
    drive.stops = [];
    drive.pass(30);
    expect(drive.rotation.status).toBe('waiting');
    drive.stops = ['a'];
    expect(drive.pass(1).visits).toEqual(['a']);
  });

  it('goes next to whatever became the worst, and to nothing twice in a round', () => {
    const drive = new Drive().pass(1);
    drive.stops = ['c', 'a', 'b', null];
    expect(drive.pass(80).visits).toEqual(['a', 'c', 'b', null, 'c']);
  });

  it('stands while it is paused and goes on with a full interval', () => {
    const drive = new Drive().pass(11);
    drive.rotation.toggle(drive.now);
    drive.pass(300);
    expect(drive.rotation.status).toBe('paused');
    expect(drive.rotation.remainingMs(drive.now)).toBeNull();
    drive.rotation.toggle(drive.now);
    expect(drive.visits).toEqual(['a', 'a']);
    drive.pass(20);
    expect(drive.visits).toEqual(['a', 'a', 'b']);
  });

  it('rests while somebody uses the wall and for a minute after', () => {
    const drive = new Drive().pass(5);
    drive.rotation.touch(drive.now);
    drive.pass(30);
    drive.rotation.touch(drive.now);
    drive.pass(59);
    expect(drive.visits).toEqual(['a']);
    expect(drive.rotation.status).toBe('resting');
    expect(drive.pass(1).visits).toEqual(['a', 'b']);
    expect(drive.rotation.status).toBe('running');
  });

  it('rests while a form or a replay is open, however long', () => {
    const drive = new Drive().pass(5);
    drive.busy = true;
    drive.pass(600);
    drive.busy = false;
    drive.pass(59);
    expect(drive.visits).toEqual(['a']);
    expect(drive.pass(1).visits).toEqual(['a', 'b']);
  });

  it('goes one on and one back by hand, and stays paused', () => {
    const drive = new Drive().pass(1);
    drive.rotation.step(drive.now, 1);
    drive.rotation.step(drive.now, 1);
    drive.rotation.step(drive.now, -1);
    expect(drive.visits).toEqual(['a', 'b', 'c', 'b']);
    drive.rotation.toggle(drive.now);
    drive.rotation.step(drive.now, 1);
    expect(drive.rotation.status).toBe('paused');
    drive.rotation.step(drive.now, 1);
    expect(drive.visits).toEqual(['a', 'b', 'c', 'b', 'c', null]);
  });

  it('has nothing before its first stop', () => {
    const drive = new Drive().pass(1);
    drive.rotation.step(drive.now, -1);
    expect(drive.visits).toEqual(['a']);
  });

  it('stops for an interruption and goes on where it stopped', () => {
    const drive = new Drive().pass(25);
    drive.rotation.interrupt();
    drive.rotation.interrupt();
    drive.pass(600);
    drive.rotation.toggle(drive.now);
    drive.rotation.step(drive.now, 1);
    expect(drive.visits).toEqual(['a', 'b']);
    drive.rotation.resume(drive.now);
    expect(drive.visits).toEqual(['a', 'b', 'b']);
    expect(drive.pass(20).visits).toEqual(['a', 'b', 'b', 'c']);
  });

  it('stays paused after an interruption if it was before, and rests if somebody used the wall meanwhile', () => {
    const paused = new Drive().pass(1);
    paused.rotation.toggle(paused.now);
    paused.rotation.interrupt();
    paused.rotation.resume(paused.now);
    expect(paused.rotation.status).toBe('paused');
    const used = new Drive().pass(1);
    used.rotation.interrupt();
    used.pass(10);
    used.rotation.touch(used.now);
    used.pass(10);
    used.rotation.resume(used.now);
    expect(used.rotation.status).toBe('resting');
    expect(used.pass(49).visits).toEqual(['a']);
    expect(used.pass(1).visits).toEqual(['a', 'b']);
  });

  it('remembers no more stops than one goes back', () => {
    const drive = new Drive().pass(1);
    for (let i = 0; i < 200; i += 1) drive.rotation.step(drive.now, 1);
    const before = drive.visits.length;
    for (let i = 0; i < 200; i += 1) drive.rotation.step(drive.now, -1);
    expect(drive.visits.length - before).toBe(49);
  });
});
