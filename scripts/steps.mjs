/**
 * Runs the steps of a long command. Failures are repeated at the end with their last lines, where people and CI
 * services look first.
 */

const lastLines = 40;

// oxlint-disable-next-line eslint/no-control-regex -- what terminals use for colours and for moving the cursor
const terminalCodes = /\u001B\[[\d;?]*[A-Za-z]/g;

/** The last lines of a text, without colours. */
function endOf(text) {
  const lines = text.replaceAll(terminalCodes, '').split(/\r?\n|\r/);
  return lines.filter((line) => line.trim() !== '').slice(-lastLines);
}

const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/**
 * @typedef {{ isOk: boolean, passed?: number, failed?: number, skipped?: number }} Outcome
 * @typedef {{ name: string, run: (write: (text: string) => void) => Promise<Outcome> | Outcome }} Step
 *   An error that it throws is printed like its output, and the step failed.
 */

/** Runs one step; `write` receives its output as it comes. */
async function runStep({ name, run }, write) {
  const start = performance.now();
  // Only the end is used later; some steps print megabytes.
  let output = '';
  const onOutput = (text) => {
    output = (output + text).slice(-100_000);
    write(text);
  };
  /** @type {Outcome} */
  let outcome;
  try {
    outcome = await run(onOutput);
  } catch (error) {
    onOutput(`${error instanceof Error ? error.message : String(error)}\n`);
    outcome = { isOk: false };
  }
  return { name, output, took: seconds(start), ...outcome };
}

/**
 * Runs groups of steps one after the other, the steps of a group in parallel, and stops after a group with a failure.
 * Ends with the last lines of each failed step and, on a separate line, `N passed, N failed, N skipped`.
 * @param {readonly (readonly Step[])[]} groups
 * @returns {Promise<number>} the exit code
 */
export async function runSteps(groups, write = (text) => process.stdout.write(text)) {
  const done = [];
  for (const group of groups) {
    const results = await Promise.all(
      group.map(async (step) => {
        if (group.length === 1) {
          write(`\n== ${step.name}\n`);
          return runStep(step, write);
        }
        // The output of parallel steps is printed one after the other.
        let output = `\n== ${step.name}\n`;
        const result = await runStep(step, (text) => void (output += text));
        write(output);
        return result;
      }),
    );
    done.push(...results);
    if (results.some(({ isOk }) => !isOk)) break;
  }
  const failed = done.filter(({ isOk }) => !isOk);
  write(`\nTook: ${done.map(({ name, took }) => `${name} ${took}`).join(', ')}\n`);
  for (const { name, output } of failed) {
    const lines = endOf(output).map((line) => `  ${line}\n`);
    write(`\nFailed: the step "${name}". The last lines of what it said:\n${lines.join('')}`);
  }
  const sum = (key) => done.reduce((total, outcome) => total + (outcome[key] ?? 0), 0);
  const failures = Math.max(sum('failed'), failed.length === 0 ? 0 : 1);
  write(`\n${sum('passed')} passed, ${failures} failed, ${sum('skipped')} skipped\n`);
  return failed.length === 0 ? 0 : 1;
}
