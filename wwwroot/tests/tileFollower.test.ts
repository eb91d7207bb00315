import { beforeEach, expect, test, vi } from 'vitest';
import { TileFollower } from '../src/map/tileFollower';

vi.stubGlobal('location', { origin: 'http://wall' });

interface Data {
  sourceId: string;
  sourceDataType: string;
  isSourceLoaded: boolean;
}

/** The library as it is: an address that changes while tiles are read, or while it is about to follow another style, is never read. */
class Library {
  readonly asked: string[] = [];
  loading = false;
  private readonly told = new Map<string, (event: Data) => void>();

  on(type: string, told: (event: Data) => void): void {
    this.told.set(type, told);
  }

  isStyleLoaded(): boolean {
    return !this.loading;
  }

  getSource(): { setTiles(tiles: string[]): void } {
    return { setTiles: ([tiles]) => { if (!this.loading && tiles?.includes('violations') === true) this.asked.push(tiles.split('?')[1] ?? ''); } };
  }

  finish(by: 'sourcedata' | 'idle'): void {
    this.loading = false;
    this.told.get(by)?.({ sourceId: 'burning', sourceDataType: 'idle', isSourceLoaded: true });
  }

  /** A new address is taken up a frame after it was set. */
  takeUp(): void {
    this.told.get('sourcedata')?.({ sourceId: 'subjects', sourceDataType: 'content', isSourceLoaded: false });
  }
}

let library = new Library();
const follower = (isStyled = () => true): TileFollower => new TileFollower(library as unknown as ConstructorParameters<typeof TileFollower>[0], () => new Set(['violations']), isStyled);

beforeEach(() => {
  vi.useFakeTimers();
  library = new Library();
});

test.each(['sourcedata', 'idle'] as const)('what changes while tiles are read is asked for when they are there (%s)', (by) => {
  const tiles = follower();
  tiles.reach({ cases: 7, monitors: '' });
  vi.advanceTimersByTime(1);
  library.loading = true;
  tiles.narrow('a36');
  expect(tiles.pending).toBe(true);
  library.finish(by);
  expect([library.asked, tiles.pending]).toEqual([['v=7', 'v=7&f=a36'], false]);
});

test('of what changes meanwhile the last is asked for, once', () => {
  const tiles = follower();
  library.loading = true;
  tiles.reach({ cases: 7, monitors: '' });
  vi.advanceTimersByTime(1);
  expect(library.asked).toEqual([]);
  for (const filter of ['a36', 'a28', '']) tiles.narrow(filter);
  library.finish('sourcedata');
  library.finish('idle');
  expect(library.asked).toEqual(['v=7']);
});

test('before the style is there nothing is asked, and with it at once', () => {
  let isStyled = false;
  const tiles = follower(() => isStyled);
  tiles.narrow('a36');
  tiles.reach({ cases: 7, monitors: '' });
  vi.advanceTimersByTime(1);
  expect(library.asked).toEqual([]);
  isStyled = true;
  tiles.refresh(true);
  expect(library.asked).toEqual(['v=7&f=a36']);
});

test('what a change of the style interrupts is asked for again, and what was taken up before it is not', () => {
  const tiles = follower();
  tiles.reach({ cases: 7, monitors: '' });
  vi.advanceTimersByTime(1);
  library.takeUp();
  tiles.restyle();
  tiles.narrow('a36');
  library.loading = true;
  tiles.restyle();
  library.finish('idle');
  expect(library.asked).toEqual(['v=7', 'v=7&f=a36', 'v=7&f=a36']);
});

test('where nothing is told, as of tiles that cannot be read, it is asked after a while', () => {
  const tiles = follower();
  library.loading = true;
  tiles.reach({ cases: 7, monitors: '' });
  vi.advanceTimersByTime(2000);
  expect([library.asked, tiles.pending]).toEqual([[], true]);
  library.loading = false;
  vi.advanceTimersByTime(1000);
  expect([library.asked, tiles.pending]).toEqual([['v=7'], false]);
});
