import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { useTask } from '../../../data/tasks/useTasks.ts';
import type { Task } from '../../../domain/task/task.ts';
import { offlineTask, renderOffline, tasksFolder } from '../../../testing/offlineAccount.tsx';
import { useTaskEdits } from '../editing/useTaskEdits.ts';
import { DateCard } from './dateCard.tsx';
import type { DateFieldName } from './dateCard.tsx';

function DateCardOf({ task }: { task: Task }) {
  const edits = useTaskEdits('me', task);
  const [openPicker, setOpenPicker] = useState<DateFieldName | null>(null);
  return <DateCard task={task} edits={edits} openPicker={openPicker} onPicker={setOpenPicker} />;
}

function StoredTask({ id }: { id: string }) {
  const { task } = useTask(id, tasksFolder.id);
  return task === undefined ? null : <DateCardOf task={task} />;
}

const renderDateCard = (members: Partial<Task> = {}) =>
  renderOffline(<StoredTask id="fence" />, { tasks: [offlineTask('fence', members)] });

const field = (name: 'Start' | 'Due' | 'Reminder') => page.getByRole('button', { name: new RegExp(`^${name}`) });
const repeat = page.getByRole('button', { name: /^Repeat:/ });

/** 20 and 27 March 2026 begin at 23:00 UTC in Paris. */
const friday = '2026-03-19T23:00:00.000Z';
const nextFriday = '2026-03-26T23:00:00.000Z';

async function openWithKeyboard(name: 'Start' | 'Due') {
  await expect.element(field(name)).toBeVisible();
  field(name).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog', { name })).toBeVisible();
}

async function typeDay(name: 'Start' | 'Due', words: string) {
  await openWithKeyboard(name);
  await page.getByRole('textbox', { name: `${name} in words` }).fill(words);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
}

test('a day chosen with the keyboard is saved, announced with its distance, and the field keeps the focus', async () => {
  const { changes } = await renderDateCard();
  await typeDay('Due', 'tomorrow');
  await expect.element(field('Due')).toHaveAccessibleName(/19 Mar.*Tomorrow/);
  await expect.element(field('Due')).toHaveFocus();
  expect(changes()).toMatchObject([{ kind: 'updateTask', patch: { due: { local: '2026-03-19T00:00:00.000' } } }]);
});

test('a start without a due date sets the due date too, and Undo clears both', async () => {
  await renderDateCard();
  await typeDay('Start', '2026-03-20');
  await expect.element(field('Due')).toHaveAccessibleName(/20 Mar/);
  const message = page.getByRole('status').filter({ hasText: 'A start date needs a due date' });
  await expect.element(message).toBeVisible();
  message.getByRole('button', { name: 'Undo' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(field('Start')).toHaveAccessibleName(/None/);
  await expect.element(field('Due')).toHaveAccessibleName(/None/);
});

test('a due date before the start is not saved until the reader chooses to move the start', async () => {
  const { changes } = await renderDateCard({ start: friday, due: nextFriday });
  await typeDay('Due', '2026-03-19');
  const question = page.getByRole('alert').filter({ hasText: 'Not saved' });
  await expect.element(question).toMatchTextContent(/19 Mar comes before the start/);
  expect(changes()).toEqual([]);
  await question.getByRole('button', { name: /^Move the start to/ }).click();
  await expect.element(question).not.toBeInTheDocument();
  await expect.element(field('Due')).toHaveAccessibleName(/19 Mar/);
  expect(changes()).toHaveLength(1);
});

test('clearing the due date clears the start, which needs one', async () => {
  await renderDateCard({ start: friday, due: nextFriday });
  await openWithKeyboard('Due');
  await page.getByRole('dialog').getByRole('button', { name: 'No date' }).click();
  await expect.element(field('Start')).toHaveAccessibleName(/None/);
  await expect.element(page.getByRole('status').filter({ hasText: 'Start date removed' })).toBeVisible();
});

test('Escape closes the picker without a change and keeps the words that were typed', async () => {
  const { changes } = await renderDateCard();
  await openWithKeyboard('Due');
  await userEvent.keyboard('friday');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(changes()).toEqual([]);
  await openWithKeyboard('Due');
  await expect.element(page.getByRole('textbox', { name: 'Due in words' })).toHaveValue('friday');
});

test('a common rule chosen from the menu moves the task to the first date of its series', async () => {
  const { changes } = await renderDateCard({ due: friday });
  await expect.element(repeat).toHaveAccessibleName('Repeat: Does not repeat');
  repeat.element().focus();
  await userEvent.keyboard('{Enter}');
  await page.getByRole('menuitemradio', { name: 'Every weekday' }).click();
  await expect.element(repeat).toHaveAccessibleName('Repeat: Every weekday');
  expect(changes()).toMatchObject([{ kind: 'updateTask', patch: { recurrence: { pattern: { type: 'weekly' } } } }]);
});

test('the weeks are one tab stop: arrows move between days, Enter sets the due date', async () => {
  await renderDateCard();
  const weeks = page.getByRole('toolbar', { name: 'Weeks' });
  const today = weeks.getByRole('button', { name: 'Wednesday 18 March' });
  await expect.element(today).toBeVisible();
  today.element().focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
  await expect.element(field('Due')).toHaveAccessibleName(/20 Mar/);
  await expect.element(weeks.getByRole('button', { name: /^Friday 20 March/ })).toHaveAttribute('aria-pressed', 'true');
});

test('a day in words that may be another one offers that one too', async () => {
  const { changes } = await renderDateCard();
  await openWithKeyboard('Due');
  await page.getByRole('textbox', { name: 'Due in words' }).fill('next fri');
  const other = page.getByRole('button', { name: /^Or .*20 Mar/ });
  await expect.element(other).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Due in words' })).toHaveAccessibleDescription(/27 Mar/);
  await userEvent.tab();
  await expect.element(other).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(field('Due')).toHaveAccessibleName(/20 Mar/);
  expect(changes()).toMatchObject([{ kind: 'updateTask', patch: { due: { local: '2026-03-20T00:00:00.000' } } }]);
});
