import { useLingui } from '@lingui/react/macro';
import { useLocation } from 'react-router';
import { appUrls, type ViewName } from '../../domain/urls/appUrls.ts';
import { useHotkeys } from '../../ui/keyboard/hotkeys.ts';
import { focusMain, focusPane, findPane } from './paneFocus.ts';
import { useNavigateWithKeys } from './useNavigateWithKeys.ts';

type Input = { toggleSidebar: () => void; addTask: () => void };

/** The keys that work anywhere (docs/design.md#keyboard). */
export function useNavigationHotkeys({ toggleSidebar, addTask }: Input): void {
  const { t } = useLingui();
  const { pathname } = useLocation();
  const navigateWithKeys = useNavigateWithKeys();
  function go(address: string) {
    if (pathname === address) focusMain();
    else navigateWithKeys(address, focusMain);
  }
  const toView = (view: ViewName, label: string) => ({ label, run: () => go(appUrls.view(view)) });
  /** Focuses the sidebar if it is shown, else opens the folders page. */
  function goToFolders() {
    const sidebar = findPane('sidebar');
    if (sidebar === null) go(appUrls.folders());
    else focusPane(sidebar);
  }
  useHotkeys(
    {
      N: { label: t`New task`, run: addTask },
      '[': { label: t`Show or hide folders`, run: toggleSidebar },
      'G T': toView('today', t`Go to Today`),
      'G U': toView('upcoming', t`Go to Upcoming`),
      'G O': toView('overdue', t`Go to Overdue`),
      'G I': toView('important', t`Go to Important`),
      'G F': { label: t`Go to folders`, run: goToFolders },
      'G W': { label: t`Go to Not synced yet`, run: () => go(appUrls.waiting()) },
    },
    { scope: 'anywhere' },
  );
}
