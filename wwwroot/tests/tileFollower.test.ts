import { beforeEach, expect, test, vi } from 'vitest';
import type { ShownLayers } from '../src/map/layers';
import { TileFollower } from '../src/map/tileFollower';

vi.stubGlobal('location', { origin: 'http://wall' });

type TileState = 'loading' | 'reading' | 'loaded' | 'errored' | 'stuck';
interface Place { readonly z: number; readonly x: number; readonly y: number }

const place: Place = { z: 9, x: 414, y: 201 };

/**
 * What the library does with the one tile of the cases: read for the first time it keeps its first address to the end; interrupted by a change of the style
 * it answers with old data; and failed before, it waits for ever for an answer that nobody asked for, unless it is named.
 */
class Library {
  readonly asked: string[] = [];
  tile: TileState = 'loaded';
  private readonly source = {
    tiles: [''],
    setTiles: (tiles: string[]) => {
      this.source.tiles = tiles;
      this.ask('loading');
    },
  };

  private readonly told = new Map<string, (event: unknown) => void>();

  on(type: string, told: (event: unknown) => void): void {
    this.told.set(type, told);
  }

  getSource(id: string): Library['source'] {
    return id === 'subjects' ? this.source : { tiles: [''], setTiles: () => {} };
  }

  isSourceLoaded(id: string): boolean {
    return id !== 'subjects' || this.tile === 'loaded' || this.tile === 'errored';
  }

  refreshTiles(id: string, places?: Place[]): void {
    if (id !== 'subjects' || this.tile === 'loading' || this.tile === 'stuck') return;
    if (places !== undefined) this.ask('reading');
    else if (this.tile === 'errored') this.tile = 'stuck';
    else this.ask('reading');
  }

  triggerRepaint(): void {}

  frame(): void {
    this.told.get('render')?.({});
  }

  answer(): void {
    this.tile = 'loaded';
    this.frame();
  }

  fail(): void {
    this.tile = 'errored';
    this.told.get('error')?.({ sourceId: 'subjects', tile: { tileID: { canonical: place } } });
  }

  /** Of two askings in one go the second is the one that is answered. */
  private ask(state: TileState): void {
    const address = this.source.tiles[0]?.split('?')[1] ?? '';
    if (!this.isJustAsked) this.asked.push(address);
    this.tile = state;
    this.isJustAsked = true;
    queueMicrotask(() => { this.isJustAsked = false; });
  }

  private isJustAsked = false;
}

let library = new Library();
let shown: ShownLayers = new Set(['violations']);
const follower = (isStyled = () => true): TileFollower => new TileFollower(library as unknown as ConstructorParameters<typeof TileFollower>[0], () => shown, isStyled);

/** One that has read its first tiles. */
async function following(): Promise<TileFollower> {
  const tiles = follower();
  tiles.reach({ cases: 7, monitors: '' });
  await vi.advanceTimersByTimeAsync(1);
  library.answer();
  library.asked.length = 0;
  return tiles;
}

beforeEach(() => {
  vi.useFakeTimers();
  library = new Library();
  shown = new Set(['violations']);
});

test('what changes while tiles are read is asked for when they are there', async () => {
  const tiles = await following();
  library.tile = 'loading';
  tiles.narrow('a36');
  library.frame();
  expect([library.asked, tiles.pending]).toEqual([[], true]);
  library.answer();
  expect([library.asked, tiles.pending]).toEqual([['v=7&f=a36'], false]);
});

test('of what changes meanwhile the last is asked for, once', async () => {
  const tiles = await following();
  library.tile = 'loading';
  for (const filter of ['a36', 'a28', 'a32']) tiles.narrow(filter);
  library.answer();
  library.frame();
  expect(library.asked).toEqual(['v=7&f=a32']);
});

test('before the style is there nothing is asked, and with it at once, once', async () => {
  let isStyled = false;
  const tiles = follower(() => isStyled);
  tiles.narrow('a36');
  tiles.reach({ cases: 7, monitors: '' });
  await vi.advanceTimersByTimeAsync(1);
  expect(library.asked).toEqual([]);
  isStyled = true;
  tiles.restyle();
  tiles.begin();
  await vi.advanceTimersByTimeAsync(1);
  library.frame();
  library.answer();
  expect([library.asked, tiles.pending]).toEqual([['v=7&f=a36'], false]);
});

test('a new address waits for the frame that follows a change of the style', async () => {
  const tiles = await following();
  tiles.restyle();
  tiles.narrow('a36');
  expect([library.asked, tiles.pending]).toEqual([[], true]);
  library.frame();
  expect([library.asked, tiles.pending]).toEqual([['v=7&f=a36'], false]);
});

test('what a change of the style interrupts is asked for again, and what was there before it is not', async () => {
  const tiles = await following();
  tiles.restyle();
  library.frame();
  expect(library.asked).toEqual([]);
  tiles.narrow('a36');
  tiles.restyle();
  library.tile = 'loaded';
  await vi.advanceTimersByTimeAsync(1);
  library.frame();
  expect(library.asked).toEqual(['v=7&f=a36', 'v=7&f=a36']);
});

test('a tile that could not be read is asked for again, ever less often', async () => {
  await following();
  const times: number[] = [];
  library.fail();
  for (let second = 1; second <= 120; second++) {
    await vi.advanceTimersByTimeAsync(1000);
    if (library.asked.length === 0) continue;
    times.push(second);
    library.asked.length = 0;
    library.fail();
  }
  expect(times).toEqual([5, 15, 35, 75]);
});

test('a tile that failed is read at the next address, too', async () => {
  const tiles = await following();
  library.fail();
  tiles.narrow('a36');
  expect([library.tile, library.asked]).toEqual(['reading', ['v=7&f=a36']]);
});

test('without a connection the map keeps what it has, and is at rest; with it again it reads what is missing and what is old', async () => {
  const tiles = await following();
  tiles.cut(true);
  tiles.narrow('a36');
  library.fail();
  await vi.advanceTimersByTimeAsync(100_000);
  library.frame();
  expect([library.asked, library.tile, tiles.pending]).toEqual([[], 'errored', false]);
  tiles.cut(false);
  expect([library.asked, library.tile, tiles.pending]).toEqual([['v=7&f=a36'], 'reading', false]);
});
