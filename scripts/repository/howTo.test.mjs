/**
 * Checks docs/how-to.md. Its planted blocks must cause compiler errors in exactly the files marked ◆, its other code
 * must compile, and every path in the developer documents must exist.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../runtime.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const howTo = read('docs/how-to.md');

/** The code blocks of a page by section: edits of files (`diff`) and whole files, both named in their first line. */
function blocksOf(page) {
  return page.split(/^## /m).flatMap((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    return [...section.matchAll(/^```(\w+)( plant)?\n(?:#|\/\/) (\S+)\n([^]*?)^```/gm)].map(
      ([, language, plant, file, text]) => ({
        title,
        isPlant: plant !== undefined,
        isEdit: language === 'diff',
        file,
        text,
      }),
    );
  });
}
const blocks = blocksOf(howTo);
const marked = [...howTo.matchAll(/◆ `([^`]+)`/g)].map(([, file]) => file);

let copy;
beforeAll(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'threefold-how-to-'));
  for (const name of [
    'src',
    'server',
    'e2e',
    'bench',
    'scripts',
    'vitePlugins',
    ...readdirSync(root).filter((file) => /\.(ts|json)$/.test(file)),
  ])
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  // Links the packages without the compiler's cache of the original.
  mkdirSync(path.join(copy, 'node_modules'));
  for (const name of readdirSync(path.join(root, 'node_modules')).filter((one) => one !== '.cache'))
    symlinkSync(path.join(root, 'node_modules', name), path.join(copy, 'node_modules', name));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Applies an edit: the lines without `+` occur once in the file, and those without `-` replace them. */
function edited(text, edit) {
  const side = (sign) =>
    edit
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const [before, after] = [side('+'), side('-')];
  expect(text.split(before), `the file has this once:\n${before}`).toHaveLength(2);
  return text.replace(before, () => after);
}

/** The compiler errors with some blocks applied to the copy, which is then restored. */
function complaintsAfter(applied) {
  const originals = new Map();
  for (const { file, isEdit, text } of applied) {
    const full = path.join(copy, file);
    const now = existsSync(full) ? readFileSync(full, 'utf8') : undefined;
    if (!originals.has(full)) originals.set(full, now);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, isEdit ? edited(now, text) : text);
  }
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-b', '--force', '--pretty', 'false'], {
    cwd: copy,
    encoding: 'utf8',
  });
  for (const [full, text] of originals) {
    if (text === undefined) rmSync(full);
    else writeFileSync(full, text);
  }
  return stdout.split('\n').filter((line) => /: error TS/.test(line));
}

test('the compiler reports every file marked ◆, and no other', () => {
  const complaints = complaintsAfter(blocks.filter(({ isPlant }) => isPlant));
  const files = new Set(complaints.map((line) => line.slice(0, line.indexOf('('))));
  expect(files).toEqual(new Set(marked));
}, 300_000);

test('the code of the page compiles', () => {
  const edits = new Set(blocks.filter(({ isEdit, isPlant }) => isEdit && !isPlant).map(({ title }) => title));
  const whole = blocks.filter(({ isPlant, title }) => !isPlant || edits.has(title));
  expect(whole.length).toBeGreaterThan(10);
  expect(complaintsAfter(whole)).toEqual([]);
}, 300_000);

/** Paths that a page names: in backquotes, and in the tree diagram, including folders listed in a line's text. */
function pathsIn(page) {
  const named = page.matchAll(
    /`((?:src|server|e2e|bench|scripts|docs|public|\.ci|\.github)\/[\w./-]+|[\w.-]+\.md|lingui\.config\.ts)`/g,
  );
  const drawn = page.matchAll(/^((?:src|server|e2e|bench|scripts)(?:\/[\w.-]+)*)\/?(?= )(.*)$/gm);
  return [
    ...[...named].map(([, name]) => name),
    ...[...drawn].flatMap(([, folder, line]) => [
      folder,
      ...[...line.matchAll(/(?<= )([\w-]+)\/(?= |$)/g)].map(([, name]) => `${folder}/${name}`),
    ]),
  ];
}

const pages = ['CONTRIBUTING.md', 'README.md', 'docs', 'docs/decisions'].flatMap((place) =>
  place.endsWith('.md')
    ? [place]
    : readdirSync(path.join(root, place))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${place}/${name}`),
);
test.each(pages)('every path in %s exists', (page) => {
  // The tests above write the files of the examples.
  const examples = new Set(blocks.filter(({ isEdit }) => !isEdit).map(({ file }) => file));
  const paths = pathsIn(read(page)).filter((name) => !examples.has(name));
  expect(paths.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
});

test('paths are found in text and in the tree diagram', () => {
  const page =
    'See `src/domain/task/task.ts`.\n\n```\nsrc/sync/   local-first: outbox/ send/\nserver/db/   tables\n```\n';
  expect(pathsIn(page)).toEqual([
    'src/domain/task/task.ts',
    'src/sync',
    'src/sync/outbox',
    'src/sync/send',
    'server/db',
  ]);
});

test('every folder of the app and the service is in the tree diagram', () => {
  const named = new Set(pathsIn(read('docs/architecture.md')).map((name) => name.replace(/\/$/, '')));
  const foldersIn = (folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['fixtures', 'locales'].includes(entry.name))
      .map(({ name }) => `${folder}/${name}`);
  const rooms = foldersIn('src');
  const folders = [...rooms, ...rooms.flatMap(foldersIn), ...foldersIn('server'), ...foldersIn('e2e')];
  expect(folders.filter((folder) => !named.has(folder))).toEqual([]);
});

test('every language has a catalogue, is loaded and is extracted', () => {
  const catalogues = readdirSync(path.join(root, 'src/i18n/locales')).filter((name) => name.endsWith('.po'));
  const languages = catalogues.map((name) => name.slice(0, -'.po'.length));
  const loaded = [...read('src/i18n/i18n.ts').matchAll(/^ {2}(\w+): (?:null|\(\) => import\('\.\/locales)/gm)].map(
    ([, code]) => code,
  );
  const [, extracted = ''] = /locales: \[(.*?)\]/.exec(read('lingui.config.ts')) ?? [];
  expect(new Set(loaded)).toEqual(new Set(languages));
  expect(new Set(extracted.split(', '))).toEqual(new Set(languages.map((code) => `'${code}'`)));
});
