import { boundsOf, boxAround, contains, isWithin, overlap, type Box, type Pixel } from './shapes';

/** A county that wants its name and number on the map. */
export interface LabelWish {
  readonly code: string;
  readonly rings: readonly (readonly Pixel[])[];
  /** Where the label stands if nothing is in its way. */
  readonly anchor: Pixel;
  readonly width: number;
  readonly height: number;
  /** Where it stands now; it moves only for a good reason. */
  readonly current: Pixel | null;
}

const steps = 14; // candidates along the longer side of a county
const margin = 3; // px around a label
const overlapCost = 40;
const mostCovered = 0.05; // of a label, by other labels: beyond it neither can be read
const outsideCost = 3;
const moveCost = 0.12;

/**
 * Finds each county a place for its label inside the county and the view, free of fires, panels and other labels. The county
 * with the least room chooses first. A label may lie on a sign where there is no other way, and on no other label: a county without
 * any such place in the view gets none, until one comes closer.
 */
export function placeLabels(wishes: readonly LabelWish[], obstacles: readonly Box[], view: Box): Map<string, Pixel> {
  const taken: Box[] = [];
  const places = new Map<string, Pixel>();
  for (const wish of [...wishes].sort((a, b) => roomOf(a) - roomOf(b))) {
    const place = bestPlace(wish, obstacles, taken, view);
    if (place === null) continue;
    places.set(wish.code, place);
    taken.push(boxAround(place, wish.width + 2 * margin, wish.height + 2 * margin));
  }
  return places;
}

function roomOf(wish: LabelWish): number {
  const { left, top, right, bottom } = boundsOf(wish.rings.flat());
  return (right - left) * (bottom - top);
}

/** What costs little to know is asked first: most candidates are too far away to be better, whatever lies on them. */
function bestPlace(wish: LabelWish, signs: readonly Box[], labels: readonly Box[], view: Box): Pixel | null {
  let best: Pixel | null = null;
  let lowest = Infinity;
  for (const candidate of candidates(wish, view)) {
    let cost = distanceCost(wish, candidate);
    if (cost >= lowest || !contains(wish.rings, candidate)) continue;
    const covered = coveredBy(labels, wish, candidate);
    if (covered > mostCovered) continue;
    cost += (covered + coveredBy(signs, wish, candidate)) * overlapCost;
    if (cost >= lowest) continue;
    cost += outsideShare(wish, candidate) * outsideCost;
    if (cost < lowest) [lowest, best] = [cost, candidate];
  }
  return best;
}

/** Where the whole label is in the view; whether it is in the county is not asked. */
function* candidates(wish: LabelWish, view: Box): Generator<Pixel> {
  const bounds = boundsOf(wish.rings.flat());
  const step = Math.max(3, Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) / steps);
  const free = (at: Pixel): boolean => isWithin(boxAround(at, wish.width, wish.height), view);
  if (wish.current !== null && free(wish.current)) yield wish.current;
  if (free(wish.anchor)) yield wish.anchor;
  const left = Math.max(bounds.left, view.left);
  const top = Math.max(bounds.top, view.top);
  const across = Math.min(step, (view.right - view.left) / steps);
  for (let y = top; y <= Math.min(bounds.bottom, view.bottom); y += across) {
    for (let x = left; x <= Math.min(bounds.right, view.right); x += across) if (free([x, y])) yield [x, y];
  }
}

/** The share of a label that lies on these. */
function coveredBy(others: readonly Box[], { width, height }: LabelWish, at: Pixel): number {
  const box = boxAround(at, width, height);
  return others.reduce((sum, other) => sum + overlap(box, other), 0) / (width * height);
}

function distanceCost(wish: LabelWish, at: Pixel): number {
  const away = Math.hypot(at[0] - wish.anchor[0], at[1] - wish.anchor[1]) / Math.max(wish.width, 1);
  return away + (wish.current !== null && (at[0] !== wish.current[0] || at[1] !== wish.current[1]) ? moveCost : 0);
}

/** The share of a label's rim that lies outside its county. */
function outsideShare(wish: LabelWish, at: Pixel): number {
  const box = boxAround(at, wish.width, wish.height);
  const rim: Pixel[] = [
    [box.left, box.top], [at[0], box.top], [box.right, box.top], [box.left, at[1]],
    [box.right, at[1]], [box.left, box.bottom], [at[0], box.bottom], [box.right, box.bottom],
  ];
  return rim.filter((p) => !contains(wish.rings, p)).length / rim.length;
}
