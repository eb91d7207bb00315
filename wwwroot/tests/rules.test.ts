import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { articleOf, articleTitle, ruleTitles } from '../src/screen/rules';

const articles = join(import.meta.dirname, '..', '..', 'src', 'Linfen.AirMap.Plan', 'Articles');
const sources = readdirSync(articles).filter((name) => name.endsWith('.cs')).map((name) => readFileSync(join(articles, name), 'utf8'));
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** The rules as the Plan names them: whole, `"A36.OpenBurning"`, or by the articles that put theirs together, `$"A30.{name}"` of `Entry("Yard"`. */
function rulesOfThePlan(): string[] {
  const whole = sources.flatMap((text) => found(text, /"(A\d\d\.[A-Z][A-Za-z0-9]*)"/g)).filter((name) => !name.endsWith('.DueHours'));
  const composed = sources.flatMap((text) => found(text, /\$"(A\d\d\.)\{name\}"/g).flatMap((article) => found(text, /=\s*Entry\(\s*"([A-Z][A-Za-z0-9]*)"/g).map((name) => article + name)));
  return [...new Set([...whole, ...composed])];
}

/** How many rules the Plan declares: fields without their names, and those of plain findings, of which two kinds may share one. */
const declared = (): number =>
  sources.reduce((sum, text) => sum + found(text, /static readonly (Rule) [A-Z]/g).length, 0) + new Set(sources.flatMap((text) => found(text, /Entry\("[a-z]\w*", "(A\d\d\.\w+)/g))).size;

describe('The rules', () => {
  it('of the plan all have a title', () => {
    const rules = rulesOfThePlan();
    expect(rules).toEqual(expect.arrayContaining(['A36.OpenBurning', 'A17.HeatRadius', 'A30.Yard']));
    expect(rules).toHaveLength(declared());
    expect(rules.filter((rule) => ruleTitles[rule] === undefined)).toEqual([]);
  });

  it('of the plan that several share an article have a common title', () => {
    const rules = rulesOfThePlan();
    const shared = rules.filter((rule) => rules.some((other) => other !== rule && articleOf(other) === articleOf(rule)));
    expect(shared.map((rule) => articleTitle(articleOf(rule), [rule, rule])).filter((title) => title.includes('其他违规'))).toEqual([]);
  });

  it('have titles in both languages that stay on the wall: two lines of Chinese, two of English', () => {
    const long = Object.values(ruleTitles).filter((t) => t.zh.length > 11 || t.en.length > 32 || !/\p{Script=Han}/u.test(t.zh) || /\p{Script=Han}/u.test(t.en));
    expect(long).toEqual([]);
  });

  it('of a later version are named by their article', () => {
    expect([zh.otherRule(35), en.otherRule(35)]).toEqual(['第35条其他违规', 'Other violation of Art. 35']);
  });
});
