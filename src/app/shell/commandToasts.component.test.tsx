import { useEffect } from 'react';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { useReportCommand } from '../../data/commandReport.tsx';
import type { CommandResult, ReportCommand } from '../../data/commandReport.tsx';
import { StorageError } from '../../sync/storage/accountStore.ts';
import { offlineTask, renderOffline } from '../../testing/offlineAccount.tsx';
import { CommandToasts } from './commandToasts.tsx';

const series = offlineTask('water', {
  subject: 'Water',
  due: '2026-03-17T23:00:00.000Z',
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'], firstDayOfWeek: 'monday' },
    range: { type: 'noEnd', startDate: '2026-03-18' },
  },
});
const completed = { command: { kind: 'completeTask', task: series }, total: 1, count: 1 } as const;
const deleted = { command: { kind: 'deleteTask', task: series }, total: 1, count: 1 } as const;
const full = new StorageError('full', undefined);

function Reporter({ give }: { give: (report: ReportCommand) => void }) {
  const report = useReportCommand();
  useEffect(() => give(report), [give, report]);
  return null;
}

async function draw() {
  let report: ReportCommand = () => () => undefined;
  const give = (given: ReportCommand) => void (report = given);
  await renderOffline(
    <CommandToasts>
      <Reporter give={give} />
    </CommandToasts>,
  );
  return (result: CommandResult) => report(result);
}

const messages = page.getByRole('region', { name: 'Messages' });

test('the toast of a completed series has its next date, and Undo runs once and closes with the command', async () => {
  const report = await draw();
  const undo = vi.fn();
  const close = report({ ...completed, outcome: 'done', end: 'all', undo });
  await expect.element(messages).toMatchTextContent(/Completed “Water”, next: Wed,? 25 Mar/);
  close();
  await expect.element(messages).not.toMatchTextContent('Completed');
  report({ ...completed, outcome: 'done', end: 'all', undo });
  await messages.getByRole('button', { name: 'Undo' }).click();
  expect(undo).toHaveBeenCalledTimes(1);
});

test.each<[result: CommandResult, text: string]>([
  [
    { ...completed, outcome: 'notSaved', error: full },
    'Not saved. The storage of this device is full. Free some space and try again.',
  ],
  [{ ...deleted, outcome: 'undone', lost: 1 }, '“Water” is already deleted on the server.'],
  [{ ...completed, outcome: 'undone', lost: 1 }, 'This cannot be undone any more'],
  [{ ...deleted, total: 3, count: 3, outcome: 'undone', lost: 2 }, '2 tasks cannot be restored any more.'],
  [{ ...deleted, total: 3, count: 2, outcome: 'done', end: 'stopped', undo: () => {} }, 'Stopped. Deleted 2 tasks'],
  [
    { ...deleted, total: 3, count: 2, outcome: 'done', end: 'full', undo: () => {} },
    'Deleted 2 tasks, then stopped. The storage of this device is full.',
  ],
  [{ ...deleted, total: 3, count: 0, outcome: 'done', end: 'all', undo: null }, 'Nothing to change.'],
])('%o says: %s', async (result, text) => {
  const report = await draw();
  report(result);
  await expect.element(messages).toMatchTextContent(text);
});

test('an edit that the screen shows has no toast', async () => {
  const report = await draw();
  const command = { kind: 'updateTask', task: series, patch: { importance: 'high' } } as const;
  report({ command, total: 1, count: 1, outcome: 'done', end: 'all', undo: () => {} });
  report({ command, total: 1, count: 1, message: 'Added', isShown: true, outcome: 'done', end: 'all', undo: null });
  await expect.element(page.getByText('Added')).toBeInTheDocument();
  expect(messages.element().textContent).toBe('');
});
