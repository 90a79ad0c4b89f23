import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Task } from '../../../domain/task/task.ts';
import { offlineTask, renderOffline, tasksFolder } from '../../../testing/offlineAccount.tsx';
import { TaskListPane } from '../list/taskListPane.tsx';

const grid = page.getByRole('grid', { name: 'Tasks in Tasks' });
const row = (subject: string) => grid.getByRole('row', { name: new RegExp(`^${subject}`) });

/** The grid inside its list, which plans the rows and carries out what its keys ask for. */
async function renderGrid(...tasks: readonly Task[]) {
  const onOpen = vi.fn<(taskId: string) => void>();
  const onSelect = vi.fn();
  const { changes, results } = await renderOffline(
    <div style={{ display: 'grid', blockSize: '100vh' }}>
      <TaskListPane
        source={{ kind: 'folder', place: tasksFolder }}
        onOpen={onOpen}
        onClose={() => {}}
        onSelect={onSelect}
      />
    </div>,
    { tasks },
  );
  await expect.element(grid).toBeVisible();
  return { onOpen, onSelect, changes, results };
}

const task = (id: string, subject: string, members: Partial<Task> = {}) => offlineTask(id, { subject, ...members });
const three = () => [task('a', 'Apples'), task('b', 'Bread'), task('c', 'Cheese')];

async function focusFirst() {
  row('Apples').element().focus();
  await expect.element(row('Apples')).toHaveFocus();
}

test('a row is read out with its state, importance, dates, categories and marks', async () => {
  await renderGrid(
    task('a', 'Apples', {
      status: 'inProgress',
      importance: 'high',
      due: '2026-03-16T23:00:00.000Z',
      reminder: '2026-03-18T13:30:00.000Z',
      isReminderOn: true,
      categories: ['Kitchen'],
      body: { contentType: 'text', content: 'Red ones' },
    }),
  );
  await expect
    .element(row('Apples'))
    .toHaveAccessibleName(
      'Apples, in progress, high importance, overdue, due yesterday, reminder 14:30, Kitchen, Note',
    );
});

test('the grid is one tab stop: arrows, Home and End move between rows', async () => {
  await renderGrid(...three());
  await focusFirst();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(row('Bread')).toHaveFocus();
  await userEvent.keyboard('{End}');
  await expect.element(row('Cheese')).toHaveFocus();
  await userEvent.keyboard('{Home}');
  await expect.element(row('Apples')).toHaveFocus();
  const stops = grid
    .getByRole('row')
    .elements()
    .filter((element) => element.getAttribute('tabindex') === '0');
  expect(stops).toHaveLength(1);
});

test('Enter opens the task, the arrow to the side reaches the controls of its row', async () => {
  const { onOpen } = await renderGrid(...three());
  await focusFirst();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onOpen.mock.calls).toEqual([['b']]);
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(row('Bread').getByRole('button', { name: 'Not started. Complete “Bread”' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(row('Bread')).toHaveFocus();
});

test('Space completes the task, reports it, and Ctrl+Z takes it back', async () => {
  const { changes, results } = await renderGrid(...three());
  await focusFirst();
  await userEvent.keyboard(' ');
  await expect.poll(results).toMatchObject([{ command: { kind: 'completeTask' }, outcome: 'done' }]);
  await expect.poll(changes).toMatchObject([{ kind: 'completeTask', id: 'a' }]);
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(changes).toEqual([]);
  await expect.element(row('Apples')).toHaveAccessibleName('Apples');
});

test('Delete removes the row and focuses the next one', async () => {
  const { changes } = await renderGrid(...three());
  await focusFirst();
  await userEvent.keyboard('{Delete}');
  await expect.element(row('Apples')).not.toBeInTheDocument();
  await expect.element(row('Bread')).toHaveFocus();
  expect(changes()).toMatchObject([{ kind: 'deleteTask', id: 'a' }]);
});

test('Shift with an arrow selects a range, and a key then acts on all of it', async () => {
  const { changes } = await renderGrid(...three());
  await focusFirst();
  await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await expect.element(row('Apples')).toHaveAttribute('aria-selected', 'true');
  await expect.element(row('Bread')).toHaveAttribute('aria-selected', 'true');
  await expect.element(row('Cheese')).not.toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.element(row('Apples')).not.toHaveAttribute('aria-selected', 'true');
  expect(changes()).toEqual([]);
});

test('of a long folder only the rows near the viewport are drawn, and all are counted', async () => {
  const many = Array.from({ length: 500 }, (_, at) => String(at).padStart(3, '0')).map((number) =>
    task(number, `Task ${number}`),
  );
  await renderGrid(...many);
  // The heading of their section counts as a row.
  await expect.element(grid).toHaveAttribute('aria-rowcount', '501');
  expect(grid.getByRole('row').elements().length).toBeLessThan(100);
  row('Task 000').element().focus();
  await userEvent.keyboard('{End}');
  await expect.element(row('Task 499')).toHaveFocus();
  await expect.element(row('Task 499')).toHaveAttribute('aria-rowindex', '501');
});
