import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { editorHtmlToText, findFormattingLosses, simplifyHtml } from '../../../ui/richText/htmlConversion.ts';
import { HardNotes } from './hardNotes.tsx';
import { cleanPastedHtml } from '../../../ui/richText/pastedHtml.ts';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { BodyFrame } from '../../../ui/html/bodyFrame.tsx';
import { htmlToText } from '../../../ui/html/htmlToText.ts';

/** Minutes of a browser's own parser. */
const hostile = `${'<b>'.repeat(9_900)}Words${'</x>'.repeat(980_000)}`;

test('HTML that would take minutes to parse is shown as its words, with a sentence', async () => {
  await renderOffline(<BodyFrame html={hostile} label="Notes" />);
  await expect
    .element(page.getByText('This is too much formatting to be shown quickly: these are its words.'))
    .toBeVisible();
  await expect.element(page.getByTitle('Notes')).toBeInTheDocument();
});

test('everything else that reads such HTML reads its words', () => {
  expect(htmlToText(hostile)).toBe('Words');
  expect(editorHtmlToText(hostile)).toBe('Words');
  expect(simplifyHtml(hostile)).toBe('<p>Words</p>');
  expect(cleanPastedHtml(hostile)).toBe('<p>Words</p>');
  expect([...findFormattingLosses(hostile)]).toEqual(['other']);
});

test.each([
  ['text', 'x'.repeat(60_000)],
  ['text', `a${'\u0301\u0323'.repeat(80_000)}`],
  ['html', `<p>☐ x</p><${'a'.repeat(300_000)}`],
] as const)(
  '%s (%#) that a browser cannot lay out is drawn with places to break, and cannot be edited',
  async (contentType, content) => {
    await renderOffline(<HardNotes body={{ contentType, content }} onRemove={null} />);
    // Not by a locator: it reads every text of the page at each look.
    await expect.poll(() => document.body.textContent).toContain('These notes hold a word of thousands of letters');
    expect(document.querySelector('textarea, [contenteditable]')).toBeNull();
  },
);

test('notes that cannot be edited can be removed', async () => {
  const onRemove = vi.fn();
  await renderOffline(<HardNotes body={{ contentType: 'text', content: 'x'.repeat(60_000) }} onRemove={onRemove} />);
  await page.getByRole('button', { name: 'Remove notes' }).click();
  expect(onRemove.mock.calls).toEqual([['Notes removed']]);
});
