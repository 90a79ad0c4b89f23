import { useEffect, useState } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { useOpenedTaskFocus } from './useOpenedTaskFocus.ts';

const button = (name: string) => page.getByRole('button', { name });

/** A list whose task is rendered when the test says so. */
async function renderList() {
  const onClose = vi.fn<() => void>();
  const pressed: string[] = [];
  const remember = ({ key, target }: KeyboardEvent) =>
    void pressed.push(`${key} in ${target instanceof Element ? target.ariaLabel : 'nothing'}`);
  document.addEventListener('keydown', remember);
  const set = { openId: (_id: string | undefined) => {}, isHere: (_isHere: boolean) => {} };

  function List() {
    const [openId, setOpenId] = useState<string>();
    const [isHere, setIsHere] = useState(false);
    useEffect(() => void Object.assign(set, { openId: setOpenId, isHere: setIsHere }), []);
    const focus = useOpenedTaskFocus(openId, close);
    function close() {
      onClose();
      focus.stopWaiting();
      setOpenId(undefined);
    }
    return (
      <>
        <button type="button" aria-label="Row" onClick={() => focus.expect('task')}>
          Open
        </button>
        {isHere && openId !== undefined && (
          <div data-task-editor aria-label="Editor" tabIndex={-1} ref={() => focus.takeFocus()} />
        )}
      </>
    );
  }
  const drawn = await render(<List />);
  onTestFinished(async () => {
    document.removeEventListener('keydown', remember);
    await drawn.unmount();
  });
  return { ...set, set, onClose, pressed };
}

/** Opens the task by a key, which is not recorded itself. */
async function openByKey({ set, pressed }: Awaited<ReturnType<typeof renderList>>) {
  await button('Row').click();
  set.openId('task');
  await userEvent.keyboard('a');
  expect(pressed).toEqual([]);
}

test('keys pressed before the task is rendered reach it', async () => {
  const list = await renderList();
  await openByKey(list);
  list.set.isHere(true);
  await expect.poll(() => list.pressed).toEqual(['a in Editor']);
});

test('once the task is closed before it was rendered, keys are no longer queued', async () => {
  const list = await renderList();
  await openByKey(list);
  list.set.openId(undefined);
  await expect
    .poll(async () => {
      await userEvent.keyboard('b');
      return list.pressed.length;
    })
    .toBeGreaterThan(0);
  expect(list.pressed).not.toContain('a in Row');
});

test('once another task is open, keys are no longer queued', async () => {
  const list = await renderList();
  await openByKey(list);
  list.set.openId('other');
  await expect
    .poll(async () => {
      await userEvent.keyboard('b');
      return list.pressed.length;
    })
    .toBeGreaterThan(0);
});

test('Escape closes the task and drops the keys', async () => {
  const list = await renderList();
  await openByKey(list);
  await userEvent.keyboard('{Escape}');
  expect(list.onClose).toHaveBeenCalledOnce();
  await userEvent.keyboard('b');
  expect(list.pressed.map((one) => one[0])).toEqual(['b']);
});

test('Escape before the navigation is rendered closes the task once it is', async () => {
  const list = await renderList();
  await button('Row').click();
  await userEvent.keyboard('a{Escape}');
  expect(list.onClose).not.toHaveBeenCalled();
  list.set.openId('task');
  await expect.poll(() => list.onClose.mock.calls.length).toBe(1);
});
