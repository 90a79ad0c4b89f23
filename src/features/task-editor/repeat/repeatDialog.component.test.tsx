import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Recurrence, Task } from '../../../domain/task/task.ts';
import { dateOf } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { offlineTask, renderOffline } from '../../../testing/offlineAccount.tsx';
import { RepeatDialog } from './repeatDialog.tsx';
import type { RepeatForm } from './repeatForm.ts';

const friday = dateOf('2026-03-20T09:00:00.000Z', 'Europe/Paris');

type OnRule = (rule: Recurrence | null, first: Day | null) => void;

function OpenedByButton({ task, onRule }: { task: Task; onRule: OnRule }) {
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState<RepeatForm | null>(null);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Custom rule
      </button>
      <RepeatDialog
        task={task}
        day={friday}
        draft={draft}
        onDraft={setDraft}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        onRule={onRule}
      />
    </>
  );
}

const dialog = page.getByRole('dialog', { name: 'Repeat' });
const done = dialog.getByRole('button', { name: 'Done' });
const preview = dialog.getByRole('region', { name: 'Preview' });

async function openDialog(members: Partial<Task> = {}) {
  const onRule = vi.fn<OnRule>();
  await renderOffline(<OpenedByButton task={offlineTask('rent', members)} onRule={onRule} />);
  await page.getByRole('button', { name: 'Custom rule' }).click();
  await expect.element(dialog).toBeVisible();
  return { onRule };
}

const weekly: Recurrence = {
  pattern: { type: 'weekly', interval: 2, daysOfWeek: ['friday'], firstDayOfWeek: 'monday' },
  range: { type: 'noEnd', startDate: '2026-03-20', zone: 'Europe/Paris' },
};

test('Done gives the rule and its first date, both shown in the preview before', async () => {
  const { onRule } = await openDialog();
  await dialog.getByRole('radio', { name: 'Weeks' }).click();
  await dialog.getByRole('textbox', { name: 'Every (weeks)' }).fill('2');
  await expect.element(preview.getByRole('heading', { level: 3 })).toHaveTextContent('Every 2 weeks on Fri');
  await expect
    .element(preview.getByRole('list', { name: 'Next dates' }).getByRole('listitem').first())
    .toMatchTextContent(/20 Mar/);
  done.element().focus();
  await userEvent.keyboard('{Enter}');
  expect(onRule.mock.calls).toEqual([[weekly, '2026-03-20']]);
  await expect.element(dialog).not.toBeInTheDocument();
});

test('an interval that the service would refuse is explained at its field, and Done waits', async () => {
  const { onRule } = await openDialog();
  const interval = dialog.getByRole('textbox', { name: /^Every/ });
  await interval.fill('0');
  await expect.element(interval).toHaveAccessibleDescription(/^Between 1 and \d+$/);
  await expect.element(done).toBeDisabled();
  await interval.fill('3');
  await expect.element(done).toBeEnabled();
  expect(onRule).not.toHaveBeenCalled();
});

test('a weekly rule without a weekday is explained, and Done waits', async () => {
  await openDialog({ recurrence: weekly });
  await dialog.getByRole('button', { name: 'Fri' }).click();
  await expect.element(dialog.getByText('Choose at least one day.')).toBeVisible();
  await expect.element(done).toBeDisabled();
});

test('Escape keeps what was entered for the next opening; Cancel discards it', async () => {
  const { onRule } = await openDialog();
  const interval = dialog.getByRole('textbox', { name: /^Every/ });
  await interval.fill('7');
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Custom rule' }).click();
  await expect.element(interval).toHaveValue('7');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Custom rule' }).click();
  await expect.element(interval).toHaveValue('1');
  expect(onRule).not.toHaveBeenCalled();
});

test('Stop repeating is offered for a series only and clears its rule', async () => {
  const { onRule } = await openDialog({ recurrence: weekly });
  await dialog.getByRole('button', { name: 'Stop repeating' }).click();
  expect(onRule.mock.calls).toEqual([[null, null]]);
});

test('a series that ends after a number of times lists its last date', async () => {
  const { onRule } = await openDialog({ recurrence: weekly });
  await dialog.getByRole('radio', { name: 'After a number of times' }).click();
  await dialog.getByRole('textbox', { name: 'How many times' }).fill('2');
  await expect.element(preview.getByRole('list', { name: 'Next dates' })).toMatchTextContent(/3 Apr.*the last one/);
  await done.click();
  expect(onRule.mock.calls[0]?.[0]?.range).toMatchObject({ type: 'numbered', numberOfOccurrences: 2 });
});
