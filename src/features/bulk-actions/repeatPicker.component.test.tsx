import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Recurrence } from '../../domain/task/task.ts';
import { atMidnight, toDay } from '../../domain/time/time.ts';
import { offlineTask, renderOffline } from '../../testing/offlineAccount.tsx';
import { RepeatPicker } from './propertyPickers.tsx';

const due = atMidnight(toDay('2026-03-18'), 'Europe/Paris');
const every3Days: Recurrence = {
  pattern: { type: 'daily', interval: 3 },
  range: { type: 'noEnd', startDate: '2026-03-18' },
};

async function open(rules: readonly (Recurrence | null)[]) {
  const [onChoose, onClose] = [vi.fn(), vi.fn()];
  const tasks = rules.map((recurrence, n) => offlineTask(`Water ${n}`, { subject: `Water ${n}`, due, recurrence }));
  await renderOffline(<RepeatPicker tasks={tasks} onChoose={onChoose} onClose={onClose} />, { tasks });
  const chosen = page.getByRole('option', { selected: true });
  await expect.element(chosen).toBeVisible();
  return { onChoose, onClose, chosen };
}

test('Enter keeps the rule that a task has, also one that is none of the common ones', async () => {
  const { onChoose, onClose } = await open([every3Days]);
  await expect.element(page.getByRole('option', { name: /every 3 days/i, selected: true })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(onClose).toHaveBeenCalledOnce();
  expect(onChoose).not.toHaveBeenCalled();
});

test('tasks with different rules keep them, unless another one is chosen', async () => {
  const { onChoose, onClose, chosen } = await open([every3Days, null]);
  await expect.element(chosen).toHaveTextContent('Leave as they are');
  await userEvent.keyboard('{Enter}');
  expect(onClose).toHaveBeenCalledOnce();
  await userEvent.keyboard('{ArrowUp}{Enter}');
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(null);
});

test('a task that does not repeat opens on that', async () => {
  const { onChoose, chosen } = await open([null]);
  await expect.element(chosen).toHaveTextContent('Does not repeat');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onChoose).toHaveBeenCalledExactlyOnceWith({ pattern: { type: 'daily', interval: 1 } });
});
