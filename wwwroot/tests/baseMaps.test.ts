import { describe, expect, it } from 'vitest';
import { baseMapTables } from '../src/i18n/baseMaps';
import { readAddress, writeAddress } from '../src/screen/address';

describe('The base map of a link', () => {
  it('is kept with the rest of the address', () => {
    for (const baseMap of ['tdt-vec', 'file-临汾影像', 'file-streets_2026.v1']) {
      const address = { ...readAddress('#c=111.5000,36.1000&z=9.00&s=county:141024'), baseMap };
      expect(readAddress(writeAddress(address))).toEqual(address);
    }
  });

  it('is none where the link names none, or nonsense', () => {
    for (const hash of ['', '#b=', '#b=https%3A%2F%2Felsewhere', `#b=${'x'.repeat(200)}`]) expect(readAddress(hash).baseMap).toBeUndefined();
    expect(writeAddress(readAddress(''))).toBe('');
  });

  it('has words in both languages', () => {
    expect(Object.keys(baseMapTables.en)).toEqual(Object.keys(baseMapTables.zh));
    expect(baseMapTables.en.credit('x')).not.toMatch(/\p{Script=Han}/u);
  });
});
