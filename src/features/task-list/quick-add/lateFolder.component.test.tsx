import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { QuickAdd } from './quickAdd.tsx';
import type { QuickAddProps } from './quickAddProps.ts';

/** The parser's chunk arrives when the test says so. */
const chunk = vi.hoisted(() => ({ arrive: () => {} }));
vi.mock(import('../../../ui/loading/lazyChunk.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    createLazyChunk: (load) =>
      original.createLazyChunk(async () => {
        await new Promise<void>((resolve) => (chunk.arrive = resolve));
        return await load();
      }),
  };
});

const field = page.getByRole('textbox', { name: 'Add a task' });

async function renderQuickAdd() {
  const onAdd = vi.fn<QuickAddProps['onAdd']>();
  const onAddMany = vi.fn<QuickAddProps['onAddMany']>();
  function List() {
    const [isReady, setIsReady] = useState(false);
    return (
      <>
        <QuickAdd place="me/folder" folderName={undefined} {...{ isReady, onAdd, onAddMany }} onLeave={() => {}} />
        <button type="button" onClick={() => setIsReady(true)}>
          Folder arrives
        </button>
      </>
    );
  }
  await renderOffline(<List />);
  await field.click();
  return { onAdd, onAddMany };
}

test('entered lines that are added as a whole before the folder is here are added once', async () => {
  const { onAdd, onAddMany } = await renderQuickAdd();
  await userEvent.keyboard('Milk{Enter}Bread{Enter}');
  chunk.arrive();
  await page.getByRole('button', { name: 'Add 2 tasks' }).click();
  await page.getByRole('button', { name: 'Folder arrives' }).click();
  await expect.poll(() => onAddMany.mock.calls.length).toBe(1);
  expect(onAdd).not.toHaveBeenCalled();
});
