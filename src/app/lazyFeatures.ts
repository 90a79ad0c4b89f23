import { createLazyChunk } from '../domain/async/lazyChunk.ts';

/** Features outside the first screen, a chunk each. The shell preloads them when idle, so that they work offline. */
export const lazyFeatures = {
  editor: createLazyChunk(() => import('../features/task-editor/taskEditor.tsx')),
  bulkEditor: createLazyChunk(() => import('../features/bulk-editor/bulkEditor.tsx')),
  sheet: createLazyChunk(() => import('./shell/sheet.tsx')),
  signOut: createLazyChunk(() => import('./auth/signOutDialog.tsx')),
  folders: createLazyChunk(() => import('../features/sidebar/foldersPage.tsx')),
  account: createLazyChunk(() => import('../features/account/settings/accountPage.tsx')),
  bulkActions: createLazyChunk(() => import('../features/bulk-actions/bulkActionRunner.tsx')),
  bin: createLazyChunk(() => import('../features/bin/binPage.tsx')),
  reminders: createLazyChunk(() => import('../features/reminders/reminderBanner.tsx')),
  pendingChanges: createLazyChunk(() => import('../features/account/pending-changes/pendingChangesPage.tsx')),
  share: createLazyChunk(() => import('../features/sharing/shareDialog.tsx')),
  clock: createLazyChunk(() => import('./shell/clockBanner.tsx')),
  pwa: createLazyChunk(() => import('./pwa/pwa.tsx')),
  shareTarget: createLazyChunk(() => import('../features/share-target/shareTargetPage.tsx')),
  importExport: createLazyChunk(() => import('../features/import-export/importExportPage.tsx')),
  importExportHost: createLazyChunk(() => import('../features/import-export/importExportHost.tsx')),
  placeUnavailable: createLazyChunk(() => import('../features/account/placeUnavailablePage.tsx')),
} as const;

/** Pages without an account, loaded only when they are shown. */
export const lazyConfigErrorPage = createLazyChunk(() => import('./config/configErrorPage.tsx'));
export const lazySignInRoute = createLazyChunk(() => import('./auth/signInRoute.tsx'));
