import { describe, expect, it } from 'vitest';
import { placeLabels, type LabelWish } from '../src/map/labels';
import { boxAround, contains, overlap, type Box, type Pixel } from '../src/map/shapes';

const view: Box = { left: 0, top: 0, right: 1000, bottom: 1000 };
const square = (x: number, y: number, side: number): Pixel[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
const wish = (code: string, ring: Pixel[], anchor: Pixel, current: Pixel | null = null): LabelWish => ({ code, rings: [ring], anchor, width: 60, height: 40, current });
const boxOf = (place: Pixel | undefined): Box => boxAround(place ?? [0, 0], 60, 40);

describe('A county label', () => {
  it('stands at its anchor when nothing is in the way', () => {
    expect(placeLabels([wish('a', square(100, 100, 300), [250, 250])], [], view).get('a')).toEqual([250, 250]);
  });

  it('makes room for a fire and stays inside its county', () => {
    const ring = square(100, 100, 300);
    const fire = boxAround([250, 250], 40, 40);
    const place = placeLabels([wish('a', ring, [250, 250])], [fire], view).get('a');
    expect(overlap(boxOf(place), fire)).toBe(0);
    expect(contains([ring], place as Pixel)).toBe(true);
  });

  it('does not cover the label of its neighbour', () => {
    const places = placeLabels([wish('a', square(100, 100, 120), [210, 160]), wish('b', square(220, 100, 120), [230, 160])], [], view);
    expect(overlap(boxOf(places.get('a')), boxOf(places.get('b')))).toBe(0);
  });

  it('is dropped when its county is out of view', () => {
    expect(placeLabels([wish('a', square(2000, 2000, 100), [2050, 2050])], [], view).has('a')).toBe(false);
  });

  it('comes into view with the part of the county that is', () => {
    const place = placeLabels([wish('a', square(-900, 100, 1200), [-300, 700])], [], view).get('a') as Pixel;
    expect(place[0]).toBeGreaterThan(0);
  });

  it('does not wander without a reason', () => {
    expect(placeLabels([wish('a', square(100, 100, 300), [250, 250], [252, 251])], [], view).get('a')).toEqual([252, 251]);
  });
});
