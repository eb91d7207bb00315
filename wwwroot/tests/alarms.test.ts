import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { articlesOf } from '../src/admin/alarmRuleForm';
import { targetOf } from '../src/alarm/alarm';
import { everyMs, Siren } from '../src/alarm/siren';
import type { Speaker } from '../src/alarm/speaker';
import type { Alarm } from '../src/api/alarms';
import type { FeatureList, LogEvent, RuleEntry } from '../src/api/types';
import { alarmTables } from '../src/i18n/alarms';
import { AlarmBook, applyAlarms, noAlarms, toAttend } from '../src/live/alarms';

const alarm = (id: string, more: Partial<Alarm['properties']> = {}): Alarm =>
  ({ id, properties: { id, raisedAt: `2026-03-15T10:0${id.length}:00+08:00`, status: 'open', sounds: true, simulated: false, ...more } }) as unknown as Alarm;
const event = (seq: number, data: Alarm, type = 'alarm.raised'): LogEvent => ({ seq, at: '', type, county: '141024', id: data.id, data });
const settled = (id: string, more: Partial<Alarm['properties']> = {}): Alarm => alarm(id, { status: 'acknowledged', acknowledgedBy: '王建国', ...more });
const list = (seq: number, ...features: Alarm[]): FeatureList<Alarm>[] => [{ type: 'FeatureCollection', features, next: null, asOf: { epoch: 'e', seq } }];
const ids = (alarms: readonly Alarm[]): string[] => alarms.map((a) => a.id);

describe('Open alarms', () => {
  it('stand in the order in which they were raised, whatever the order of arrival', () => {
    const { open } = applyAlarms(noAlarms, [event(1, alarm('aaa')), event(2, alarm('a')), event(3, alarm('aa'))]);
    expect(ids(open)).toEqual(['a', 'aa', 'aaa']);
  });

  it('are open until somebody acknowledges them or they end, and it is remembered which was the last', () => {
    const raised = applyAlarms(noAlarms, [event(1, alarm('a')), event(2, alarm('aa'))]);
    const one = applyAlarms(raised, [event(3, settled('a'), 'alarm.acknowledged')]);
    expect([ids(one.open), one.settled?.id]).toEqual([['aa'], 'a']);
    const none = applyAlarms(one, [event(4, alarm('aa', { status: 'ended' }), 'alarm.ended')]);
    expect([none.open, none.settled?.id]).toEqual([[], 'aa']);
  });

  it('go with the simulation where they are simulated', () => {
    const raised = applyAlarms(noAlarms, [event(1, alarm('a', { simulated: true })), event(2, alarm('aa'))]);
    expect(ids(applyAlarms(raised, [event(3, alarm('x'), 'simulation.cleared')]).open)).toEqual(['aa']);
  });

  it('are gone to when they are new, and not when the wall finds them, unless a tour would go on over them', () => {
    const [old, older] = [alarm('aa'), alarm('a')];
    expect(toAttend(null, [], [older, old], false)).toBeNull();
    expect(toAttend(null, [], [older, old], true)).toBe(old);
    expect(toAttend(null, [], [], true)).toBeNull();
    const fresh = alarm('aaa');
    expect(toAttend(old, [fresh], [older, old, fresh], false)).toBe(fresh);
    expect(toAttend(old, [], [older, old], false)).toBe(old);
    // Somebody has seen to it meanwhile.
    expect(toAttend(old, [], [older], false)).toBeNull();
  });

  it('are not moved by events about other things', () => {
    expect(applyAlarms(noAlarms, [event(1, alarm('a'), 'violation.opened'), event(2, alarm('a'), 'alarmrule.changed')])).toBe(noAlarms);
  });
});

