import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Change } from '../../../domain/changes/change.ts';
import type { Task } from '../../../domain/task/task.ts';
import { addDays, atMidnight, toDay } from '../../../domain/time/time.ts';
import { offlineTask, renderOffline } from '../../../testing/offlineAccount.tsx';
import { TaskListPane } from '../list/taskListPane.tsx';

const today = toDay('2026-03-18');
const zone = 'Europe/Paris';
const due = (days: number) => atMidnight(addDays(today, days), zone);
const task = (subject: string, days: number, members: Partial<Task> = {}) =>
  offlineTask(subject, { subject, due: due(days), ...members });

const dialog = page.getByRole('dialog', { name: 'Plan my day' });
const subject = (name: string) => dialog.getByText(name, { exact: true });

async function renderPlan(...tasks: readonly Task[]) {
  const account = await renderOffline(
    <div style={{ display: 'grid', blockSize: '100vh' }}>
      <TaskListPane source={{ kind: 'view', name: 'today' }} onOpen={() => {}} onClose={() => {}} onSelect={() => {}} />
    </div>,
    { tasks },
  );
  await expect.element(page.getByRole('row').first()).toBeVisible();
  await page.getByRole('button', { name: 'Plan my day' }).click();
  await expect.element(dialog).toBeVisible();
  return account;
}

const decided = (changes: readonly Change[]) =>
  changes.map((change) =>
    change.kind === 'updateTask'
      ? `${change.id} ${change.patch.due?.local.slice(0, 10) ?? 'none'}`
      : `${change.id} ${change.kind}`,
  );

test('by keyboard alone: one key for each task, oldest first, and Undo goes back', async () => {
  const { changes } = await renderPlan(
    task('Apples', -9),
    task('Bread', -8),
    task('Cheese', -7),
    task('Dates', -6, { start: due(-7) }),
    task('Eggs', 1),
    task('Figs', 2),
    task('Now', 0),
    task('Far', 8),
  );
  const steps = [
    ['Apples', '1 of 6', 't'],
    ['Bread', '2 of 6', 'm'],
    ['Cheese', '3 of 6', 'w'],
    ['Dates', '4 of 6', 's'],
    ['Eggs', '5 of 6', 'n'],
    ['Figs', '6 of 6', 'd'],
  ] as const;
  for (const [name, position, key] of steps) {
    await expect.element(subject(name)).toBeVisible();
    await expect.element(dialog.getByText(position, { exact: true })).toBeVisible();
    await userEvent.keyboard(key);
  }
  await expect.element(dialog.getByText('Your day is planned')).toBeVisible();
  await expect
    .poll(() => decided(changes()))
    .toEqual(['Apples 2026-03-18', 'Bread 2026-03-19', 'Cheese 2026-03-23', 'Dates none', 'Figs completeTask']);

  await userEvent.keyboard('u');
  await expect.element(subject('Figs')).toBeVisible();
  await expect.poll(() => decided(changes())).toHaveLength(4);
  await userEvent.keyboard('u');
  await expect.element(subject('Eggs')).toBeVisible();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(subject('Dates')).toBeVisible();
  await expect.poll(() => decided(changes())).toEqual(['Apples 2026-03-18', 'Bread 2026-03-19', 'Cheese 2026-03-23']);
  await userEvent.keyboard('t{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.poll(() => decided(changes())).toContain('Dates 2026-03-18');
  await expect.element(page.getByRole('button', { name: 'Plan my day' })).toHaveFocus();
});

test('by touch: a press for each, 44 px high, on a narrow screen', async () => {
  await page.viewport(390, 844);
  const { changes } = await renderPlan(task('Apples', -9), task('Bread', 3));
  for (const name of [/^Today/, /^Tomorrow/, /^Next week/, /^Someday/, /^Done/]) {
    const button = dialog.getByRole('button', { name });
    await expect.element(button).toBeVisible();
    expect(button.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
  }
  await dialog.getByRole('button', { name: /^Today/ }).click();
  await expect.element(subject('Bread')).toBeVisible();
  await dialog.getByRole('button', { name: /^Done/ }).click();
  await expect.element(dialog.getByText('You went through 2 tasks.')).toBeVisible();
  await expect.poll(() => decided(changes())).toEqual(['Apples 2026-03-18', 'Bread completeTask']);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
});

test('says so where there is nothing to plan', async () => {
  await renderPlan(task('Now', 0));
  await expect.element(dialog.getByText('Nothing to plan')).toBeVisible();
});
