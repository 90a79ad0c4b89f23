import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { renderQuickAdd } from './fixtures/renderQuickAdd.tsx';

/** The parser's chunk arrives when the test says so. */
const chunk = vi.hoisted(() => ({ arrive: () => {} }));
vi.mock(import('./parserChunk.ts'), async (importOriginal) => {
  const { parserChunk } = await importOriginal();
  return {
    parserChunk: createLazyChunk(async () => {
      await new Promise<void>((resolve) => (chunk.arrive = resolve));
      return parserChunk.get();
    }),
  };
});

test('entered lines that are added as a whole before the folder is here are added once', async () => {
  const { onAdd, onAddMany } = await renderQuickAdd({ isReady: false });
  await userEvent.keyboard('Milk{Enter}Bread{Enter}');
  chunk.arrive();
  await page.getByRole('button', { name: 'Add 2 tasks' }).click();
  await page.getByRole('button', { name: 'Folder arrives' }).click();
  await expect.poll(() => onAddMany.mock.calls.length).toBe(1);
  expect(onAdd).not.toHaveBeenCalled();
});
