import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { renderOffline } from '../../testing/offlineAccount.tsx';
import { ChoicePicker } from './choicePicker.tsx';

test('Enter pressed before the meaning of a text is known takes it once it is', async () => {
  const onChoose = vi.fn();
  function Picker() {
    const [isLoading, setIsLoading] = useState(true);
    return (
      <>
        <ChoicePicker
          title="Reminder"
          label="Reminder"
          placeholder=""
          options={[{ value: 'none', label: 'No reminder' }]}
          chosen={-1}
          read={(typed) => (isLoading ? null : { value: typed, label: typed })}
          isLoading={isLoading}
          onChoose={onChoose}
          onClose={() => {}}
        />
        <button id="loaded" type="button" aria-label="Loaded" onClick={() => setIsLoading(false)} />
      </>
    );
  }
  await renderOffline(<Picker />, { tasks: [] });
  await page.getByRole('combobox', { name: 'Reminder' }).fill('no');
  await userEvent.keyboard('{Enter}');
  expect(onChoose).not.toHaveBeenCalled();
  document.querySelector<HTMLElement>('#loaded')?.click();
  await expect.poll(() => onChoose.mock.calls[0]).toEqual(['no']);
});
