import { expect, test } from 'vitest';
import { limits } from '../limits.ts';
import type { TaskPatch } from './task.ts';
import { cutSubject, fitTask } from './fitTask.ts';

const long = 'word '.repeat(100).trim();

test('a task that fits is returned as the same object', () => {
  const patch = { subject: 'x'.repeat(limits.subject), categories: ['y'.repeat(limits.categoryName)] };
  expect(fitTask(patch)).toBe(patch);
});

test('a subject that is too long is kept whole at the start of the notes', () => {
  expect(fitTask({ subject: long })).toEqual({
    subject: cutSubject(long),
    body: { contentType: 'text', content: long },
  });
  expect(fitTask({ subject: long, body: { contentType: 'text', content: 'Notes' } }).body?.content).toBe(
    `${long}\n\nNotes`,
  );
  const html = fitTask({ subject: `<b>${long}`, body: { contentType: 'html', content: '<p>Notes</p>' } });
  expect(html.body?.content).toBe(`<p>&lt;b&gt;${long}</p><p>Notes</p>`);
});

test('categories over the limit are kept in the notes', () => {
  const name = 'z'.repeat(300);
  const many = Array.from({ length: 101 }, (_, at) => `c${at}`);
  expect(fitTask({ subject: 'a', categories: ['b', name] })).toEqual({
    subject: 'a',
    categories: ['b', 'z'.repeat(255)],
    body: { contentType: 'text', content: name },
  });
  const fitted = fitTask<TaskPatch>({ subject: 'a', categories: many });
  expect(fitted.categories).toHaveLength(100);
  expect(fitted.body?.content).toBe('c100');
});

test('a subject is cut between grapheme clusters', () => {
  const family = '👩‍👩‍👧‍👦';
  const cut = cutSubject(family.repeat(40));
  expect(cut.length).toBeLessThanOrEqual(limits.subject);
  expect(cut).toBe(`${family.repeat(23)}…`);
  expect(cutSubject(`a${'\u0301'.repeat(160_000)}`).length).toBeLessThanOrEqual(limits.subject);
});
