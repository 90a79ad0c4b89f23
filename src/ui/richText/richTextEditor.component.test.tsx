import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { TaskBody } from '../../domain/task/task.ts';
import { LanguageProvider } from '../../i18n/languageProvider.tsx';
import { RichTextEditor } from './richTextEditor.tsx';

const text = (content: string): TaskBody => ({ contentType: 'text', content });

/** An editor whose own bodies come back when the test says so. */
async function openEditor(first: TaskBody) {
  const reported: TaskBody[] = [];
  const editorWith = (body: TaskBody) => (
    <LanguageProvider>
      <RichTextEditor
        body={body}
        label="Notes"
        placeholder=""
        toolbarSlot={null}
        onChange={(next) => reported.push(next)}
        onBlur={() => {}}
        onFiles={() => {}}
        onEscape={() => {}}
      />
    </LanguageProvider>
  );
  const { rerender } = await render(editorWith(first));
  const field = page.getByRole('textbox', { name: 'Notes' });
  await userEvent.click(field);
  return { reported, field, show: (body: TaskBody) => rerender(editorWith(body)) };
}
/** React has drawn, and its effects have run. */
const drawn = () => new Promise((resolve) => setTimeout(resolve, 50));

test('an own change that comes back late takes away nothing that was typed since', async () => {
  const { reported, field, show } = await openEditor(text('x'));
  await userEvent.keyboard('{End}ab');
  await expect.poll(() => reported.map(({ content }) => content)).toEqual(['xa', 'xab']);
  for (const body of [text('x'), text('xa')]) {
    await show(body);
    await drawn();
    await expect.element(field).toHaveTextContent('xab');
  }
  await userEvent.keyboard('c');
  await show(text('xab'));
  await drawn();
  await expect.element(field).toHaveTextContent('xabc');
});

test('a change from elsewhere is shown, also one that undoes an own change', async () => {
  const { reported, field, show } = await openEditor(text('x'));
  await userEvent.keyboard('{End}a');
  await expect.poll(() => reported.at(-1)).toEqual(text('xa'));
  await show(text('xa'));
  await drawn();
  await show(text('x'));
  await expect.element(field).toHaveTextContent('x');
  await expect.poll(() => field.element().textContent).toBe('x');
  await show(text('from elsewhere'));
  await expect.element(field).toHaveTextContent('from elsewhere');
});
