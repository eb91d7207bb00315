import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { articleOf, articleTitle, ruleTitles } from '../src/screen/rules';

/** The rules as the server's Plan names them: `"A36.OpenBurning"`. Names like `A36.DueHours` are parameters. */
function rulesOfThePlan(): string[] {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'Linfen.AirMap.Plan');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cs') && !/^(?:bin|obj)\//.test(name));
  return [...new Set(sources.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/(?<=")A\d\d\.[A-Z][A-Za-z0-9]*(?=")/g) ?? []))].filter((name) => !name.endsWith('.DueHours'));
}

describe('The rules', () => {
  it('of the plan all have a title', () => {
    const rules = rulesOfThePlan();
    expect(rules).toContain('A36.OpenBurning');
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
