import { useLingui } from '@lingui/react/macro';
import BackIcon from 'lucide-react/icons/chevron-left';
import PanelIcon from 'lucide-react/icons/panel-left';
import { useNavigate } from 'react-router';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { IconButton } from '../../ui/controls/button.tsx';
import { useShell } from './shellContext.ts';

/** At the start of a page's bar: back to the folders on a phone, or a button that shows a hidden sidebar. */
export function BackButton({ isTop }: { isTop: boolean }) {
  const { t } = useLingui();
  const { layout, isSidebarShown, toggleSidebar } = useShell();
  const navigate = useNavigate();
  if (layout === 'phone') {
    // Today and Upcoming are tabs and have no parent page.
    if (isTop) return null;
    const icon = <BackIcon className="mirrored" aria-hidden />;
    return <IconButton label={t`Back to folders`} icon={icon} onPress={() => void navigate(appUrls.folders())} />;
  }
  if (isSidebarShown) return null;
  const icon = <PanelIcon className="mirrored" aria-hidden />;
  return <IconButton label={t`Show folders`} keys="[" icon={icon} onPress={toggleSidebar} />;
}
