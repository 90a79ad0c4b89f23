import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { limits } from '../../../domain/limits.ts';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { QuickAdd } from './quickAdd.tsx';
import type { QuickAddProps } from './quickAddProps.ts';

const field = page.getByRole('textbox', { name: 'Add a task' });

async function renderQuickAdd() {
  const onAdd = vi.fn<QuickAddProps['onAdd']>();
  const onAddMany = vi.fn<QuickAddProps['onAddMany']>();
  const props = { isReady: true, onAdd, onAddMany, onLeave: () => {} };
  await renderOffline(<QuickAdd place="me/folder" folderName={undefined} {...props} />);
  await field.click();
  return onAdd;
}

test('a subject that is too long says where its words will be before it is added', async () => {
  const onAdd = await renderQuickAdd();
  await field.fill('word '.repeat(60));
  await expect
    .element(page.getByText('A subject has up to 255 characters. The whole text will be in the notes.'))
    .toBeVisible();
  await field.fill('word');
  await expect.element(page.getByText('A subject has up to 255 characters.')).not.toBeInTheDocument();
  expect(onAdd).not.toHaveBeenCalled();
});

test('a text that no task can hold stays in the field, with a sentence', async () => {
  const onAdd = await renderQuickAdd();
  const text = 'word '.repeat(limits.body / 5 + 1);
  await field.fill(text);
  await expect.element(page.getByText('This is too long to be added as tasks.')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(onAdd).not.toHaveBeenCalled();
  await expect.element(field).toHaveValue(text);
});
