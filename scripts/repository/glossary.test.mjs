/** Checks every message of the app and of the identity pages against the terms of docs/glossary.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../runtime.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The phrases of the glossary's last column, each with the term to use instead. */
const unwanted = read('docs/glossary.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:Term|-)/.test(line))
  .flatMap((line) => {
    const [term, , not] = line.split('|').slice(1, -1);
    return not.split(/, (?!not change)/).map((phrase) => ({ phrase: phrase.trim(), term: term.trim() }));
  });

/** Messages that contain a phrase as whole words, with the term to use. */
function problemsIn(messages) {
  return messages.flatMap((message) =>
    unwanted
      .filter(({ phrase }) => new RegExp(`(?<!\\p{L})${phrase}(?!\\p{L})`, 'iu').test(message))
      .map(({ phrase, term }) => `“${message}” says “${phrase}”: use “${term}”`),
  );
}

const quoted = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join('');
const catalogue = [...read('src/i18n/locales/en.po').matchAll(/^msgid ((?:"[^\n]*"\n)+)/gm)].map(([, text]) =>
  quoted(text).replaceAll(/\{\w+\}/g, '…'),
);
const identityPages = [...read('server/identity/pageTexts.ts').matchAll(/'([^'\n]* [^'\n]*)'|`([^`]*)`/g)].map(
  ([, single, template]) => single ?? template,
);

test('the glossary has terms, and unwanted phrases are found in messages', () => {
  expect(unwanted.length).toBeGreaterThan(40);
  expect(problemsIn(['Two things need you', 'Nothing to do', 'The due day'])).toEqual([
    '“Two things need you” says “things”: use “item”',
    '“The due day” says “due day”: use “due date”',
  ]);
});

test('no message of the app uses another word for a term of the glossary', () => {
  expect(catalogue.length).toBeGreaterThan(1000);
  expect(problemsIn(catalogue)).toEqual([]);
});

test('no text of the identity pages uses another word for a term of the glossary', () => {
  expect(identityPages.length).toBeGreaterThan(30);
  expect(problemsIn(identityPages)).toEqual([]);
});
