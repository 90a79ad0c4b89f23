import { expect, test, vi } from 'vitest';
import { useEffect, useState } from 'react';
import { page } from 'vitest/browser';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useAutosave } from './useAutosave.ts';

/** A promise that the test resolves. */
function pending() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Hands out what reads the stored draft of a field. */
function useStoredDraft(key: string, give: (read: () => string | undefined) => void) {
  const { preferences } = useDeps().outbox;
  useEffect(() => give(() => preferences.get(`draft:${key}`)), [preferences, key, give]);
}

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

test('a text that shows as saved stays a draft until it is on disk', async () => {
  const disk = pending();
  let stored = (): string | undefined => undefined;
  const keep = (read: typeof stored) => {
    stored = read;
  };
  function Field() {
    useStoredDraft('notes:2', keep);
    const [saved, setSaved] = useState('');
    const { onChange, onBlur } = useAutosave({
      draftKey: 'notes:2',
      saved,
      save: (text) => {
        setSaved(text);
        return disk.promise;
      },
    });
    return (
      <>
        <button type="button" onClick={() => onChange('Two photos')}>
          Type
        </button>
        <button type="button" onClick={onBlur}>
          Leave
        </button>
      </>
    );
  }
  await renderOffline(<Field />);
  await page.getByRole('button', { name: 'Type' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
  expect(stored()).toBe('Two photos');
  disk.resolve();
  await expect.poll(() => stored()).toBeUndefined();
});

test('a draft that another change contains returns when that change is not saved', async () => {
  let answer = (_isStored: boolean): void => {};
  const isChangeStored = new Promise<boolean>((resolve) => (answer = resolve));
  let stored = (): string | undefined => undefined;
  const keep = (read: typeof stored) => {
    stored = read;
  };
  function Field() {
    useStoredDraft('notes:3', keep);
    const { text, onChange, discardAfter } = useAutosave({
      draftKey: 'notes:3',
      saved: 'Plain',
      save: () => new Promise(() => {}),
    });
    return (
      <>
        <output>{text}</output>
        <button type="button" onClick={() => onChange('Plain and more')}>
          Type
        </button>
        <button type="button" onClick={() => discardAfter(isChangeStored)}>
          Convert
        </button>
      </>
    );
  }
  await renderOffline(<Field />);
  await page.getByRole('button', { name: 'Type' }).click();
  await page.getByRole('button', { name: 'Convert' }).click();
  const text = page.getByRole('status').first();
  await expect.poll(() => text.element().textContent).toBe('Plain');
  expect(stored()).toBe('Plain and more');
  answer(false);
  await expect.poll(() => text.element().textContent).toBe('Plain and more');
});
