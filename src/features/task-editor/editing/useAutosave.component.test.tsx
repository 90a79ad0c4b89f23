import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { useAutosave } from './useAutosave.ts';

test('a field that is left before its new text is drawn saves that text', async () => {
  const save = vi.fn((text: string) => Promise.resolve(text));
  function Field() {
    const { text, onChange, onBlur } = useAutosave({ draftKey: 'notes:1', saved: 'Milk', save });
    return (
      <>
        <output>{text}</output>
        {/* A draft like the saved text, as after taking a change back by hand. */}
        <button type="button" onClick={() => onChange('Milk')}>
          Type the same
        </button>
        <button
          type="button"
          onClick={() => {
            onChange('Milk and bread');
            onBlur();
          }}
        >
          Type and leave
        </button>
      </>
    );
  }
  await renderOffline(<Field />);
  await page.getByRole('button', { name: 'Type the same' }).click();
  await page.getByRole('button', { name: 'Type and leave' }).click();
  await expect.poll(() => save.mock.calls).toEqual([['Milk and bread']]);
});
