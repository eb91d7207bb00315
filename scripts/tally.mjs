// Adds up what the test runners reported in a folder (CTRF of xUnit, JSON of Vitest), lists the failures, and prints the
// summary line. A runner that crashed, or ran no test at all, counts as one failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name), 'utf8');
const named = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).sort();
const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

/** A server's whole log may hang on a failure: the report in the folder has it. */
function firstLines(text, count) {
  const lines = text.trimEnd().split('\n');
  return lines.length <= count ? lines.join('\n') : [...lines.slice(0, count), `… ${lines.length - count} more lines`].join('\n');
}

/** The tests of one report: {name, state: passed|failed|skipped, why}. */
function testsOf(report) {
  if (report.reportFormat === 'CTRF') {
    return report.results.tests.map((test) => ({
      name: test.name,
      state: test.status === 'pending' ? 'skipped' : test.status,
      why: [test.message, test.trace].filter(Boolean).join('\n'),
    }));
  }
  return report.testResults.flatMap((file) =>
    file.assertionResults.length === 0 && file.status === 'failed'
      ? [{ name: basename(file.name), state: 'failed', why: file.message }]
      : file.assertionResults.map((test) => ({
          name: test.fullName,
          state: ['pending', 'todo', 'skipped', 'disabled'].includes(test.status) ? 'skipped' : test.status,
          why: test.failureMessages.join('\n'),
        })),
  );
}

/** One runner: its tests, and a failure more if it ended badly without one that explains it. */
function outcomeOf(runner) {
  const code = Number(read(`${runner}.code`));
  let tests;
  try {
    tests = existsSync(join(folder, `${runner}.json`)) ? testsOf(JSON.parse(read(`${runner}.json`))) : [];
  } catch (error) {
    tests = [{ name: `the report of ${runner}`, state: 'failed', why: String(error) }];
  }
  if (tests.length === 0 || (code !== 0 && !tests.some((test) => test.state === 'failed'))) {
    const what = tests.length === 0 ? 'ran no test' : 'ended badly';
    tests.push({ name: `${runner} ${what} (exit code ${code})`, state: 'failed', why: lastLines(read(`${runner}.log`), 30) });
  }
  return { runner, tests };
}

const outcomes = named('.code').map((name) => outcomeOf(name.slice(0, -'.code'.length)));
const steps = named('.crash').map((name) => {
  const [title, ...log] = read(name).split('\n');
  return { name: title, state: 'failed', why: lastLines(log.join('\n'), 40) };
});
const all = [...steps, ...outcomes.flatMap((outcome) => outcome.tests)];
const count = (tests, state) => tests.filter((test) => test.state === state).length;

console.log();
for (const { runner, tests } of outcomes) {
  console.log(`${runner}: ${count(tests, 'passed')} passed, ${count(tests, 'failed')} failed, ${count(tests, 'skipped')} skipped`);
}
for (const { name, why } of all.filter((test) => test.state === 'skipped')) {
  console.log(`\nSKIPPED ${name}${why ? `\n    ${why.split('\n')[0]}` : ''}`);
}
for (const { name, why } of all.filter((test) => test.state === 'failed')) {
  console.log(`\nFAILED  ${name}\n${firstLines(why, 40).replace(/^/gm, '    ')}`);
}
const failed = all.length - count(all, 'passed') - count(all, 'skipped');
const skipped = count(all, 'skipped');
console.log(failed > 0 ? `\nThe full output is in ${folder}\n` : '');
console.log(`${count(all, 'passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || count(all, 'passed') === 0 ? 1 : 0;
