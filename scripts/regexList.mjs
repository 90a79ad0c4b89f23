/** The regular expressions that run in production, which `scripts/regexes.mjs` checks. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

export const root = path.join(import.meta.dirname, '..');

/** Files that build expressions from constant text, with the reason why that is bounded. */
export const known = {};

/** The literals and constructor calls in the text of one file. */
export function regexesIn(file, text) {
  const literals = [];
  const built = [];
  const lineOf = (at) => text.slice(0, at).split('\n').length;
  const walk = (node) => {
    if (Array.isArray(node)) node.forEach(walk);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    if (node.type === 'Literal' && node.regex) literals.push({ file, line: lineOf(node.start), ...node.regex });
    const isCall = node.type === 'NewExpression' || node.type === 'CallExpression';
    if (isCall && node.callee.name === 'RegExp') built.push({ file, line: lineOf(node.start) });
    Object.values(node).forEach(walk);
  };
  walk(parseSync(file, text).program);
  return { literals, built };
}

export function findRegexes() {
  const files = ['src', 'server'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|(?:^|\/)(?:testing|locales)\//.test(name))
      .map((name) => path.join(folder, name)),
  );
  const all = files.map((file) => regexesIn(file, readFileSync(path.join(root, file), 'utf8')));
  return { literals: all.flatMap(({ literals }) => literals), built: all.flatMap(({ built }) => built) };
}
