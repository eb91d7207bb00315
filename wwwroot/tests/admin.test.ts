import { describe, expect, it } from 'vitest';
import type { Account, Key } from '../src/api/accounts';
import type { Office } from '../src/admin/view';
import type { DatedValue } from '../src/api/parameters';
import { found, stateOf } from '../src/admin/accountsView';
import { actionInWords } from '../src/admin/auditRow';
import { queryOf } from '../src/admin/auditView';
import { currentValue, endOf, kindOf, readValue, stateOn } from '../src/admin/dated';
import { differences } from '../src/admin/diff';
import { faultsOfProblem, listOfText } from '../src/admin/form';
import { keyState } from '../src/admin/keysView';
import { agentInWords } from '../src/admin/ownSessions';
import { valueInWords } from '../src/admin/valueInWords';
import { readRoute, routeTo, writeRoute } from '../src/admin/route';
import { ApiProblem } from '../src/api/http';
import { adminEn } from '../src/i18n/admin.en';
import { adminZh } from '../src/i18n/admin.zh';

const now = Date.parse('2026-03-15T12:00:00+08:00');
const account = (more: Partial<Account>): Account => ({ id: 'a', userName: 'wang', displayName: '王建国', roles: ['viewer'], counties: null, townships: [], grids: [], department: null, disabled: false, lockedUntil: null, totp: false, lastSignIn: null, version: 1, ...more });
const key = (more: Partial<Key>): Key => ({ id: 'k', name: '视频', kind: 'feed', permissions: [], counties: null, source: null, ratePerMinute: 60, createdAt: '', lastUsedAt: null, revokedAt: null, expiresAt: null, ...more });

describe('An address of the administration', () => {
  it.each([routeTo('accounts'), routeTo('accounts', 'new'), routeTo('parameters', 'A17.BoilerTonnes'), routeTo('audit', null, { q: '城 & 东', outcome: 'refused' })])('is read as it was written: %j', (route) => {
    expect(readRoute(writeRoute(route))).toEqual(route);
  });

  it.each(['', '#/', '#/nothing', '#/accounts/1/2', '#/accounts/%E0%A4%A/x'])('that means nothing is none: %s', (hash) => {
    expect(readRoute(hash)).toBeNull();
  });

  it('leaves filters out that are not set', () => {
    expect(writeRoute(routeTo('audit', null, { q: '', actor: 'wang' }))).toBe('#/audit?actor=wang');
  });
});

describe('Accounts', () => {
  const all = [account({ id: 'a' }), account({ id: 'b', userName: 'li.na', displayName: '李娜', roles: ['auditor'], department: '生态环境局', disabled: true }), account({ id: 'c', userName: 'zhao', displayName: '赵敏', lockedUntil: '2026-03-15T12:05:00+08:00' })];

  it.each<[Record<string, string>, string[]]>([[{}, ['b', 'a', 'c']], [{ q: 'LI.' }, ['b']], [{ q: '环境' }, ['b']], [{ role: 'auditor' }, ['b']], [{ state: 'locked' }, ['c']], [{ q: 'x' }, []]])('are found by what is typed and chosen: %j', (query, ids) => {
    expect(found(all, query, now).map((a) => a.id)).toEqual(ids);
  });

  it('are locked until their time has passed, and disabled whatever else', () => {
    const locked = account({ lockedUntil: '2026-03-15T12:05:00+08:00' });
    expect(stateOf(locked, now)).toBe('locked');
    expect(stateOf(locked, now + 600_000)).toBe('active');
    expect(stateOf({ ...locked, disabled: true }, now)).toBe('disabled');
  });
});

describe('A key', () => {
  it('is valid until it is revoked or its time has passed', () => {
    expect(keyState(key({}), now)).toBe('active');
    expect(keyState(key({ expiresAt: '2026-03-15T11:59:59+08:00' }), now)).toBe('expired');
    expect(keyState(key({ revokedAt: '2026-03-01T00:00:00+08:00' }), now)).toBe('revoked');
  });
});

