import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/api/http';
import type { County, FeatureList } from '../src/api/types';
import { CountyBook } from '../src/live/counties';

/** A server whose numbers reflect `seq`, and a clock that the test turns. */
class Desk {
  seq = 1;
  reads = 0;
  failing = false;
  waiting: (() => void)[] = [];
  shown: number[] = [];
  readonly book = new CountyBook((etag) => this.read(etag), (numbers) => this.shown.push(numbers.asOf.seq), (_, then) => this.waiting.push(then));

  async read(etag: string | null): Promise<Answer<FeatureList<County>>> {
    this.reads += 1;
    if (this.failing) throw new TypeError('Failed to fetch');
    const current = `"${this.seq}"`;
    if (etag === current) return { body: null, etag };
    return { body: { type: 'FeatureCollection', features: [], next: null, asOf: { epoch: 'e', seq: this.seq } }, etag: current };
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  }

  async pass(): Promise<void> {
    await this.settle();
    for (const then of this.waiting.splice(0)) then();
    await this.settle();
  }
}

describe('The county numbers', () => {
  it('are asked for at once, and once for a burst', async () => {
    const desk = new Desk();
    desk.book.refresh();
    desk.book.refresh();
    desk.book.refresh();
    expect(desk.reads).toBe(1);
    await desk.pass();
    expect(desk.reads).toBe(2);
    await desk.pass();
    expect(desk.reads).toBe(2);
  });

  it('are asked for again until they reflect what the page knows', async () => {
    const desk = new Desk();
    desk.book.refresh();
    desk.book.reach({ epoch: 'e', seq: 3 });
    await desk.pass();
    desk.seq = 3;
    await desk.pass();
    await desk.pass();
    expect(desk.shown).toEqual([1, 3]);
  });

  it('do not change the page when the server says that they are the same', async () => {
    const desk = new Desk();
    desk.book.refresh();
    await desk.pass();
    desk.book.refresh();
    await desk.pass();
    expect(desk.reads).toBe(2);
    expect(desk.shown).toEqual([1]);
  });

  it('are asked for again after a failure', async () => {
    const desk = new Desk();
    desk.failing = true;
    desk.book.refresh();
    await desk.settle();
    desk.failing = false;
    await desk.pass();
    expect(desk.shown).toEqual([1]);
  });
});
