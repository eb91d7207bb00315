import { expect, test } from 'vitest';
import { Shelf } from '../src/map/shelf';

test('nothing goes while there is little, however old it is', () => {
  const shelf = new Shelf(2, 1000);
  expect(shelf.put('a', 0)).toEqual([]);
  expect(shelf.put('b', 5000)).toEqual([]);
});

test('of too many the oldest go, and only those that have lain there for long', () => {
  const shelf = new Shelf(2, 1000);
  for (const [name, at] of [['a', 0], ['b', 10], ['c', 20]] as const) expect(shelf.put(name, at)).toEqual([]);
  expect(shelf.put('d', 1015)).toEqual(['a', 'b']);
  expect(shelf.put('e', 1016)).toEqual([]);
  expect(shelf.put('f', 9000)).toEqual(['c', 'd']);
});

test('what is made again is young again', () => {
  const shelf = new Shelf(1, 1000);
  shelf.put('a', 0);
  shelf.put('b', 10);
  expect(shelf.put('a', 900)).toEqual([]);
  expect(shelf.put('c', 1500)).toEqual(['b']);
});
