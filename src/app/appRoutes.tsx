import { Navigate, Route, Routes } from 'react-router';
import { useDeps } from '../data/dataProvider.tsx';
import { viewNames } from '../domain/urls/appUrls.ts';
import { OpenRoute, ShareRoute } from './pages/shareTargetRoutes.tsx';
import { lastPlace } from './shell/lastPlace.ts';
import { AccountRoute, BinRoute, ImportExportRoute, FoldersRoute, PendingChangesRoute } from './pages/pageRoutes.tsx';
import { FolderRoute, OtherMailboxRoute, UnavailablePlace, ViewRoute } from './pages/taskListPage.tsx';
import { Shell } from './shell/shell.tsx';

/**
 * Routes for the addresses of src/domain/urls/appUrls.ts. A list with and without an open task are two routes with the
 * same element, so that the list stays mounted.
 */
export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Start />} />
        {viewNames.flatMap((view) =>
          [view, `${view}/tasks/:taskId`].map((path) => (
            <Route key={path} path={path} element={<ViewRoute view={view} />} />
          )),
        )}
        <Route path="folders" element={<FoldersRoute />} />
        <Route path="folders/:folderId" element={<FolderRoute />} />
        <Route path="folders/:folderId/tasks/:taskId" element={<FolderRoute />} />
        <Route path="people/:address/folders/:folderId" element={<OtherMailboxRoute />} />
        <Route path="people/:address/folders/:folderId/tasks/:taskId" element={<OtherMailboxRoute />} />
        <Route path="share" element={<ShareRoute />} />
        <Route path="open" element={<OpenRoute />} />
        <Route path="settings" element={<AccountRoute />} />
        <Route path="waiting" element={<PendingChangesRoute />} />
        <Route path="bin" element={<BinRoute />} />
        <Route path="exchange" element={<ImportExportRoute />} />
        <Route path="*" element={<UnavailablePlace kind="notFound" />} />
      </Route>
    </Routes>
  );
}

function Start() {
  const { session } = useDeps();
  return <Navigate replace to={lastPlace(session.account.key)} />;
}
