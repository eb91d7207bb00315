import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Drawing } from './drawing';

describe('when the panels are drawn', () => {
  beforeEach(() => { vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] }); });
  afterEach(() => { vi.useRealTimers(); });

  it('is once in the next frame, however many reasons there are', () => {
    const draw = vi.fn();
    const drawing = new Drawing(draw);
    drawing.soon();
    drawing.soon();
    expect(draw).not.toHaveBeenCalled();
    vi.advanceTimersToNextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
    vi.advanceTimersToNextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('is at once where news comes, and not again in the frame that was asked for before', () => {
    const draw = vi.fn();
    const drawing = new Drawing(draw);
    drawing.soon();
    drawing.atOnce();
    expect(draw).toHaveBeenCalledTimes(1);
    vi.advanceTimersToNextFrame();
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('is by frames where one piece of news follows the other', () => {
    const draw = vi.fn();
    const drawing = new Drawing(draw);
    drawing.atOnce();
    for (let i = 0; i < 50; i++) drawing.atOnce();
    expect(draw).toHaveBeenCalledTimes(1);
    vi.advanceTimersToNextFrame();
    expect(draw).toHaveBeenCalledTimes(2);
  });
});
