import { createChunk } from '../ui/loading/lazyChunk.ts';

/**
 * What is not on the first screen, each in a file of its own. The shell fetches all of them once the browser is idle, so
 * that they are there when the network is not.
 */
export const parts = {
  editor: createChunk(() => import('../features/task-editor/taskEditor.tsx')),
  bulk: createChunk(() => import('../features/bulk-editor/bulkEditor.tsx')),
  sheet: createChunk(() => import('./shell/sheet.tsx')),
  signOut: createChunk(() => import('./auth/signOutDialog.tsx')),
  folders: createChunk(() => import('../features/sidebar/foldersPage.tsx')),
  account: createChunk(() => import('../features/account/settings/accountPage.tsx')),
  errands: createChunk(() => import('../features/bulk-actions/bulkActionRunner.tsx')),
  bin: createChunk(() => import('../features/bin/binPage.tsx')),
  reminders: createChunk(() => import('../features/reminders/reminderBand.tsx')),
  waiting: createChunk(() => import('../features/account/pending-changes/pendingChangesPage.tsx')),
  share: createChunk(() => import('../features/sharing/shareDialog.tsx')),
  installed: createChunk(() => import('./pwa/pwa.tsx')),
  pressed: createChunk(() => import('./pwa/reminderActionRunner.tsx')),
  arrival: createChunk(() => import('../features/share-target/shareTargetPage.tsx')),
  exchange: createChunk(() => import('../features/import-export/importExportPage.tsx')),
  beside: createChunk(() => import('../features/import-export/importExportHost.tsx')),
  refusal: createChunk(() => import('../features/account/placeUnavailablePage.tsx')),
} as const;

/** Needed before there is an account, or when there is no app to show: fetched when that is so. */
export const settingsPart = createChunk(() => import('./config/configErrorPage.tsx'));
export const signInPart = createChunk(() => import('./auth/signInRoute.tsx'));
