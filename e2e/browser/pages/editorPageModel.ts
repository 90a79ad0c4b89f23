import type { Page } from '@playwright/test';

type Importance = 'Low' | 'Normal' | 'High';

/** One task: the pane on a desktop, the sheet on a phone. */
export function editorPageModel(page: Page) {
  const pane = page.getByRole('complementary', { name: 'Task' }).or(page.getByRole('dialog', { name: 'Task' }));
  const subject = pane.getByRole('textbox', { name: 'Subject' });
  const notes = pane.getByRole('textbox', { name: 'Notes' });
  const importance = (name: Importance) => pane.getByRole('radio', { name, exact: true });
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
    importance,
    /** A cell of the date card, or the row below it, which opens its picker. */
    date: (name: 'Start' | 'Due' | 'Reminder' | 'Repeat') =>
      pane.getByRole('button', { name: new RegExp(`^${name}(\\W|$)`) }),
    async setImportance(name: Importance) {
      await importance(name).click();
    },
    async close() {
      await pane.getByRole('button', { name: /^Close/ }).click();
    },
  };
}