describe('The book of alarms', () => {
  const told: string[][] = [];
  const answers: ((lists: FeatureList<Alarm>[] | null) => void)[] = [];
  const waits: (() => void)[] = [];
  const book = (): AlarmBook => new AlarmBook(
    () => new Promise((resolve, reject) => { answers.push((lists) => (lists === null ? reject(new Error('away')) : resolve(lists))); }),
    (fresh) => told.push(ids(fresh)),
    (_, then) => void waits.push(then),
  );
  const settle = async (): Promise<void> => { for (let i = 0; i < 4; i += 1) await Promise.resolve(); };
  beforeEach(() => { for (const kept of [told, answers, waits]) kept.length = 0; });

  it('calls nothing news that it finds when the page opens, and everything that is raised later', async () => {
    const one = book();
    one.heard(null);
    answers[0]?.(list(5, alarm('a')));
    await settle();
    one.heard([event(6, alarm('aa'))]);
    expect(told).toEqual([[], ['aa']]);
  });

  it('applies what came while it read, but nothing that the list contains already', async () => {
    const one = book();
    one.heard(null);
    one.heard([event(5, alarm('a')), event(6, settled('a'), 'alarm.acknowledged'), event(8, alarm('aaa'))]);
    answers[0]?.(list(7, alarm('aa')));
    await settle();
    expect(ids(one.alarms.open)).toEqual(['aa', 'aaa']);
  });

  it('ends with the same alarms whether it listened or was cut off, and then says what is new', async () => {
    const [cut, steady] = [book(), book()];
    cut.heard(null);
    steady.heard(null);
    answers[0]?.(list(1, alarm('a')));
    answers[1]?.(list(1, alarm('a')));
    await settle();
    steady.heard([event(2, alarm('aa')), event(3, settled('a'), 'alarm.acknowledged')]);
    cut.heard(null);
    answers[2]?.(list(3, alarm('aa')));
    await settle();
    expect(ids(cut.alarms.open)).toEqual(ids(steady.alarms.open));
    expect(told.at(-1)).toEqual(['aa']);
  });

  it('asks again when the server was away, and takes only the last answer', async () => {
    const one = book();
    one.heard(null);
    answers[0]?.(null);
    await settle();
    waits[0]?.();
    one.heard(null);
    answers[1]?.(list(1, alarm('a')));
    answers[2]?.(list(2, alarm('aa')));
    await settle();
    expect(ids(one.alarms.open)).toEqual(['aa']);
  });

  it('believes the answer to an acknowledgement before the log tells it', async () => {
    const one = book();
    one.heard(null);
    answers[0]?.(list(1, alarm('a')));
    await settle();
    one.learn(settled('a'));
    expect([one.alarms.open, one.alarms.settled?.properties.acknowledgedBy]).toEqual([[], '王建国']);
  });
});

describe('The siren', () => {
  class Silent implements Speaker {
    ready = false;
    chimes = 0;
    constructor(public allowed = true) {}
    open(): void { this.ready = this.allowed; }
    chime(): void { this.chimes += 1; }
  }
  const memory = (): Pick<Storage, 'getItem' | 'setItem'> => {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  };
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('waits for a click where the browser lets nothing be heard, and says so', () => {
    const speaker = new Silent(false);
    const siren = new Siren(speaker, memory());
    siren.want(true);
    vi.advanceTimersByTime(3 * everyMs);
    expect([siren.state, speaker.chimes]).toEqual(['blocked', 0]);
    speaker.allowed = true;
    siren.open();
    expect([siren.state, speaker.chimes]).toEqual(['sounding', 1]);
  });

  it('asks for the loudspeaker again with every alarm, for it may have been away', () => {
    const speaker = new Silent();
    const siren = new Siren(speaker, memory());
    siren.open();
    speaker.ready = false;
    siren.want(true);
    expect([siren.state, speaker.chimes]).toEqual(['sounding', 1]);
  });

  it('sounds again and again until nothing calls for it', () => {
    const speaker = new Silent();
    const siren = new Siren(speaker, memory());
    siren.open();
    expect([siren.state, speaker.chimes]).toEqual(['quiet', 0]);
    siren.want(true);
    siren.want(true);
    vi.advanceTimersByTime(2 * everyMs);
    expect(speaker.chimes).toBe(3);
    siren.want(false);
    vi.advanceTimersByTime(5 * everyMs);
    expect([siren.state, speaker.chimes]).toEqual(['quiet', 3]);
  });

  it('is muted for this screen, and still is when the page opens again', () => {
    const [speaker, kept] = [new Silent(), memory()];
    const siren = new Siren(speaker, kept);
    siren.open();
    siren.want(true);
    siren.mute(true);
    vi.advanceTimersByTime(3 * everyMs);
    expect([siren.state, siren.isWanted, speaker.chimes]).toEqual(['muted', true, 1]);
    expect(new Siren(speaker, kept).isMuted).toBe(true);
    siren.mute(false);
    expect(siren.state).toBe('sounding');
    expect(new Siren(speaker, null).isMuted).toBe(false);
  });
});

describe('An alarm', () => {
  it('leads to the fire that burns, and else to the case', () => {
    expect(targetOf(alarm('a', { violation: 'v', subject: { kind: 'fire', id: 'f', name: '' } }))).toEqual({ kind: 'fire', id: 'f' });
    expect(targetOf(alarm('a', { violation: 'v', subject: { kind: 'monitor', id: 'm', name: '' } }))).toEqual({ kind: 'violation', id: 'v' });
  });
});

describe('A rule of alarms', () => {
  it('is offered each article once, in the order of the plan', () => {
    const rule = (article: number, titleZh: string): RuleEntry => ({ article, titleZh, titleEn: '' }) as RuleEntry;
    expect(articlesOf([rule(36, '露天焚烧'), rule(17, '供热半径'), rule(17, '小锅炉')])).toEqual([{ article: 17, title: '供热半径' }, { article: 36, title: '露天焚烧' }]);
  });
});

describe('The words of alarms', () => {
  it('are the same in both languages, and each in its own', () => {
    const words = Object.keys(alarmTables.zh) as (keyof typeof alarmTables.zh)[];
    expect(Object.keys(alarmTables.en)).toEqual(words);
    const plain = (table: Record<string, unknown>): string[] => Object.values(table).filter((text) => typeof text === 'string');
    expect(plain(alarmTables.zh).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
    expect(plain(alarmTables.en).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });
});
