import type { Page } from '@playwright/test';

/** One task: the pane on a desktop, the sheet on a phone. */
export function editorOn(page: Page) {
  const pane = page.getByRole('complementary', { name: 'Task' }).or(page.getByRole('dialog', { name: 'Task' }));
  const subject = pane.getByRole('textbox', { name: 'Subject' });
  const notes = pane.getByRole('textbox', { name: 'Notes' });
  return {
    pane,
    subject,
    notes,
    saved: pane.getByText('Saved', { exact: true }),
    async rename(text: string) {
      await subject.fill(text);
      await subject.blur();
    },
    async write(text: string) {
      await notes.fill(text);
      await notes.blur();
    },
    async setImportance(name: 'Low' | 'Normal' | 'High') {
      await pane.getByRole('radio', { name }).click();
    },
    async close() {
      await pane.getByRole('button', { name: /^Close/ }).click();
    },
  };
}
