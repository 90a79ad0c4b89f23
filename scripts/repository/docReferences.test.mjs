/**
 * Opens every document that code or a document refers to, and finds its heading. A reference to a document outside this
 * repository is an error, because readers of the code cannot open it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../runtime.mjs';

const folders = ['src', 'server', 'e2e', 'bench', 'scripts', 'public', 'docs', '.ci', '.github'];
const isText = (file) => /\.(ts|tsx|mjs|js|css|html|md|json|yml)$|^\.ci\/run$/.test(file);
// This file plants invalid references; catalogues hold translations only.
const isLeftOut = (file) =>
  file === 'scripts/repository/docReferences.test.mjs' || file.startsWith('src/i18n/locales/');

function filesOf(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

const files = [...folders.flatMap(filesOf), ...readdirSync(root).filter((name) => /\.(md|ts|html)$/.test(name))].filter(
  (file) => isText(file) && !isLeftOut(file),
);

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(markdown) {
  const anchors = new Set();
  for (const [, heading] of markdown.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const text = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
    const anchor = text.trim().replaceAll(' ', '-');
    let unique = anchor;
    for (let n = 1; anchors.has(unique); n += 1) unique = `${anchor}-${n}`;
    anchors.add(unique);
  }
  return anchors;
}

/** The targets of a document's links, and the documents named in comments, as paths from the root. */
function referencesIn(file, text) {
  const named = [...text.matchAll(/(?<![\w./:-])docs\/[\w./-]*\w(?:#[\w-]*)?/g)].map(([target]) => target);
  if (!file.endsWith('.md')) return named;
  const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]*)\)/g)].map(([, target]) => {
    const [name, anchor] = target.split('#');
    const full = name === '' ? file : path.posix.join(path.posix.dirname(file), name);
    return anchor === undefined ? full : `${full}#${anchor}`;
  });
  return [...named, ...links];
}

const standards = /RFC|OData|OASIS|NIST|WCAG|ISO/;

/** Mentions of documents, pictures, numbered rules or sections outside this repository. */
function foreignIn(file, text, exists) {
  const lines = text.split('\n');
  return lines.flatMap((line) => [
    ...[...line.matchAll(/(?<![\w./-])[\w-]+\.md\b/g)]
      .map(([name]) => name)
      .filter((name) => isNamedDocument(file, name, exists)),
    ...(line.match(/\b(?:pictures? \d+|rules? \d+|(?:\/work|shared)\/(?:reference|design|seeds)\b)/gi) ?? []),
    ...(file.endsWith('.md') ? [] : (line.match(/\bdecisions? \d{4}\b/gi) ?? [])),
    ...(/§/.test(line) && !standards.test(line) ? ['§'] : []),
  ]);
}

/** Whether a name such as `wire.md` refers to a document; in tests, quoted names are data. */
function isNamedDocument(file, name, exists) {
  if (file.endsWith('.md')) return !exists(path.posix.join(path.posix.dirname(file), name)) && !exists(name);
  return !/\.test\.tsx?$/.test(file) && !exists(name);
}

function problemsIn(file, text, open) {
  const problems = referencesIn(file, text).flatMap((reference) => {
    const [name, anchor] = reference.split('#');
    const target = open(name);
    if (target === undefined) return [`${reference}: no such file`];
    return anchor === undefined || anchorsOf(target).has(anchor) ? [] : [`${reference}: no such heading`];
  });
  const foreign = foreignIn(file, text, (name) => open(name) !== undefined);
  return [...problems, ...foreign.map((mention) => `${mention}: not in this repository`)];
}

/** The text of a document, '' for any other existing file or folder, undefined for a missing one. */
function openDocument(name) {
  const full = path.join(root, name);
  if (!existsSync(full)) return undefined;
  return name.endsWith('.md') ? readFileSync(full, 'utf8') : '';
}

test('every referenced document exists', () => {
  const problems = files.flatMap((file) =>
    problemsIn(file, readFileSync(path.join(root, file), 'utf8'), openDocument).map((problem) => `${file}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

test('the index of decisions lists every page', () => {
  const pages = readdirSync(path.join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name));
  const listed = referencesIn('docs/decisions/README.md', openDocument('docs/decisions/README.md'));
  expect(pages.filter((page) => !listed.includes(`docs/decisions/${page}`))).toEqual([]);
});

describe('a planted reference', () => {
  const documents = {
    'docs/protocol.md': '# Protocol\n\n## Start and due dates\n\n```\n# not a heading\n```\n\n## Errors\n\n## Errors\n',
    'docs/decisions/0007-size-budget.md': '# 0007 A size budget\n',
  };
  const look = (text, file = 'src/domain/task/task.ts') => problemsIn(file, text, (name) => documents[name]);

  test.each([
    ['// docs/protocol.md#start-and-due-dates'],
    ['// docs/protocol.md#errors-1'],
    ['// docs/decisions/0007-size-budget.md'],
    ['// RFC 9110 §5.6.7'],
    ['[budget](decisions/0007-size-budget.md)', 'docs/design.md'],
    ['[errors](#errors)', 'docs/protocol.md'],
  ])('%s is found', (text, file) => {
    expect(look(text, file)).toEqual([]);
  });

  test.each([
    ['// docs/protocol.md#start-and-due', 'no such heading'],
    ['// docs/protocol.md#not-a-heading', 'no such heading'],
    ['// docs/protocols.md', 'no such file'],
    ['// docs/decisions/0007', 'no such file'],
    ['// docs/decisions/0008-json.md', 'no such file'],
    ['// as wire.md has it', 'wire.md: not in'],
    ['// the table of wire.md §8', '§: not in'],
    ['// (picture 04)', 'picture 04: not in'],
    ['// (rules 7 and 8)', 'rules 7: not in'],
    ['// (decision 0007)', 'decision 0007: not in'],
    ['[words](words.md)', 'no such file', 'docs/design.md'],
    ['[errors](#mistakes)', 'no such heading', 'docs/protocol.md'],
  ])('%s fails', (text, problem, file) => {
    expect(look(text, file)).toContainEqual(expect.stringContaining(problem));
  });
});
