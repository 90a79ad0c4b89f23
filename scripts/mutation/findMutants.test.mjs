import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { findMutants, markReached } from './findMutants.mjs';
import { sample } from './sample.mjs';

const planted = (text) =>
  findMutants(text, 'a.ts').map(({ start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end));

test.each([
  ['const f = (a: number) => a < 1;', ['((a) <= (1))', '((a) >= (1))', 'a < 2']],
  ['if (a) b();', ['if (true)', 'if (false)', 'undefined;']],
  ['const a = b ?? c;', ['= (c)', '= (b)']],
  ['const a = !b && c;', ['((!b) || (c))', '!!(b)']],
  ['const a = b.some(c).filter(d);', ['(b.some(c))', 'b.every(c)']],
  ['const a = [1];', ['[]', '[2]']],
  ["const a = b === 'x';", ["((b) !== ('x'))", "b === ''"]],
])('the faults of %s', (text, expected) => {
  const all = planted(text);
  expect(all).toHaveLength(expected.length);
  for (const fault of expected) expect(all.join('\n')).toContain(fault);
});

test.each([
  ["import a from 'b';"],
  ["type A = 'a' | 1;"],
  ["const a: 'b' | 2 = c;"],
  ["throw new Error('Words for people');"],
  ['const a = `x` + b;'],
  ["const a = { 'b-c': d };"],
])('there is no fault in %s', (text) => {
  expect(planted(text)).toEqual([]);
});

test('marks say what runs, and change nothing else', () => {
  const text =
    'const f = (a) => ({ b: a > 1 && !a }); const g = () => { return [f(2), 3 - 1 - 1]; }; globalThis.out = g();';
  const mutants = findMutants(text, 'a.ts').map((mutant, id) => ({ ...mutant, id }));
  const reached = new Set();
  const run = (code) => {
    const scope = { threefoldReached: (id) => reached.add(id), out: undefined };
    runInNewContext(code, scope);
    return scope.out;
  };
  const marked = run(markReached(text, 'a.ts', mutants));
  expect(JSON.stringify(marked)).toBe(JSON.stringify(run(text)));
  expect(reached).toEqual(new Set(['a.ts', ...mutants.map(({ id }) => id)]));
});

test('a sample is the same for the same seed, and takes each kind in turn', () => {
  const all = Array.from({ length: 90 }, (_, id) => ({ id, kind: id < 80 ? 'string' : 'condition' }));
  const chosen = sample(all, 12, 7);
  expect(chosen).toEqual(sample(all, 12, 7));
  expect(chosen).not.toEqual(sample(all, 12, 8));
  expect(chosen.filter(({ kind }) => kind === 'condition')).toHaveLength(6);
  expect(new Set(sample(all, 200, 1))).toEqual(new Set(all));
});
