import { openDB } from 'idb';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { useSignOut } from './useSignOut.tsx';

function SignOutButton() {
  const { ask, question } = useSignOut();
  return (
    <>
      <button type="button" onClick={ask}>
        Leave
      </button>
      {question}
    </>
  );
}

type Records = { ops?: readonly object[]; imports?: Readonly<Record<string, object>> };

/** The account's database holds these records, whatever their form. */
async function openAccount({ ops = [], imports = {} }: Records = {}) {
  const signOut = vi.fn(() => Promise.resolve());
  await renderOffline(<SignOutButton />, {
    signOut,
    async prepare(account) {
      const db = await openDB(`threefold:${account}`);
      for (const op of ops) await db.add('ops', op);
      for (const [id, record] of Object.entries(imports)) await db.put('imports', record, id);
      db.close();
    },
  });
  return { signOut };
}

// What cannot be read is reported besides.
beforeEach(() => void vi.stubGlobal('reportError', () => {}));
afterEach(() => void vi.unstubAllGlobals());

const leave = page.getByRole('button', { name: 'Leave' });
const question = page.getByRole('alertdialog');

test('the person is signed out without a question when no change waits', async () => {
  const { signOut } = await openAccount();
  await userEvent.click(leave);
  await expect.poll(() => signOut.mock.calls.length).toBe(1);
});

test('changes that this version cannot read are counted before they are erased', async () => {
  const { signOut } = await openAccount({ ops: [{ id: 'a', change: { kind: 'inventedLater' } }, { id: 'b' }] });
  await userEvent.click(leave);
  await expect.element(question).toHaveAccessibleName('2 changes are not sent yet');
  await expect.element(question.getByText(/cannot read 2 changes\. Reload the app/)).toBeVisible();
  expect(signOut).not.toHaveBeenCalled();
  await userEvent.click(page.getByRole('button', { name: 'Sign out and lose it' }));
  await expect.poll(() => signOut.mock.calls.length).toBe(1);
});

test('tasks of an unfinished import are counted before they are erased', async () => {
  const pieces = [3, 4].map((tasks) => ({ tasks, files: [] }));
  const at = '2026-03-18T09:00:00.000Z';
  const { signOut } = await openAccount({
    imports: { i: { id: 'i', name: 'tasks.csv', at, isReady: true, pieces, next: 1 } },
  });
  await userEvent.click(leave);
  await expect.element(question).toHaveAccessibleName('4 changes are not sent yet');
  await expect.element(question.getByText(/4 tasks of an import are not imported yet\./)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Stay signed in' }));
  await expect.element(question).not.toBeInTheDocument();
  expect(signOut).not.toHaveBeenCalled();
});

test('the person is asked when the device cannot be read', async () => {
  const { signOut } = await openAccount();
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('Disk fault', 'UnknownError');
  });
  onTestFinished(() => void vi.restoreAllMocks());
  await userEvent.click(leave);
  await expect.element(question).toHaveAccessibleName('Sign out?');
  expect(signOut).not.toHaveBeenCalled();
});
