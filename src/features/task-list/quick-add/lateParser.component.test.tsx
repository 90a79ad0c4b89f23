import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { QuickAdd } from './quickAdd.tsx';
import type { QuickAddProps } from './quickAddProps.ts';

/** The parser's chunk arrives, or fails to, when a test says so. */
const chunk = vi.hoisted(() => ({ arrive: () => {}, fail: () => {} }));
vi.mock(import('../../../ui/loading/lazyChunk.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    createLazyChunk: (load) =>
      original.createLazyChunk(async () => {
        await new Promise<void>((resolve, reject) => {
          chunk.arrive = resolve;
          chunk.fail = () => reject(new Error('The chunk cannot be loaded'));
        });
        return await load();
      }),
  };
});

const field = page.getByRole('textbox', { name: 'Add a task' });

async function renderQuickAdd({ isReady: isReadyAtFirst = true } = {}) {
  const onAdd = vi.fn<QuickAddProps['onAdd']>();
  const onAddMany = vi.fn<QuickAddProps['onAddMany']>();
  function List() {
    const [isReady, setIsReady] = useState(isReadyAtFirst);
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
  const refused = () => onAdd.mock.calls.forEach(([, restore]) => restore());
  return { added: () => onAdd.mock.calls.map(([patch]) => patch), onAddMany, refused };
}

const tomorrow = { local: '2026-03-19T00:00:00.000' };

// The module keeps a chunk that has arrived: so this is the order of the tests.
test('a line entered while the parser fails to load is added as it is', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Buy milk tomorrow{Enter}');
  expect(added()).toEqual([]);
  chunk.fail();
  await expect.poll(added).toEqual([{ subject: 'Buy milk tomorrow' }]);
  await expect.element(field).toHaveValue('');
});

test('an entered line that is edited before the parser is here is not added', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Buy milk tomorrow{Enter}{Backspace}!');
  await expect.element(field).toHaveValue('Buy milk tomorrow!');
  chunk.fail();
  await userEvent.keyboard(' ');
  await expect.element(field).toHaveValue('Buy milk tomorrow! ');
  expect(added()).toEqual([]);
});

test('lines that are not saved return in order, before what is typed since', async () => {
  const { added, refused } = await renderQuickAdd();
  await userEvent.keyboard('Milk{Enter}Bread{Enter}Read');
  chunk.fail();
  await expect.poll(() => added().length).toBe(2);
  await expect.element(field).toHaveValue('Read');
  refused();
  await expect.element(field).toHaveValue('Milk\nBread\nRead');
});

test('lines entered before parser and folder are here are added then, and what is typed after them stays', async () => {
  const { added, onAddMany } = await renderQuickAdd({ isReady: false });
  await userEvent.keyboard('{Enter}Buy milk tomorrow{Enter}{Enter}Call Bob !high{Enter}Read');
  await expect.element(field).toHaveValue('Buy milk tomorrow\nCall Bob !high\nRead');
  chunk.arrive();
  await expect.element(page.getByRole('list', { name: 'What the words mean' })).not.toBeInTheDocument();
  expect(added()).toEqual([]);
  await page.getByRole('button', { name: 'Folder arrives' }).click();
  await expect.poll(added).toMatchObject([
    { subject: 'Buy milk', due: tomorrow },
    { subject: 'Call Bob', importance: 'high' },
  ]);
  await expect.element(field).toHaveValue('Read');
  await field.click();
  await userEvent.keyboard('{End} tomorrow{Enter}');
  expect(added().at(-1)).toMatchObject({ subject: 'Read', due: tomorrow });
  expect(onAddMany).not.toHaveBeenCalled();
});
