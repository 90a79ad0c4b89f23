import { useRef, useState } from 'react';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { LanguageProvider } from '../../i18n/languageProvider.tsx';
import { MenuPopover } from './menu.tsx';

function Repeat({ onChange }: { onChange: (id: string) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const items = [
    { id: 'never', label: 'Does not repeat' },
    { id: 'weekly', label: 'Every week' },
  ];
  return (
    <>
      <button ref={trigger} type="button" onClick={() => setIsOpen(true)}>
        Open
      </button>
      <MenuPopover
        label="Repeat"
        items={[{ kind: 'choice', id: 'repeat', label: 'Repeat', value: 'weekly', items, onChange }]}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={trigger}
      />
    </>
  );
}

test('a menu opens on what is chosen, so that Enter changes nothing', async () => {
  const chosen: string[] = [];
  await render(
    <LanguageProvider>
      <Repeat onChange={(id) => chosen.push(id)} />
    </LanguageProvider>,
  );
  await page.getByRole('button', { name: 'Open' }).click();
  await expect.poll(() => document.activeElement?.textContent).toBe('Every week');
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => document.activeElement?.textContent).toBe('Does not repeat');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => page.getByRole('menu').query()).toBeNull();
  expect(chosen).not.toContain('never');
});
