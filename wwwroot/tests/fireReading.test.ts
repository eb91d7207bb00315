import { afterEach, expect, test, vi } from 'vitest';
import { FireReading } from '../src/screen/fireReading';

type Model = Parameters<FireReading['show']>[1];

afterEach(() => vi.unstubAllGlobals());

test.each([[404, 'gone'], [500, 'failed']])('a fire that the server does not tell (%i) is asked for once, however often its card is drawn', async (status, progress) => {
  vi.stubGlobal('location', { origin: 'http://wall' });
  const asked = vi.fn(async () => new Response('{}', { status, headers: { 'Content-Type': 'application/problem+json' } }));
  vi.stubGlobal('fetch', asked);
  const model = { state: { fires: new Map(), violations: new Map() }, touched: '', link: 'live' } as unknown as Model;
  const came = vi.fn();
  const reading = new FireReading(came);

  reading.show('nobody', model);
  await vi.waitFor(() => expect(came).toHaveBeenCalledOnce());
  const first = asked.mock.calls.length;
  for (let drawn = 0; drawn < 20; drawn += 1) expect(reading.show('nobody', model)).toBeNull();

  expect([reading.progress, asked.mock.calls.length, first > 0]).toEqual([progress, first, true]);
});
