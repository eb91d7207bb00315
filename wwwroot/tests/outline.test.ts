import { describe, expect, it } from 'vitest';
import type { County, LonLat } from '../src/api/types';
import { cityOutline, simplify } from '../src/map/outline';

const square = (x: number, y: number): LonLat[] => [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]];
const county = (ring: LonLat[]): County => ({ type: 'Feature', id: '', geometry: { type: 'Polygon', coordinates: [ring] }, properties: {} as County['properties'] });

describe('The outline of the city', () => {
  it('leaves out the border between two counties', () => {
    const rings = cityOutline([county(square(0, 0)), county(square(1, 0))], 0.001);
    expect(rings).toHaveLength(1);
    expect(rings[0]?.some(([x, y]) => Math.abs(x - 1) < 0.01 && y > 0.1 && y < 0.9)).toBe(false);
  });

  it('drops what is smaller than the tolerance', () => {
    expect(simplify([[0, 0], [1, 0.001], [2, 0], [2, 2]], 0.01)).toEqual([[0, 0], [2, 0], [2, 2]]);
  });
});
