import { setupI18n } from '@lingui/core';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../../domain/task/task.ts';
import { taskIndicators, statusButtonLabel, rowLabel } from './rowLabels.ts';
import { rowContextFixture, dueInstantFixture, taskFixture } from '../fixtures/taskFixtures.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
const context = rowContextFixture('2026-03-18');

function nameOf(given: Partial<Task>, state?: 'waiting' | 'parked'): string {
  const task = taskFixture('a', { subject: 'Choose worktop', ...given });
  return rowLabel(i18n, task, taskIndicators(i18n, task, state, context), context);
}

describe('the name of a row', () => {
  test('is the subject when there is nothing else to know', () => {
    expect(nameOf({})).toBe('Choose worktop');
    expect(nameOf({ subject: '' })).toBe('No subject');
  });

  test('reads as one sentence', () => {
    const given = {
      status: 'inProgress',
      due: dueInstantFixture('2026-03-18'),
      reminder: '2026-03-18T14:30:00.000Z',
      isReminderOn: true,
      categories: ['Kitchen'],
      hasAttachments: true,
    } as const;
    expect(nameOf(given)).toBe('Choose worktop, in progress, due today, reminder 14:30, Kitchen, Attachments');
  });

  test('says how many attachments there are, where that is known', () => {
    const clip = { kind: 'attachment', label: '3 attachments', text: '3' } as const;
    const named = (task: Task, known?: typeof clip | null) =>
      rowLabel(i18n, task, taskIndicators(i18n, task, undefined, context, null, known), context);
    const task = taskFixture('a', { subject: 'Choose worktop', hasAttachments: true });
    expect(named(task)).toBe('Choose worktop, Attachments');
    expect(named(task, clip)).toBe('Choose worktop, 3 attachments');
    // The last one was removed a moment ago; the first one is on its way.
    expect(named(task, null)).toBe('Choose worktop');
    expect(named({ ...task, hasAttachments: false }, clip)).toBe('Choose worktop, 3 attachments');
  });

  test('says in words what colours and signs say', () => {
    expect(nameOf({ due: dueInstantFixture('2026-03-13'), importance: 'high' })).toBe(
      'Choose worktop, high importance, overdue, due Fri 13 Mar',
    );
    expect(nameOf({ sensitivity: 'private' }, 'parked')).toBe('Choose worktop, Private, Not sent, needs your decision');
    expect(nameOf({}, 'waiting')).toBe('Choose worktop, Not synced yet');
  });

  test('names the folder in a list of several', () => {
    const task = taskFixture('a', { subject: 'Choose worktop', categories: ['Home'] });
    expect(rowLabel(i18n, task, [], context, 'Kitchen')).toBe('Choose worktop, in Kitchen, Home');
  });

  test('says how often it repeats', () => {
    const recurrence = {
      pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
      range: { type: 'numbered', startDate: '2026-03-27', numberOfOccurrences: 12 },
    } as const;
    expect(nameOf({ recurrence })).toBe('Choose worktop, Repeats every month on the last Friday, 12 times');
  });

  test('calls nothing overdue that is completed', () => {
    expect(nameOf({ status: 'completed', due: dueInstantFixture('2026-03-13') })).toBe(
      'Choose worktop, completed, due Fri 13 Mar',
    );
  });
});

test('a checklist says how far it is, in place of the note', () => {
  const task = taskFixture('a', { body: { contentType: 'text', content: '☐ a\n☑ b' } });
  expect(taskIndicators(i18n, task, undefined, context).map(({ kind }) => kind)).toEqual(['note']);
  const [mark] = taskIndicators(i18n, task, undefined, context, { done: 1, total: 2 });
  expect(mark).toEqual({ kind: 'checklist', label: 'Checklist, 1 of 2 done', text: '1/2' });
});

test('the ring says its state, then what pressing does', () => {
  expect(statusButtonLabel(i18n, 'inProgress', 'Choose worktop')).toBe('In progress. Complete “Choose worktop”');
  expect(statusButtonLabel(i18n, 'completed', 'Choose worktop')).toBe('Completed. Reopen “Choose worktop”');
});
