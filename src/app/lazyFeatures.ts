import { createLazyChunk } from '../ui/loading/lazyChunk.ts';

/**
 * What is not on the first screen, each in a file of its own. The shell fetches all of them once the browser is idle, so
 * that they are there when the network is not.
 */
export const lazyFeatures = {
  editor: createLazyChunk(() => import('../features/task-editor/taskEditor.tsx')),
  bulk: createLazyChunk(() => import('../features/bulk-editor/bulkEditor.tsx')),
  sheet: createLazyChunk(() => import('./shell/sheet.tsx')),
  signOut: createLazyChunk(() => import('./auth/signOutDialog.tsx')),
  folders: createLazyChunk(() => import('../features/sidebar/foldersPage.tsx')),
  account: createLazyChunk(() => import('../features/account/settings/accountPage.tsx')),
  errands: createLazyChunk(() => import('../features/bulk-actions/bulkActionRunner.tsx')),
  bin: createLazyChunk(() => import('../features/bin/binPage.tsx')),
  reminders: createLazyChunk(() => import('../features/reminders/reminderBand.tsx')),
  waiting: createLazyChunk(() => import('../features/account/pending-changes/pendingChangesPage.tsx')),
  share: createLazyChunk(() => import('../features/sharing/shareDialog.tsx')),
  installed: createLazyChunk(() => import('./pwa/pwa.tsx')),
  arrival: createLazyChunk(() => import('../features/share-target/shareTargetPage.tsx')),
  exchange: createLazyChunk(() => import('../features/import-export/importExportPage.tsx')),
  beside: createLazyChunk(() => import('../features/import-export/importExportHost.tsx')),
  refusal: createLazyChunk(() => import('../features/account/placeUnavailablePage.tsx')),
} as const;

/** Needed before there is an account, or when there is no app to show: fetched when that is so. */
export const lazyConfigErrorPage = createLazyChunk(() => import('./config/configErrorPage.tsx'));
export const lazySignInRoute = createLazyChunk(() => import('./auth/signInRoute.tsx'));
