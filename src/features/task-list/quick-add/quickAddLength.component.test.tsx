import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { limits } from '../../../domain/limits.ts';
import { quickAddField, renderQuickAdd } from './fixtures/renderQuickAdd.tsx';

test('a subject that is too long says where its words will be before it is added', async () => {
  const { onAdd } = await renderQuickAdd();
  await quickAddField.fill('word '.repeat(60));
  await expect
    .element(page.getByText('A subject has up to 255 characters. The whole text will be in the notes.'))
    .toBeVisible();
  await quickAddField.fill('word');
  await expect.element(page.getByText('A subject has up to 255 characters.')).not.toBeInTheDocument();
  expect(onAdd).not.toHaveBeenCalled();
});

test('a text that no task can hold stays in the field, with a sentence', async () => {
  const { onAdd } = await renderQuickAdd();
  const text = 'word '.repeat(limits.body / 5 + 1);
  await quickAddField.fill(text);
  await expect.element(page.getByText('This is too long to be added as tasks.')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(onAdd).not.toHaveBeenCalled();
  await expect.element(quickAddField).toHaveValue(text);
});
