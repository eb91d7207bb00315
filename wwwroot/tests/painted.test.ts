import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { painted } from '../src/screen/painted';

let frames: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Whether it has come, at any moment. */
const seen = (coming: Promise<void>): (() => Promise<boolean>) => {
  let is = false;
  void coming.then(() => { is = true; });
  return async () => {
    await vi.advanceTimersByTimeAsync(1);
    return is;
  };
};

test('what was drawn is on the screen after a frame, not before', async () => {
  const isSeen = seen(painted(Promise.resolve(), 1000));
  expect(await isSeen()).toBe(false);
  for (const frame of frames) frame();
  expect(await isSeen()).toBe(true);
});

test('a page without frames, or without anything to draw, is waited for so long and no longer', async () => {
  for (const ready of [Promise.resolve(), new Promise<void>(() => {})]) {
    const isSeen = seen(painted(ready, 1000));
    await vi.advanceTimersByTimeAsync(990);
    expect(await isSeen()).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(await isSeen()).toBe(true);
  }
});
