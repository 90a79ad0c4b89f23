import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TaskBody } from '../../../domain/task/task.ts';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { Checklist } from './checklist.tsx';

const bodyOf = (count: number): TaskBody => ({
  contentType: 'text',
  content: Array.from({ length: count }, (_, n) => `☐ Item ${n + 1}`).join('\n'),
});

function Editor({ count }: { count: number }) {
  const [body, setBody] = useState(bodyOf(count));
  return <Checklist taskId="t" body={body} isReadOnly={false} onChange={setBody} onBlur={() => {}} />;
}
const items = page.getByRole('listitem');

test('a long checklist shows its beginning, and all of it when asked', async () => {
  await renderOffline(<Editor count={3_000} />, { tasks: [] });
  await expect.element(page.getByText('0 of 3000 done')).toBeInTheDocument();
  expect(items.elements()).toHaveLength(200);
  await page.getByRole('button', { name: 'Show all 3000 items' }).click();
  await expect.poll(() => items.elements().length).toBe(3_000);
});

test('an item that is added to a long checklist is seen', async () => {
  await renderOffline(<Editor count={200} />, { tasks: [] });
  await page.getByRole('textbox', { name: 'Add item' }).fill('The last one');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => items.elements().length).toBe(201);
});

test('the line after the last one that is shown gets the focus when Enter makes it', async () => {
  await renderOffline(<Editor count={201} />, { tasks: [] });
  await page.getByRole('textbox', { name: 'Item 200 of 201' }).click();
  await userEvent.keyboard('{End}{Enter}');
  await expect.element(page.getByRole('textbox', { name: 'Item 201 of 202' })).toHaveFocus();
});
