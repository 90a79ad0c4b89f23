/** Runs before each test file and writes which marked places its tests reached (findMutants.mjs). */
import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

const reached = new Set();
globalThis.threefoldReached = (id) => reached.add(id);
const report = process.env['MUTATION_REACHED'];

afterAll(() => {
  if (report === undefined) return;
  appendFileSync(report, `${JSON.stringify({ file: expect.getState().testPath, reached: [...reached] })}\n`);
});
