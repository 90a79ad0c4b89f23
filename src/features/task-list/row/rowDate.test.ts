import { describe, expect, test } from 'vitest';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import type { Task } from '../../../domain/task/task.ts';
import { rowDate } from './rowDate.ts';
import { rowContextFixture, dueInstantFixture, taskFixture } from '../fixtures/taskFixtures.ts';

const today = rowContextFixture('2026-03-18');
const date = (section: SectionKey, given: Partial<Task>) => rowDate(taskFixture('a', given), section, today);

describe('the date column', () => {
  test('does not repeat the day below its heading, and shows the reminder there', () => {
    expect(date('today', { due: dueInstantFixture('2026-03-18') })).toBeNull();
    const reminded = { due: dueInstantFixture('2026-03-18'), reminder: '2026-03-18T14:30:00.000Z', isReminderOn: true };
    expect(date('today', reminded)).toEqual({ text: '14:30', tone: 'plain', isReminder: true });
    expect(date('today', { ...reminded, isReminderOn: false })).toBeNull();
  });

  test('is red for overdue tasks, in every order', () => {
    expect(date('overdue', { due: dueInstantFixture('2026-03-13') })).toEqual({
      text: 'Fri 13 Mar',
      tone: 'overdue',
      isReminder: false,
    });
    expect(date('high', { due: dueInstantFixture('2026-03-13') })?.tone).toBe('overdue');
  });

  test('names the day where the heading does not', () => {
    expect(date('high', { due: dueInstantFixture('2026-03-18') })).toEqual({
      text: 'Today',
      tone: 'today',
      isReminder: false,
    });
    expect(date('later', { due: dueInstantFixture('2026-03-27') })?.text).toBe('Fri 27 Mar');
  });

  test('shows a range when the task has not begun', () => {
    const range = (start: string) =>
      date('later', { start: dueInstantFixture(start), due: dueInstantFixture('2026-04-11') })?.text;
    // How much room stands around the dash is the locale data's own affair.
    expect(range('2026-04-04')?.replaceAll(/\s/g, '')).toBe('4–11Apr');
    expect(range('2026-03-19')?.replaceAll(/\s/g, '')).toBe('19Mar–11Apr');
    // It begins today, has begun, or begins on its last day.
    for (const start of ['2026-03-18', '2026-03-16', '2026-04-11']) expect(range(start)).toBe('Sat 11 Apr');
  });

  test('below the heading of a day, or of the evening, shows the time of the reminder', () => {
    const given = { due: dueInstantFixture('2026-03-20'), reminder: '2026-03-20T18:30:00.000Z', isReminderOn: true };
    expect(date('due 2026-03-20', given)).toEqual({ text: '18:30', tone: 'plain', isReminder: true });
    expect(date('due 2026-03-20', { due: dueInstantFixture('2026-03-20') })).toBeNull();
    const evening = { due: dueInstantFixture('2026-04-11'), reminder: '2026-03-18T17:00:00.000Z', isReminderOn: true };
    expect(date('evening', evening)?.text).toBe('17:00');
  });

  test('below the heading of a week or month, shows the day', () => {
    const given = { due: dueInstantFixture('2026-04-11'), reminder: '2026-04-11T18:30:00.000Z', isReminderOn: true };
    expect(date('due 2026-04-06/2026-04-12', given)?.text).toBe('Sat 11 Apr');
    expect(date('due 2026-04', { ...given, start: dueInstantFixture('2026-04-04') })?.text).toMatch(/^4\s?–\s?11/);
  });

  test('says when a completed task was completed', () => {
    const done = {
      status: 'completed',
      due: dueInstantFixture('2026-03-13'),
      completed: dueInstantFixture('2026-03-17'),
    } as const;
    expect(date('completed', done)).toEqual({ text: 'Yesterday', tone: 'plain', isReminder: false });
  });

  test('shows the day of a reminder that is on another day', () => {
    const given = { due: null, reminder: '2026-03-20T09:00:00.000Z', isReminderOn: true };
    expect(date('noDate', given)).toEqual({ text: 'Fri 20 Mar', tone: 'plain', isReminder: true });
  });
});
