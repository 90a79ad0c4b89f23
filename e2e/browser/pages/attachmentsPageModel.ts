import { buffer } from 'node:stream/consumers';
import type { Locator, Page } from '@playwright/test';
import type { AppPageModel } from './appPageModel.ts';
import { editorPageModel } from './editorPageModel.ts';
import type { SampleFile } from '../support/sampleFiles.ts';
import { escapeRegExp } from './taskListPageModel.ts';

/** The attachments of the open task. */
export function attachmentsPageModel(page: Page) {
  const { pane } = editorPageModel(page);
  const section = pane.getByRole('region', { name: 'Attachments', exact: true });
  const row = (name: string) => section.getByRole('listitem').filter({ hasText: name });
  const dialog = (name: string) => page.getByRole('dialog', { name: new RegExp(`^${escapeRegExp(name)}`) });
  async function choose(name: string, action: string) {
    await section.getByRole('button', { name: new RegExp(`^More for \\W?${escapeRegExp(name)}`) }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  }
  const filesInput = pane.getByLabel('Files to attach');
  return {
    section,
    filesInput,
    row,
    dialog,
    choose,
    addButton: section.getByRole('button', { name: /^Add an attachment/ }),
    async openForm(name: 'Link to a cloud file' | 'Event, message or contact') {
      await section.getByRole('button', { name: /^Add an attachment/ }).click();
      await page.getByRole('menuitem', { name }).click();
    },
    async addFiles(...files: SampleFile[]) {
      await filesInput.setInputFiles(files);
    },
    /** Drops files over the pane, as a file manager does. */
    async drop(files: readonly SampleFile[], onto: Locator = pane.locator('[data-task-editor]')) {
      const data = await transferOf(page, files);
      for (const type of ['dragenter', 'dragover', 'drop']) {
        await onto.dispatchEvent(type, { dataTransfer: data });
      }
    },
    /** Copied elsewhere, and pasted while the pane has the focus. */
    async paste(...files: SampleFile[]) {
      const data = await transferOf(page, files);
      const editor = pane.locator('[data-task-editor]');
      await editor.evaluate((element, clipboardData) => {
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }, data);
    },
    /** The bytes that Download saves, and the suggested file name. */
    async download(name: string) {
      const [download] = await Promise.all([page.waitForEvent('download'), choose(name, 'Download')]);
      return { name: download.suggestedFilename(), bytes: await buffer(await download.createReadStream()) };
    },
  };
}

/** Creates a task and opens it. */
export async function openTask({ sidebar, list, editor }: AppPageModel, subject = 'Choose worktop') {
  await sidebar.open('Tasks');
  await list.add(subject);
  await list.open(subject);
  await editor.subject.waitFor();
}

/** The number of dark pixels on the rendered page. */
export function drawnPixelsOn(page: Page) {
  return page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    if (canvas.width === 0) return 0;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100 && (data[at + 3] ?? 0) > 200) dark += 1;
    return dark;
  });
}

function transferOf(page: Page, files: readonly SampleFile[]) {
  return page.evaluateHandle(
    (all) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, text } of all) transfer.items.add(new File([text], name, { type: mimeType }));
      return transfer;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, mimeType, text: buffer.toString('latin1') })),
  );
}
