import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { LanguageProvider } from '../../i18n/languageProvider.tsx';
import { TextField } from './textField.tsx';

function Name() {
  const [name, setName] = useState('');
  return <TextField label="Name" value={name} maxLength={10} description="As others see it" onChange={setName} />;
}

test('a text that is cut at its limit is explained, until it is shorter', async () => {
  await render(
    <LanguageProvider>
      <Name />
    </LanguageProvider>,
  );
  const field = page.getByRole('textbox', { name: 'Name' });
  await expect.element(field).toHaveAccessibleDescription('As others see it');
  await field.fill('A long name');
  await userEvent.keyboard('more');
  await expect.element(field).toHaveAccessibleDescription('The limit of 10 characters is reached.');
  await field.fill('Short');
  await expect.element(field).toHaveAccessibleDescription('As others see it');
});
