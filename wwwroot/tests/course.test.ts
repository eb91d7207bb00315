import { describe, expect, it } from 'vitest';
import { courseInWords } from '../src/screen/fireCard';

const step = (extentMetres: number, frpMegawatts: number | null) => ({ at: '2026-11-28T10:00:00+08:00', detections: 1, frpMegawatts, extentMetres });

describe('The course of a fire', () => {
  it('is told once there are two looks to compare', () => expect([courseInWords([]), courseInWords([step(0, 4)])]).toEqual([null, null]));
  it('tells growth, and power where it was measured twice', () => {
    expect(courseInWords([step(0, null), step(404, 4), step(1260, 12.34)])).toBe('0 m → 1.3 km · 4.0 → 12.3 MW');
    expect(courseInWords([step(120, 4), step(120, null)])).toBe('120 m → 120 m');
  });
});
