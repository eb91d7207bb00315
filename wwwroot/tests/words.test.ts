import { readdirSync, readFileSync } from 'node:fs';
import { citationInWords } from '../src/i18n/citations';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camel, factWords, missingFact, valueWords } from '../src/i18n/facts';
import { parameterWords, unitInWords } from '../src/i18n/parameters';

const root = join(import.meta.dirname, '..', '..');
const articles = join(root, 'src', 'Linfen.AirMap.Plan', 'Articles');
const sources = readdirSync(articles).filter((name) => name.endsWith('.cs')).map((name) => readFileSync(join(articles, name), 'utf8')).join('\n');
const law = JSON.parse(readFileSync(join(root, 'gis-data', 'parameters.json'), 'utf8')) as { parameters: { code: string; unit: string }[] };
const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

describe('The words of a decision', () => {
  it('name every dated value of the law in both languages', () => {
    expect(law.parameters.length).toBeGreaterThan(40);
    expect(law.parameters.filter(({ code }) => parameterWords[code] === undefined)).toEqual([]);
    expect(Object.values(parameterWords).filter(([zh, en]) => !isHan(zh) || isHan(en))).toEqual([]);
  });

  it('tell every unit of the law without Chinese in English', () => {
    expect(law.parameters.map(({ unit }) => unitInWords(unit, 'en')).filter(isHan)).toEqual([]);
  });

  it('name every fact that an article weighs or reports', () => {
    const told = [...sources.matchAll(/new\("([a-z][A-Za-z]*)", /g)].map((match) => match[1] ?? '');
    expect(told).toContain('areaSquareMetres');
    expect([...new Set(told)].filter((name) => factWords[name] === undefined && valueWords[name] === undefined)).toEqual([]);
  });

  it('name every fact that a rule may wait for', () => {
    const waited = [...sources.matchAll(/(?:Require\w*\([^;]*?|Undecidable\()"([a-z]+(?:-[a-z]+)*)"\)/g)].map((match) => match[1] ?? '');
    expect(waited).toEqual(expect.arrayContaining(['site-status', 'net-mesh', 'place']));
    expect([...new Set(waited)].filter((name) => missingFact(name, 'en') === null && !name.startsWith('not-'))).toEqual([]);
  });

  it('are words of their own language', () => {
    expect(Object.values(factWords).filter(({ name: [zh, en] }) => !isHan(zh) || isHan(en))).toEqual([]);
    expect(camel('net-mesh')).toBe('netMesh');
  });
});

describe('A citation', () => {
  it('is told in the language of the page, and keeps the numbers of standards', () => {
    const citation = '示例值，由市里确定（example, to be set by the city）；DB61/1078-2017';
    expect(citationInWords(citation, 'zh')).toBe('示例值，由市里确定；DB61/1078-2017');
    expect(citationInWords(citation, 'en')).toBe('example, to be set by the city; DB61/1078-2017');
    expect(citationInWords('环境空气质量标准（GB 3095-2012）', 'zh')).toBe('环境空气质量标准（GB 3095-2012）');
  });
});
