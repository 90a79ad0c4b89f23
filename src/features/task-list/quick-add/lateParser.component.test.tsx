import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { quickAddField, renderQuickAdd } from './fixtures/renderQuickAdd.tsx';

/** The parser's chunk arrives, or fails to, when a test says so. */
const chunk = vi.hoisted(() => ({ arrive: () => {}, fail: () => {} }));
vi.mock(import('./parserChunk.ts'), async (importOriginal) => {
  const { parserChunk } = await importOriginal();
  return {
    parserChunk: createLazyChunk(async () => {
      await new Promise<void>((resolve, reject) => {
        chunk.arrive = resolve;
        chunk.fail = () => reject(new Error('The chunk cannot be loaded'));
      });
      return parserChunk.get();
    }),
  };
});

const tomorrow = { local: '2026-03-19T00:00:00.000' };

// The module keeps a chunk that has arrived: so this is the order of the tests.
test('a line entered while the parser fails to load is added as it is', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Buy milk tomorrow{Enter}');
  expect(added()).toEqual([]);
  chunk.fail();
  await expect.poll(added).toEqual([{ subject: 'Buy milk tomorrow' }]);
  await expect.element(quickAddField).toHaveValue('');
});

test('an entered line that is edited before the parser is here is not added', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Buy milk tomorrow{Enter}{Backspace}!');
  await expect.element(quickAddField).toHaveValue('Buy milk tomorrow!');
  chunk.fail();
  await userEvent.keyboard(' ');
  await expect.element(quickAddField).toHaveValue('Buy milk tomorrow! ');
  expect(added()).toEqual([]);
});

test('lines that are not saved return in order, before what is typed since', async () => {
  const { added, refused } = await renderQuickAdd();
  await userEvent.keyboard('Milk{Enter}Bread{Enter}Read');
  chunk.fail();
  await expect.poll(() => added().length).toBe(2);
  await expect.element(quickAddField).toHaveValue('Read');
  refused();
  await expect.element(quickAddField).toHaveValue('Milk\nBread\nRead');
});

test('lines entered before parser and folder are here are added then, and what is typed after them stays', async () => {
  const { added, onAddMany } = await renderQuickAdd({ isReady: false });
  await userEvent.keyboard('{Enter}Buy milk tomorrow{Enter}{Enter}Call Bob !high{Enter}Read');
  await expect.element(quickAddField).toHaveValue('Buy milk tomorrow\nCall Bob !high\nRead');
  chunk.arrive();
  await expect.element(page.getByRole('list', { name: 'Recognised' })).not.toBeInTheDocument();
  expect(added()).toEqual([]);
  await page.getByRole('button', { name: 'Folder arrives' }).click();
  await expect.poll(added).toMatchObject([
    { subject: 'Buy milk', due: tomorrow },
    { subject: 'Call Bob', importance: 'high' },
  ]);
  await expect.element(quickAddField).toHaveValue('Read');
  await quickAddField.click();
  await userEvent.keyboard('{End} tomorrow{Enter}');
  expect(added().at(-1)).toMatchObject({ subject: 'Read', due: tomorrow });
  expect(onAddMany).not.toHaveBeenCalled();
});
