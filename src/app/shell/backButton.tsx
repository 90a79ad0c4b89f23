import { useLingui } from '@lingui/react/macro';
import BackIcon from 'lucide-react/icons/chevron-left';
import PanelIcon from 'lucide-react/icons/panel-left';
import { useNavigate } from 'react-router';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { IconButton } from '../../ui/controls/button.tsx';
import { useShell } from './shellContext.ts';

/** The start of a place's bar: back to the folders on a phone, the way to a hidden sidebar elsewhere. */
export function BackButton({ isTop }: { isTop: boolean }) {
  const { t } = useLingui();
  const { room, isSidebarShown, toggleSidebar } = useShell();
  const navigate = useNavigate();
  if (room === 'phone') {
    // Today and Upcoming stand in the tab bar: there is nothing above them.
    if (isTop) return null;
    const icon = <BackIcon className="mirrored" aria-hidden />;
    return <IconButton label={t`Back to folders`} icon={icon} onPress={() => void navigate(appUrls.folders())} />;
  }
  if (isSidebarShown) return null;
  const icon = <PanelIcon className="mirrored" aria-hidden />;
  return <IconButton label={t`Show folders`} keys="[" icon={icon} onPress={toggleSidebar} />;
}
