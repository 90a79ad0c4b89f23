import { useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { toDay } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { LanguageProvider } from '../../i18n/languageProvider.tsx';
import { DayField } from './dayField.tsx';

function Due({ onChoose }: { onChoose: (day: Day | null) => void }) {
  const [day, setDay] = useState<Day | null>(toDay('2026-12-15'));
  const change = (next: Day | null) => {
    setDay(next);
    onChoose(next);
  };
  return <DayField label="Due" value={day} today={toDay('2026-12-01')} onChange={change} />;
}

async function openField() {
  await page.viewport(1200, 800);
  const chosen: (Day | null)[] = [];
  await render(
    <LanguageProvider>
      <Due onChoose={(day) => chosen.push(day)} />
    </LanguageProvider>,
  );
  await page.getByRole('button', { name: /Due/ }).click();
  await expect.element(page.getByRole('textbox', { name: 'Due in words' })).toHaveFocus();
  return chosen;
}

test('opens in its text field, where a half-typed word names its day and Enter takes it', async () => {
  const chosen = await openField();
  await expect.element(page.getByRole('grid')).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Due in words' })).toHaveFocus();
  await userEvent.keyboard('tomo');
  await expect.element(page.getByRole('textbox', { name: 'Due in words' })).toHaveAccessibleDescription(/Tomorrow/);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => chosen).toEqual(['2026-12-02']);
});

test('a day of a neighbouring month can be pressed', async () => {
  const chosen = await openField();
  await expect.element(page.getByRole('grid')).toBeVisible();
  const outside = document.querySelector<HTMLElement>('[data-outside-month] [data-day="2026-11-30"]');
  const day = outside ?? document.querySelector<HTMLElement>('[data-outside-month] [data-day="2027-01-01"]');
  day?.click();
  await expect.poll(() => chosen).toEqual([day?.dataset['day']]);
});

test('the arrow down leads from the text to the month', async () => {
  const chosen = await openField();
  await expect.element(page.getByRole('grid')).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}');
  await expect.poll(() => chosen).toEqual(['2026-12-16']);
});
