import { describe, expect, it } from 'vitest';
import { snapshotTables } from '../src/i18n/snapshot';
import { overlap, type Box } from '../src/map/shapes';
import { composePage, fileName, type SnapshotPage } from '../src/screen/snapshotPage';

const sizes: [width: number, height: number, unit: number][] = [[640, 520, 7], [980, 860, 10], [2000, 1750, 20], [2900, 860, 10], [374, 460, 7], [1100, 2900, 12], [200, 120, 7], [60, 4000, 7]];
const legends: ('signs' | 'ramp')[][] = [[], ['ramp'], ['signs', 'signs', 'ramp'], Array.from({ length: 44 }, (_, i) => (i === 20 ? 'ramp' : 'signs'))];

const linesOf = (page: SnapshotPage, unit: number, kinds: readonly ('signs' | 'ramp')[]): Box[] =>
  page.lines.map(([left, top], i) => ({ left, top, right: left + page.lineWidth, bottom: top + (kinds[i] === 'ramp' ? 6.4 : 3.1) * unit }));

describe('The page of a snapshot', () => {
  it.each(sizes)('of a view of %i × %i keeps its parts apart and on the page', (width, height, unit) => {
    for (const kinds of legends) {
      const page = composePage({ width, height }, unit, kinds);
      const parts = [page.header, page.figures, page.map, ...linesOf(page, unit, kinds), page.footer];
      for (const [i, part] of parts.entries()) {
        expect(part.left).toBeGreaterThanOrEqual(0);
        expect(part.top).toBeGreaterThanOrEqual(0);
        expect(part.right).toBeLessThanOrEqual(page.width + 0.01);
        expect(part.bottom).toBeLessThanOrEqual(page.height + 0.01);
        for (const other of parts.slice(i + 1)) expect(overlap(part, other)).toBeLessThan(0.01);
      }
      expect(page.lines).toHaveLength(kinds.length);
    }
  });

  it('keeps every pixel of the map', () => {
    for (const [width, height, unit] of sizes) {
      const { map } = composePage({ width, height }, unit, ['ramp', 'signs']);
      expect(map.right - map.left).toBeCloseTo(width, 6);
      expect(map.bottom - map.top).toBeCloseTo(height, 6);
    }
  });

  it('has the legend beside a wide view and below a high one', () => {
    const wide = composePage({ width: 1200, height: 900 }, 10, ['signs']);
    const high = composePage({ width: 500, height: 900 }, 10, ['signs']);
    expect(wide.legend.left).toBeGreaterThan(wide.map.right);
    expect(high.legend.top).toBeGreaterThan(high.map.bottom);
  });
});

describe('The file of a snapshot', () => {
  it('is named by Beijing time', () => {
    expect(fileName(snapshotTables.zh.file, Date.parse('2026-11-28T18:05:59Z'))).toBe('临汾大气一张图-2026-11-29-0205.png');
  });

  it('has words in both languages', () => {
    expect(Object.keys(snapshotTables.en)).toEqual(Object.keys(snapshotTables.zh));
    expect(snapshotTables.en.hint).not.toMatch(/\p{Script=Han}/u);
  });
});
