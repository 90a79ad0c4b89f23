import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { quickAddField, renderQuickAdd } from './fixtures/renderQuickAdd.tsx';

const chips = page.getByRole('list', { name: 'Recognised' });

test('recognised words are chips in a list that describes the field, and become fields of the task', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Pay rent tomorrow !high #home');
  await expect
    .poll(() =>
      chips
        .getByRole('listitem')
        .elements()
        .map(({ textContent }) => textContent),
    )
    .toEqual(['Due Tomorrow', 'High importance', 'home (new category)']);
  await expect.element(quickAddField).toHaveAccessibleDescription('Recognised');
  await userEvent.keyboard('{Enter}');
  expect(added()).toMatchObject([
    { subject: 'Pay rent', importance: 'high', categories: ['home'], due: { local: '2026-03-19T00:00:00.000' } },
  ]);
  await expect.element(quickAddField).toHaveValue('');
  await expect.element(quickAddField).toHaveFocus();
});

test('a chip turned back into words stays in the subject, and typing goes on in the field', async () => {
  const { added } = await renderQuickAdd();
  await userEvent.keyboard('Read Tomorrow !low');
  await expect.element(chips).toBeVisible();
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Keep “Tomorrow” as text' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(quickAddField).toHaveFocus();
  await expect.poll(() => chips.getByRole('listitem').elements()).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  const [task] = added();
  expect(task).toMatchObject({ subject: 'Read Tomorrow', importance: 'low' });
  expect(task).not.toHaveProperty('due');
});

test('the first Escape keeps all words as they are, the second leaves the field', async () => {
  const { added, onLeave } = await renderQuickAdd();
  await userEvent.keyboard('Call the bank friday');
  await expect.element(chips).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(chips).not.toBeInTheDocument();
  await expect.element(quickAddField).toHaveFocus();
  expect(onLeave).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(onLeave).toHaveBeenCalledOnce();
  await expect.element(quickAddField).toHaveValue('Call the bank friday');
  expect(added()).toEqual([]);
});

test('a rule without a due date says when the first task of the series is due', async () => {
  await renderQuickAdd();
  await userEvent.keyboard('Water plants every monday');
  await expect.element(chips.getByRole('listitem')).toHaveTextContent('Every week on Mon');
  await expect.element(quickAddField).toHaveAccessibleDescription(/The first one is due .*23 Mar/);
});

test('several pasted lines are offered as tasks of their own or as one', async () => {
  const { onAddMany, added } = await renderQuickAdd();
  await quickAddField.fill('- Milk\n- Bread\n- Butter');
  await expect.element(quickAddField).toHaveAccessibleDescription('Each line becomes a task.');
  await page.getByRole('button', { name: 'Add as one task' }).click();
  expect(added()).toEqual([{ subject: 'Milk Bread Butter' }]);
  await quickAddField.fill('- Milk\n- Bread\n- Butter');
  await page.getByRole('button', { name: 'Add 3 tasks' }).click();
  expect(onAddMany.mock.calls.map(([tasks]) => tasks.map(({ patch }) => patch))).toEqual([
    [{ subject: 'Milk' }, { subject: 'Bread' }, { subject: 'Butter' }],
  ]);
});
