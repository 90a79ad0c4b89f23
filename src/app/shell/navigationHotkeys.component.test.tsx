import { useEffect, useState } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { LanguageProvider } from '../../i18n/languageProvider.tsx';
import { useNavigationHotkeys } from './navigationHotkeys.ts';

/**
 * A shell with two pages: Today keeps its `main` while a task is open, and Not synced yet is rendered when the test
 * says so.
 */
async function renderShell(at: string) {
  const pressed: string[] = [];
  const waiting = { arrive: () => {} };

  function Waiting() {
    const [isHere, setIsHere] = useState(false);
    useEffect(() => void Object.assign(waiting, { arrive: () => setIsHere(true) }), []);
    return isHere && <main aria-label="Waiting" />;
  }
  function Pages() {
    useNavigationHotkeys({ toggleSidebar() {}, addTask() {} });
    return (
      <Routes>
        <Route path="/today/tasks?/:taskId?" element={<main aria-label="Today" />} />
        <Route path="/waiting" element={<Waiting />} />
      </Routes>
    );
  }
  const remember = ({ key, target }: KeyboardEvent) =>
    void pressed.push(`${key} in ${target instanceof Element ? target.ariaLabel : 'nothing'}`);
  document.addEventListener('keydown', remember);
  const drawn = await render(
    <LanguageProvider>
      <MemoryRouter initialEntries={[at]}>
        <Pages />
      </MemoryRouter>
    </LanguageProvider>,
  );
  onTestFinished(async () => {
    document.removeEventListener('keydown', remember);
    await drawn.unmount();
  });
  return { pressed, arrive: () => waiting.arrive() };
}

test('a page that keeps its main element has the focus and the keys at once', async () => {
  const { pressed } = await renderShell('/today/tasks/one');
  await userEvent.keyboard('gtx');
  await expect.poll(() => pressed.at(-1)).toBe('x in Today');
});

test('keys pressed before a page is rendered reach it in order', async () => {
  const { pressed, arrive } = await renderShell('/today');
  await userEvent.keyboard('gw');
  const before = pressed.length;
  await userEvent.keyboard('xyz');
  expect(pressed).toHaveLength(before);
  arrive();
  await expect.poll(() => pressed.slice(before)).toEqual(['x in Waiting', 'y in Waiting', 'z in Waiting']);
});

test('Escape drops the keys pressed for a page that is not rendered yet', async () => {
  const { pressed } = await renderShell('/today');
  await userEvent.keyboard('gw');
  const before = pressed.length;
  await userEvent.keyboard('xy{Escape}z');
  expect(pressed.slice(before).map((one) => one[0])).toEqual(['z']);
});
