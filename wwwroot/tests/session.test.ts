import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, keepBy, request } from '../src/api/http';
import { sessionEn } from '../src/i18n/session.en';
import { sessionZh } from '../src/i18n/session.zh';
import { passwordFault } from '../src/session/password';
import { faultsInWords, refusalInWords } from '../src/session/refusals';
import { signInAddress, wayBack } from '../src/session/way';
import { spaced } from '../src/signin/kioskStep';

const place = (text: string): { pathname: string; search: string; hash: string } => {
  const { pathname, search, hash } = new URL(text, 'http://airmap.test');
  return { pathname, search, hash };
};

describe('The way to the sign-in page', () => {
  it.each(['/', '/registers/#/land?q=城东', '/admin/#/audit?outcome=refused', '/?simulated=exclude#c=111.5,36.1&z=9'])('leads back to where one was: %s', (here) => {
    const address = signInAddress(place(here));
    expect(address.startsWith('/signin/?')).toBe(true);
    const { pathname, search, hash } = place(here);
    expect(wayBack(place(address).search, '/')).toBe(pathname + search + hash);
  });

  it('asks for a code where a wall stands', () => {
    expect(new URLSearchParams(place(signInAddress(place('/?kiosk=1'))).search).get('kiosk')).toBe('1');
    expect(new URLSearchParams(place(signInAddress(place('/'))).search).get('kiosk')).toBeNull();
  });

  it.each(['https://evil.test/', '//evil.test/', '/\\evil.test', '/.//evil.test/', 'javascript:alert(1)', '/signin/?next=/', '', 'registers/'])('never leads elsewhere: %s', (next) => {
    expect(wayBack(`?next=${encodeURIComponent(next)}`, '/')).toBe('/');
  });
});

describe('A change', () => {
  const sent: Headers[] = [];
  let answers: Response[] = [];
  const tokens: boolean[] = [];
  const unsigned = vi.fn();

  beforeEach(() => {
    sent.length = tokens.length = 0;
    unsigned.mockReset();
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      sent.push(new Headers(init.headers));
      return Promise.resolve(answers.shift());
    });
    keepBy({ token: (afresh) => { tokens.push(afresh); return Promise.resolve(afresh ? 'second' : 'first'); }, unsigned });
  });
  afterEach(() => vi.unstubAllGlobals());

  const ok = (): Response => new Response('{}', { status: 200 });
  const refused = (status: number, type: string, headers: Record<string, string> = {}): Response => new Response(JSON.stringify({ type: `/problems/${type}`, title: type }), { status, headers });

  it('carries the token; a question carries none', async () => {
    answers = [ok(), ok()];
    await request('/api/land', { method: 'POST', json: {} });
    await request('/api/land');
    expect(sent.map((h) => h.get('X-CSRF-Token'))).toEqual(['first', null]);
  });

  it('is sent once more with a new token when another tab signed in again', async () => {
    answers = [refused(403, 'csrf-token'), ok()];
    await request('/api/land', { method: 'DELETE' });
    expect(sent.map((h) => h.get('X-CSRF-Token'))).toEqual(['first', 'second']);
  });

  it('that is forbidden is not sent again', async () => {
    answers = [refused(403, 'forbidden')];
    await expect(request('/api/land', { method: 'DELETE' })).rejects.toMatchObject({ status: 403 });
    expect(tokens).toEqual([false]);
  });

  it('without a session ends the page; a wrong password does not', async () => {
    answers = [refused(401, 'credentials'), refused(401, 'totp-required'), refused(401, 'unauthenticated')];
    await expect(request('/api/session', { method: 'POST' })).rejects.toBeInstanceOf(ApiProblem);
    await expect(request('/api/session', { method: 'POST' })).rejects.toBeInstanceOf(ApiProblem);
    expect(unsigned).not.toHaveBeenCalled();
    await expect(request('/api/land', { method: 'POST' })).rejects.toBeInstanceOf(ApiProblem);
    expect(unsigned).toHaveBeenCalledOnce();
  });

  it('beyond a limit says how long to wait', async () => {
    answers = [refused(429, 'too-many-requests', { 'Retry-After': '23' })];
    const error: unknown = await request('/api/land', { method: 'POST' }).then(() => null, (e: unknown) => e);
    expect(refusalInWords(error)).toBe(sessionZh.limited(23));
  });
});

describe('A refusal', () => {
  it.each([[401, sessionZh.expired], [403, sessionZh.forbidden], [429, sessionZh.limited(1)], [404, null], [500, null]] as const)('%i is told in a sentence', (status, words) => {
    expect(refusalInWords(new ApiProblem(status, '', '', ''))).toBe(words);
  });

  it('that the server names is told by its name', () => {
    expect(refusalInWords(new ApiProblem(409, '/problems/last-administrator', '', ''))).toBe(sessionZh.problems['last-administrator']);
  });

  it('of a value says what is against it', () => {
    expect(faultsInWords(new ApiProblem(400, '/problems/invalid', 'Invalid', '', { faults: ['a', 'b'] }))).toBe('a；b');
  });
});

describe('A new password', () => {
  it.each([
    ['kurz', 'kurz', sessionZh.passwordShort(10)], ['old-password-1', 'old-password-1', sessionZh.passwordSame], ['new-password-22', 'new-password-23', sessionZh.passwordsDiffer], ['new-password-22', 'new-password-22', null],
  ])('%s, repeated %s', (next, repeated, fault) => {
    expect(passwordFault('old-password-1', next, repeated)).toBe(fault);
  });
});

describe('The code of a wall', () => {
  it.each([['482913', '482 913'], ['12345678', '1234 5678'], ['', '']])('stands in groups: %s', (code, text) => {
    expect(spaced(code)).toBe(text);
  });
});

describe('The words of signing in', () => {
  it('are there in both languages for every role and problem', () => {
    for (const table of ['roles', 'problems'] as const) expect(Object.keys(sessionEn[table])).toEqual(Object.keys(sessionZh[table]));
  });
});
