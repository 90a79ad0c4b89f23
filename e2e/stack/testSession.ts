import { zonedDay } from '../../src/domain/time/time.ts';
import type { Day } from '../../src/domain/time/time.ts';
import { createTestBed } from './testBed.ts';
import type { Device } from './testBed.ts';
import { viewOf } from './tabView.ts';

export type TestSession = Awaited<ReturnType<typeof createTestSession>>;

/** A house with one account, and a tab of it that looks at the default folder. */
export async function createTestSession() {
  const house = await createTestBed();
  const key = await house.account();
  async function openTab(browser?: Device['browser']) {
    const opened = await house.device(key, browser === undefined ? {} : { browser });
    opened.start();
    await opened.engine.pullAll();
    await opened.sent();
    return opened;
  }
  const tab = await openTab();
  const screen = viewOf(tab);
  const folderId = screen.folder('Tasks');
  const { commands } = tab.engine;
  return {
    house,
    key,
    openTab,
    tab,
    screen,
    folderId,
    actions: commands,
    add: async (subject: string) => {
      await commands.createTask('me', { folderId, patch: { subject } });
      await tab.sent();
      return screen.task(folderId, subject);
    },
    /** What the service has, asked afresh. */
    stored: () => tab.api.tasks({ mailbox: 'me', id: folderId }),
  };
}

export const parisDay = (day: string) => zonedDay(day as Day, 'Europe/Paris');
