import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const importsOf = (file: string): string[] => [...readFileSync(join(source, file), 'utf8').matchAll(/from '([^']+)'|import '([^']+)'/g)].map((m) => m[1] ?? m[2] ?? '');
const importers = (pattern: RegExp): string[] => files.filter((file) => importsOf(file).some((name) => pattern.test(name)));
const outside = (folders: readonly string[], names: string[]): string[] => names.filter((file) => !folders.some((folder) => file.startsWith(`${folder}/`)));

describe('The client', () => {
  it('draws with maplibre-gl in map/ only', () => {
    expect(outside(['map'], importers(/^maplibre-gl/))).toEqual([]);
  });

  it('talks to the hub in live/ only', () => {
    expect(outside(['live'], importers(/^@microsoft\/signalr/))).toEqual([]);
  });

  it('draws charts with echarts in one file, which pages ask for when one comes into view', () => {
    expect(importers(/^echarts/).filter((file) => file !== 'pages/charts/options.ts')).toEqual(['pages/charts/drawing.ts']);
    const atOnce = files.filter((file) => file.startsWith('pages/') && /^import (?!type )[^;]*\/drawing'/m.test(readFileSync(join(source, file), 'utf8')));
    expect(atOnce).toEqual([]);
  });

  it('keeps map/ and live/ free of the screen and of each other', () => {
    expect(files.filter((f) => f.startsWith('map/') && importsOf(f).some((name) => /\/(?:screen|live|i18n)\b/.test(name)))).toEqual([]);
    expect(files.filter((f) => f.startsWith('live/') && importsOf(f).some((name) => /\/(?:screen|map|i18n)\b/.test(name)))).toEqual([]);
  });

  it('asks the server in api/ only', () => {
    const callers = files.filter((f) => /\bfetch\(|XMLHttpRequest|WebSocket/.test(readFileSync(join(source, f), 'utf8')));
    expect(callers).toEqual(['api/http.ts']);
  });

  it('writes no HTML from text and no style attribute, as the content policy demands', () => {
    const writers = files.filter((f) => /innerHTML|insertAdjacentHTML|setAttribute\('style'/.test(readFileSync(join(source, f), 'utf8')));
    expect(writers).toEqual([]);
  });
});