describe('A dated value', () => {
  const value = (from: string, to: string | null = null, v: DatedValue['value'] = 35): DatedValue => ({ from, to, value: v, citation: 'c' });
  const values = [value('2020-01-01'), value('2026-03-01'), value('2026-04-01')];

  it('holds until another begins', () => {
    expect(values.map((v) => stateOn(values, v, '2026-03-15'))).toEqual(['past', 'current', 'future']);
    expect(values.map((v) => stateOn(values, v, '2026-04-01'))).toEqual(['past', 'past', 'current']);
  });

  it('ends on the day before the next one begins, or on its own last day', () => {
    expect(values.map((v) => endOf(values, v))).toEqual(['2026-02-28', '2026-03-31', null]);
    expect(endOf([], value('2026-01-01', '2026-03-15'))).toBe('2026-03-15');
  });

  it('holds on its last day and not after it', () => {
    const bounded = [value('2026-01-01', '2026-03-15')];
    const parameter = { code: 'A17.X', title: '', unit: 't/h', citation: '', values: bounded };
    expect(currentValue(parameter, '2026-03-15')).toBe(bounded[0]);
    expect(currentValue(parameter, '2026-03-16')).toBeNull();
  });

  it.each([['number', '35.5', 35.5], ['number', '-1', null], ['number', 'x', null], ['number', ' ', null], ['day', '2026-03-15', '2026-03-15'], ['day', 'x', null], ['names', '141002\n\n 141024 ', ['141002', '141024']]] as const)('is read as the kind of its parameter: %s %s', (kind, text, read) => {
    expect(readValue(kind, text)).toEqual(read);
  });

  it('is told with its unit', () => {
    const office = { counties: [{ properties: { code: '141002', name: '尧都区' } }] } as unknown as Office;
    expect(valueInWords(office, 35, 't/h')).toBe('35 t/h');
    expect(valueInWords(office, 0.75, '1')).toBe('0.75');
    expect(valueInWords(office, '2026-03-15', 'date')).toBe('2026-03-15');
    expect(valueInWords(office, ['141002', '149999'], 'county code')).toBe('尧都区、149999');
    expect([kindOf([value('2026-01-01', null, ['a'])]), kindOf([value('2026-01-01', null, '2026-01-01')]), kindOf([])]).toEqual(['names', 'day', 'number']);
  });
});

describe('The audit', () => {
  it('shows only where before and after differ', () => {
    expect(differences({ name: '旧', roles: ['viewer'], scope: { counties: null, same: 1 } }, { name: '新', roles: ['viewer', 'auditor'], scope: { counties: ['141002'], same: 1 } })).toEqual([
      { path: 'name', before: '旧', after: '新' }, { path: 'roles', before: 'viewer', after: 'viewer、auditor' }, { path: 'scope.counties', before: '–', after: '141002' },
    ]);
  });

  it('shows all of what began and of what ended', () => {
    expect(differences(null, { a: 1, list: [{ b: true }] })).toEqual([{ path: 'a', before: null, after: '1' }, { path: 'list[0].b', before: null, after: 'true' }]);
    expect(differences({ a: 1 }, null)).toEqual([{ path: 'a', before: '1', after: null }]);
    expect(differences(null, undefined)).toEqual([]);
  });

  it.each([['session.opened', '登录'], ['boiler.changed', '修改锅炉'], ['parameter.add', '增加参数'], ['something.else', 'something.else']])('calls %s by its words', (action, words) => {
    expect(actionInWords(action)).toBe(words);
  });

  it('is asked for whole days of Beijing', () => {
    expect(queryOf({ from: '2026-03-15', to: '2026-03-15', actor: 'wang' })).toMatchObject({ from: '2026-03-15T00:00:00+08:00', to: '2026-03-16T00:00:00+08:00', actor: 'wang', outcome: '' });
  });
});

describe('A form', () => {
  it('knows the field that the server names', () => {
    expect(faultsOfProblem(new ApiProblem(400, '/problems/invalid', '', '', { faults: ['userName: is taken', 'something else'] }))).toEqual([{ field: 'userName', text: 'is taken' }, { field: '', text: 'something else' }]);
  });

  it('reads lists with Chinese and Latin commas', () => {
    expect(listOfText('a, b，c、d\ne')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('A browser', () => {
  it.each([['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'], ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36', 'Chrome · Android'], ['curl/8', '?'], [null, '?']])('is named as people call it: %s', (agent, name) => {
    expect(agentInWords(agent, '?')).toBe(name);
  });
});

describe('The words of the administration', () => {
  it('name the same actions, targets, outcomes and roles in both languages', () => {
    for (const table of ['actions', 'verbs', 'targets', 'outcomes', 'roleHints'] as const) expect(Object.keys(adminEn[table])).toEqual(Object.keys(adminZh[table]));
  });
});
