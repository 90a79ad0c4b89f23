import { createChunk } from '../ui/chunk.ts';

/**
 * What is not on the first screen, each in a file of its own. The shell fetches all of them once the browser is idle, so
 * that they are there when the network is not.
 */
export const parts = {
  editor: createChunk(() => import('../features/task-editor/taskEditor.tsx')),
  bulk: createChunk(() => import('../features/bulk-editor/bulkEditor.tsx')),
  sheet: createChunk(() => import('./sheet.tsx')),
  signOut: createChunk(() => import('./signOutQuestion.tsx')),
  folders: createChunk(() => import('../features/sidebar/foldersPage.tsx')),
  account: createChunk(() => import('../features/account/accountPage.tsx')),
  errands: createChunk(() => import('../features/errands/errands.tsx')),
  bin: createChunk(() => import('../features/bin/binPage.tsx')),
  reminders: createChunk(() => import('../features/reminders/reminders.tsx')),
  waiting: createChunk(() => import('../features/account/waitingPage.tsx')),
  share: createChunk(() => import('../features/sharing/shareDialog.tsx')),
  installed: createChunk(() => import('./installed.tsx')),
  pressed: createChunk(() => import('./reminderTask.tsx')),
  arrival: createChunk(() => import('../features/arrivals/arrivalPage.tsx')),
  exchange: createChunk(() => import('../features/exchange/exchangePage.tsx')),
  beside: createChunk(() => import('../features/exchange/beside.tsx')),
  refusal: createChunk(() => import('../features/account/refusalPage.tsx')),
} as const;

/** Needed before there is an account, or when there is no app to show: fetched when that is so. */
export const settingsPart = createChunk(() => import('./settingsPage.tsx'));
export const signInPart = createChunk(() => import('./signIn.tsx'));
