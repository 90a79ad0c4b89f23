import { useLocation } from 'react-router';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Task } from '../../domain/task/task.ts';
import { addDays, atMidnight, toDay } from '../../domain/time/time.ts';
import { TaskListPane } from '../../features/task-list/list/taskListPane.tsx';
import { offlineTask, renderOffline } from '../../testing/offlineAccount.tsx';
import { CommandToasts } from '../shell/commandToasts.tsx';
import { BulkActionHost } from '../shell/bulkActionHost.tsx';

const today = toDay('2026-03-18');
const due = (days: number) => atMidnight(addDays(today, days), 'Europe/Paris');
const task = (subject: string, members: Partial<Task>) => offlineTask(subject, { subject, ...members });
const late = (count: number) => Array.from({ length: count }, (_, n) => task(`Late ${n + 1}`, { due: due(-n - 1) }));

async function renderView(name: ViewName, tasks: readonly Task[]) {
  const account = await renderOffline(
    <div style={{ display: 'grid', blockSize: '100vh' }}>
      <TaskListPane source={{ kind: 'view', name }} onOpen={() => {}} onClose={() => {}} onSelect={() => {}} />
      <BulkActionHost />
    </div>,
    { tasks },
  );
  await expect.element(page.getByRole('main')).toBeVisible();
  return account;
}

const headings = () =>
  page
    .getByRole('heading', { level: 2 })
    .elements()
    .map((heading) => heading.querySelector('.hidden-visually')?.textContent);
const row = (subject: string) => page.getByRole('row', { name: new RegExp(`^${subject}`) });

test('Today: what is late, the day, the evening, and what has started', async () => {
  await renderView('today', [
    task('Begun', { start: due(-2), due: due(5) }),
    task('Call', { due: due(0), isReminderOn: true, reminder: '2026-03-18T16:00:00.000Z' }),
    task('Bread', { due: due(0), isReminderOn: true, reminder: '2026-03-18T15:59:00.000Z' }),
    ...late(2),
    task('Next week', { due: due(7) }),
  ]);
  await expect.poll(headings).toEqual(['Overdue, 2 tasks', 'Today, 1 task', 'This evening, 1 task', 'Started, 1 task']);
});

test('rows of several folders name theirs; the category is beside the subject, and rows end where the measure does', async () => {
  await page.viewport(1440, 900);
  await renderView('today', [task('Bread', { due: due(0), categories: ['Kitchen'] }), ...late(1)]);
  await expect.element(row('Bread')).toHaveAccessibleName('Bread, due today, in Tasks, Kitchen');
  const parts = row('Bread');
  const box = (text: string) => parts.getByText(text, { exact: true }).element().getBoundingClientRect();
  expect(box('Kitchen').left - box('Bread').right).toBeLessThan(40);
  expect(box('Tasks').left).toBeGreaterThan(box('Kitchen').right);
  expect(parts.element().getBoundingClientRect().width).toBe(900);
  for (const width of [1440, 820, 560, 390]) {
    await page.viewport(width, 900);
    await expect.element(parts.getByText('Tasks', { exact: true })).toBeVisible();
    const outer = parts.element().getBoundingClientRect();
    expect(box('Tasks').right).toBeLessThanOrEqual(outer.right);
    expect(box('Tasks').bottom).toBeLessThanOrEqual(outer.bottom);
  }
});

test('Today is not empty while something is overdue', async () => {
  await renderView('today', late(1));
  await expect.element(row('Late 1')).toBeVisible();
  expect(page.getByText('That is all for today').query()).toBeNull();
});

test('many overdue tasks are folded above the day, and stay folded when some are done', async () => {
  await renderView('today', [...late(11), task('Bread', { due: due(0) })]);
  const fold = page.getByRole('button', { name: 'Overdue, 11 tasks' });
  await expect.element(fold).toHaveAttribute('aria-expanded', 'false');
  await expect.element(row('Bread')).toBeVisible();
  expect(row('Late 1').query()).toBeNull();
  await fold.click();
  await row('Late 11')
    .getByRole('button', { name: /^Not started/ })
    .click();
  await expect
    .element(page.getByRole('button', { name: 'Overdue, 10 tasks' }))
    .toHaveAttribute('aria-expanded', 'true');
});

test('all overdue tasks are moved to one day, with one undo', async () => {
  const { changes, results } = await renderView('today', [...late(12), task('Bread', { due: due(0) })]);
  await page.getByRole('button', { name: 'Reschedule all' }).click();
  const dialog = page.getByRole('dialog', { name: 'Due date of 12 tasks' });
  await dialog.getByRole('textbox').fill('tomorrow');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => changes().length).toBe(12);
  await expect.poll(headings).toEqual(['Today, 1 task']);
  await expect.poll(() => results()[0]).toMatchObject({ outcome: 'done', count: 12 });
  const [done] = results();
  if (done?.outcome === 'done') done.undo?.();
  await expect.poll(() => changes().length).toBe(0);
  await expect.poll(headings).toEqual(['Overdue, 12 tasks', 'Today, 1 task']);
});

test('Upcoming: a heading for each day of two weeks, then for weeks, then for months', async () => {
  await renderView('upcoming', [
    task('Milk', { due: due(1) }),
    task('Eggs', { due: due(2) }),
    task('Tax', { due: due(14) }),
    task('Trip', { due: due(15) }),
    task('Check', { due: due(60) }),
    task('Year', { due: due(400) }),
  ]);
  await expect
    .poll(headings)
    .toEqual([
      'Tomorrow, 1 task',
      expect.stringMatching(/^Friday,? (?:20 March|March 20), 1 task$/),
      expect.stringMatching(/^Wednesday,? (?:1 April|April 1), 1 task$/),
      expect.stringMatching(/^(?:Apr )?2.*[45](?: Apr)?, 1 task$/),
      'May, 1 task',
      'April 2027, 1 task',
    ]);
});

function Address() {
  return <output aria-label="Address">{useLocation().pathname}</output>;
}

test('a task added in Today for another day is not in Today: the message says where it is, and goes there', async () => {
  await renderOffline(
    <CommandToasts>
      <div style={{ display: 'grid', blockSize: '100vh' }}>
        <TaskListPane
          source={{ kind: 'view', name: 'today' }}
          onOpen={() => {}}
          onClose={() => {}}
          onSelect={() => {}}
        />
        <Address />
      </div>
    </CommandToasts>,
    { tasks: late(1) },
  );
  const field = page.getByRole('textbox', { name: 'Add a task to Tasks' });
  await field.fill('Milk tomorrow');
  await userEvent.keyboard('{Enter}');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect.element(messages).toMatchTextContent(/Added “Milk” to Tasks/);
  await messages.getByRole('button', { name: 'Show' }).click();
  await expect.element(page.getByLabelText('Address')).toMatchTextContent(/^\/folders\/folder\/tasks\/local-/);
});

test.each<ViewName>(['overdue', 'completed'])('%s has no field for new tasks, which are not in it', async (view) => {
  await renderView(view, [...late(1), task('Done', { status: 'completed', completed: due(0) })]);
  await expect.element(page.getByRole('row').first()).toBeVisible();
  expect(page.getByRole('textbox').query()).toBeNull();
});
