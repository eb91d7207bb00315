import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Drawing } from '../src/screen/drawing';

/** Frames by hand, and the clock too. */
const frames = new Map<number, () => void>();
let asked = 0;
let now = 1000;

const nextFrame = (): void => {
  const due = [...frames.values()];
  frames.clear();
  for (const frame of due) frame();
};

describe('the panels are drawn', () => {
  beforeEach(() => {
    frames.clear();
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => {
      frames.set(++asked, frame);
      return asked;
    });
    vi.stubGlobal('cancelAnimationFrame', (handle: number) => void frames.delete(handle));
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('once in the next frame, however many reasons there are', () => {
    const draw = vi.fn();
    const drawing = new Drawing(draw);
    drawing.soon();
    drawing.soon();
    expect(draw).not.toHaveBeenCalled();
    nextFrame();
    nextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('at once where news comes, and not again in the frame that was asked for before', () => {
    const draw = vi.fn();
    const drawing = new Drawing(draw);
    drawing.soon();
    drawing.atOnce();
    expect(draw).toHaveBeenCalledTimes(1);
    nextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('by frames where one piece of news follows the other', () => {
    const draw = vi.fn();
    const drawing = new Drawing(draw);
    drawing.atOnce();
    for (let i = 0; i < 50; i++) drawing.atOnce();
    expect(draw).toHaveBeenCalledTimes(1);
    nextFrame();
    expect(draw).toHaveBeenCalledTimes(2);
    now += 150;
    drawing.atOnce();
    expect(draw).toHaveBeenCalledTimes(3);
  });
});
