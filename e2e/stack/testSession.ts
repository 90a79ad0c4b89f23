import { toDay, zonedDay } from '../../src/domain/time/time.ts';
import type { Device, TestBed } from './testBed.ts';
import { viewOf } from './tabView.ts';

export type TestSession = Awaited<ReturnType<typeof createTestSession>>;

/** A tab of the account `key` that has pulled everything; `folderId` is its default folder. */
export async function createTestSession(testBed: TestBed, key: string) {
  async function openTab(browser?: Device['browser']) {
    const opened = await testBed.device(key, browser === undefined ? {} : { browser });
    opened.start();
    await opened.engine.pullAll();
    await opened.sent();
    return opened;
  }
  const tab = await openTab();
  const view = viewOf(tab);
  const folderId = view.folder('Tasks');
  const { commands } = tab.engine;
  return {
    testBed,
    key,
    openTab,
    tab,
    view,
    folderId,
    commands,
    add: async (subject: string) => {
      await commands.createTask('me', { folderId, patch: { subject } });
      await tab.sent();
      return view.task(folderId, subject);
    },
    /** What the service has now. */
    stored: () => tab.api.tasks({ mailbox: 'me', id: folderId }),
  };
}

export const parisDay = (day: string) => zonedDay(toDay(day), 'Europe/Paris');
