import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { useTask } from '../../../data/tasks/useTasks.ts';
import type { Task, TaskBody } from '../../../domain/task/task.ts';
import { offlineTask, renderOffline, tasksFolder } from '../../../testing/offlineAccount.tsx';
import { useTaskEdits } from '../editing/useTaskEdits.ts';
import { Notes } from './notes.tsx';

function Editor({ task }: { task: Task }) {
  const edits = useTaskEdits('me', task);
  return <Notes mailbox="me" task={task} edits={edits} isReadOnly={false} onTyping={() => {}} />;
}

function OpenTask() {
  const { task } = useTask('a', tasksFolder.id, 'me');
  return task === undefined ? null : <Editor task={task} />;
}

/** Opens a task with this body; returns what is stored of it, the last change first. */
async function openNotes(body: TaskBody) {
  const { changes } = await renderOffline(
    <>
      <OpenTask />
      <button type="button">Elsewhere</button>
    </>,
    { tasks: [offlineTask('a', { body })] },
  );
  // The focus loads the editor.
  await userEvent.click(notes);
  await expect.element(page.getByRole('toolbar', { name: 'Formatting' })).toBeInTheDocument();
  const bodies = () => changes().flatMap((change) => (change.kind === 'updateTask' ? (change.patch.body ?? []) : []));
  return { last: () => bodies().at(-1), bodies };
}

const text = (content: string): TaskBody => ({ contentType: 'text', content });
const html = (content: string): TaskBody => ({ contentType: 'html', content });
const notes = page.getByRole('textbox', { name: 'Notes' });

/** Pastes into what has the focus, as another program put it on the clipboard. */
function paste(formats: Readonly<Record<string, string>>) {
  const data = new DataTransfer();
  for (const [type, content] of Object.entries(formats)) data.setData(type, content);
  document.activeElement?.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );
}

test.each([
  ['a bulleted list', '- one{Enter}two', '<ul><li>one</li><li>two</li></ul>'],
  ['a numbered list', '3. one', '<ol start="3"><li>one</li></ol>'],
  ['a heading', '## Plan{Enter}words', '<h2>Plan</h2><p>words</p>'],
  ['bold words', 'so **very** good', '<p>so <b>very</b> good</p>'],
  ['keys', '{Control>}b{/Control}loud', '<p><b>loud</b></p>'],
])('%s typed into plain notes makes them formatted, behind what they said', async (_, keys, content) => {
  const { last } = await openNotes(text('First.\n'));
  await userEvent.click(notes);
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await userEvent.keyboard(keys);
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await expect.poll(last).toEqual(html(`<p>First.</p>${content}`));
});

test('notes stay text while nothing is formatted, and are text again without their formatting', async () => {
  const { last } = await openNotes(text('Order it\r\n\r\n☐ Milk\r\n☐ Eggs'));
  await userEvent.click(notes);
  await userEvent.keyboard('{Control>}{End}{/Control} 2 * 3 - 4, #5, a_b 1.5 x');
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  const words = 'Order it\n 2 * 3 - 4, #5, a_b 1.5 x\r\n☐ Milk\r\n☐ Eggs';
  await expect.poll(last).toEqual(text(words));
  await userEvent.click(notes);
  await userEvent.keyboard('{Control>}a{/Control}');
  await page.getByRole('button', { name: 'Bold' }).click();
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await expect
    .poll(last)
    .toEqual(
      html('<p><b>Order it</b></p><p><b> 2 * 3 - 4, #5, a_b 1.5 x</b></p><ul><li>☐ Milk</li><li>☐ Eggs</li></ul>'),
    );
  await userEvent.click(notes);
  await page.getByRole('button', { name: 'Remove formatting' }).click();
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await expect.poll(last).toEqual(text('Order it\n 2 * 3 - 4, #5, a_b 1.5 x\n☐ Milk\n☐ Eggs'));
});

test('HTML without formatting stays HTML; a formatted checklist keeps its formatting', async () => {
  const { last } = await openNotes(html('<p>Plain</p><ul><li>☐ <b>Milk</b></li></ul>'));
  await userEvent.click(notes);
  await userEvent.keyboard('{Control>}{End}{/Control}er');
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await expect.poll(last).toEqual(html('<p>Plainer</p><ul><li>☐ <b>Milk</b></li></ul>'));
});

test('[ ] begins a line of the checklist', async () => {
  const { last } = await openNotes(text(''));
  await userEvent.click(notes);
  await userEvent.keyboard('Shop{Enter}[[ ] Milk');
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await expect.poll(last).toEqual(text('Shop\n☐ Milk'));
  await expect.element(page.getByRole('checkbox', { name: 'Milk' })).toBeInTheDocument();
  await expect.element(notes).toHaveTextContent('Shop');
});

test.each([
  [
    'words, a list and a link',
    '<p>Some <b>bold</b> <a href="https://example.com/a">link</a></p><ul><li>one</li></ul>',
    html('<p>Before Some <b>bold</b> <a href="https://example.com/a">link</a></p><ul><li>one</li></ul>'),
  ],
  ['what looks like text', '<div style="color: red"><span>Plain</span></div>', text('Before Plain')],
])('pasted into plain notes: %s', async (_, content, body) => {
  const { last } = await openNotes(text('Before '));
  await userEvent.keyboard('{Control>}{End}{/Control}');
  paste({ 'text/plain': 'Plain', 'text/html': content });
  // Only a real paste types the text into a field.
  if (body.contentType === 'text') await userEvent.keyboard('Plain');
  await page.getByRole('button', { name: 'Elsewhere' }).click();
  await expect.poll(last).toEqual(body);
});

test('addresses in formatted notes are links that are not part of them', async () => {
  const { bodies } = await openNotes(html('<p><b>See</b> https://example.com/a.</p>'));
  const link = notes.getByRole('link', { name: 'https://example.com/a' });
  await expect.element(link).toHaveAttribute('href', 'https://example.com/a');
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
  expect(bodies()).toEqual([]);
});

test('a click below a checklist line that was typed is not lost, because nothing moves before it', async () => {
  const { last } = await openNotes(text('☐ Milk'));
  let clicks = 0;
  const elsewhere = page.getByRole('button', { name: 'Elsewhere' });
  elsewhere.element().addEventListener('click', () => (clicks += 1));
  await userEvent.click(page.getByRole('textbox', { name: 'Add item' }));
  await userEvent.keyboard('Eggs');
  await elsewhere.click();
  await expect.poll(last).toEqual(text('☐ Milk\n☐ Eggs'));
  expect(clicks).toBe(1);
});
