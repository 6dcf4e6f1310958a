// Tries on a real account what a sandbox cannot prove: docs/aws-smoke-test.md. Without --yes it only says what it would do.
import { line, plan } from './lib/smoke/report.mjs';
import { readSettings, VARIABLES } from './lib/smoke/settings.mjs';

const { settings, problems } = readSettings(process.env);
if (problems.length > 0) {
  console.error(problems.map(problem => `${problem}.`).join('\n'));
  console.error(
    `Variables:\n${VARIABLES.map(
      ([name, fallback, words]) => `  ${name} (${fallback}): ${words}`,
    ).join('\n')}`,
  );
  process.exit(2);
}

// After the settings: loading the portal's code takes a moment.
const { Smoke } = await import('./lib/smoke/Smoke.mjs');
const { STEPS } = await import('./lib/smoke/steps.mjs');
const { failed, cannotSay } = await import('./lib/smoke/outcome.mjs');

const smoke = new Smoke(settings);
if (process.argv.includes('--yes')) {
  process.exitCode = (await tryAll()) ? 0 : 1;
} else {
  console.log(plan(STEPS, smoke));
}
smoke.close();

async function tryAll() {
  const found = {};
  const results = new Map();
  for (const step of STEPS) {
    const outcome =
      step.needs && results.get(step.needs) !== 'ok'
        ? cannotSay('not tried', `Mend "${titleOf(step.needs)}" first.`)
        : await step.run(smoke, found).catch(unexpected);
    results.set(step.id, outcome.result);
    console.log(line(step, outcome));
  }
  const count = result =>
    [...results.values()].filter(each => each === result).length;
  console.log(
    `\n${count('ok')} ok, ${count('failed')} failed, ${count(
      'cannot say',
    )} cannot say`,
  );
  return count('failed') === 0;
}

function titleOf(id) {
  return STEPS.find(step => step.id === id).title;
}

/** Errors of the portal's own code say what to do, without secrets. Of others only the name is shown. */
function unexpected(error) {
  return error.code && /^[a-z-]+$/.test(error.code)
    ? failed(error.code, error.message)
    : failed(
        error.name,
        'Look the name of the error up in the documentation of the service.',
      );
}
