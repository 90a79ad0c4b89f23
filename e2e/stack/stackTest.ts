import { test as base } from 'vitest';
import { createTestBed, createTestBrowser } from './testBed.ts';
import { createTestSession } from './testSession.ts';

/**
 * A test of app and service in one process. Only the fixtures that its parameters name are set up: the test bed, the
 * key of one account, and `session` with its members, a tab of that account that has pulled everything.
 */
export const it = base
  // oxlint-disable-next-line eslint/no-empty-pattern -- Vitest reads from this pattern which fixtures are needed.
  .extend('testBed', async ({}, { onCleanup }) => {
    const testBed = await createTestBed();
    onCleanup(() => testBed.close());
    return testBed;
  })
  .extend('key', ({ testBed }) => testBed.account())
  .extend('browser', () => createTestBrowser())
  .extend('session', ({ testBed, key }) => createTestSession(testBed, key))
  .extend('openTab', ({ session }) => session.openTab)
  .extend('tab', ({ session }) => session.tab)
  .extend('view', ({ session }) => session.view)
  .extend('folderId', ({ session }) => session.folderId)
  .extend('commands', ({ session }) => session.commands)
  .extend('add', ({ session }) => session.add)
  .extend('stored', ({ session }) => session.stored);
