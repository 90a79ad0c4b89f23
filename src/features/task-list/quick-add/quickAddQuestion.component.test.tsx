import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { quickAddField, renderQuickAdd } from './fixtures/renderQuickAdd.tsx';

const question = page.getByRole('group', { name: 'What does “next friday” mean?' });

test('an ambiguous day is asked with both days, and answered by keyboard', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Call Bob next friday');
  await expect
    .poll(() =>
      question
        .getByRole('button')
        .elements()
        .map(({ textContent }) => textContent),
    )
    .toEqual([expect.stringMatching(/^Due .*27 Mar/), expect.stringMatching(/^Due .*20 Mar|^Due Fri/), 'Keep as text']);
  await expect.element(quickAddField).toHaveAccessibleDescription(/What does “next friday” mean\?/);
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.element(quickAddField).toHaveFocus();
  await expect.element(question).not.toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  expect(added()).toMatchObject([{ subject: 'Call Bob', due: { local: '2026-03-20T00:00:00.000' } }]);
});

test('words that are asked about set nothing until they are answered', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Call Bob next friday');
  await expect.element(question).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.poll(added).toEqual([{ subject: 'Call Bob next friday' }]);
});

test('a question is answered with "Keep as text", and Escape keeps all questions as text', async () => {
  await renderQuickAdd();
  await userEvent.keyboard('Call Bob next friday');
  await question.getByRole('button', { name: 'Keep as text' }).click();
  await expect.element(question).not.toBeInTheDocument();
  await expect.element(quickAddField).toHaveFocus();
  await quickAddField.fill('Call Ann next friday !high');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('list', { name: 'Recognised' })).not.toBeInTheDocument();
});

test('what is in the past, and what cannot be kept, is said', async () => {
  await renderQuickAdd();
  await userEvent.keyboard('Report last friday');
  await expect.element(page.getByText('“last friday” is in the past.')).toBeVisible();
  await quickAddField.fill('Change filter every 3 months after completion');
  await expect
    .element(
      page.getByText('A repeat counted from completion cannot be saved: “every 3 months after completion” stays text.'),
    )
    .toBeVisible();
});

test('names complete while they are typed: Tab takes the first, the arrows choose', async () => {
  const { onAdd } = await renderQuickAdd();
  await userEvent.keyboard('Weed beds @g');
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  await expect.element(suggestions.getByRole('option')).toHaveTextContent('Garden');
  await userEvent.keyboard('{Tab}');
  await expect.element(quickAddField).toHaveValue('Weed beds @Garden ');
  await expect.element(quickAddField).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => onAdd.mock.calls[0]?.[0])
    .toMatchObject({ patch: { subject: 'Weed beds' }, folderId: 'garden' });

  await userEvent.keyboard('Tidy @off');
  await userEvent.keyboard('{ArrowDown}');
  await expect
    .element(suggestions.getByRole('option', { name: 'Home office' }))
    .toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  await expect.element(quickAddField).toHaveValue('Tidy @"Home office" ');
  await expect.element(page.getByRole('listitem')).toHaveTextContent('In Home office');
});

test('suggestions take no key that types or adds, and Escape closes them alone', async () => {
  const { added, onLeave } = await renderQuickAdd();
  await userEvent.keyboard('Mail @garde');
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  await expect.element(suggestions).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(suggestions).not.toBeInTheDocument();
  expect(onLeave).not.toHaveBeenCalled();
  await userEvent.keyboard('ner{Enter}');
  await expect.poll(added).toEqual([{ subject: 'Mail @gardener' }]);
});

test('pasted lines have their own dates, which can all stay text', async () => {
  const { onAddMany } = await renderQuickAdd();
  await quickAddField.fill('- Milk tomorrow\n- Bread !high\n- Butter\n- Call Bob next friday');
  await expect
    .element(quickAddField)
    .toHaveAccessibleDescription(/Each line becomes a task.*1 line has an ambiguous date/);
  const recognised = page.getByRole('list', { name: 'Recognised' }).getByRole('listitem');
  expect(recognised.elements().map(({ textContent }) => textContent)).toEqual([
    'Milk: Due Tomorrow',
    'Bread: High importance',
  ]);
  await page.getByRole('button', { name: 'Add 4 tasks' }).click();
  expect(onAddMany.mock.calls[0]?.[0]).toMatchObject([
    { patch: { subject: 'Milk', due: { local: '2026-03-19T00:00:00.000' } }, line: 'Milk tomorrow' },
    { patch: { subject: 'Bread', importance: 'high' } },
    { patch: { subject: 'Butter' } },
    { patch: { subject: 'Call Bob next friday' } },
  ]);
});

test('pasted lines are added as they are with "Keep all as text"', async () => {
  const { onAddMany } = await renderQuickAdd();
  await quickAddField.fill('Milk tomorrow\nBread');
  await page.getByRole('button', { name: 'Keep all as text' }).click();
  expect(onAddMany.mock.calls[0]?.[0].map(({ patch }) => patch)).toEqual([
    { subject: 'Milk tomorrow' },
    { subject: 'Bread' },
  ]);
});
