import { useLingui } from '@lingui/react/macro';
import FileDown from 'lucide-react/icons/file-down';
import Printer from 'lucide-react/icons/printer';
import { useNavigate } from 'react-router';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { Place } from '../../../domain/task/task.ts';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';
import { requestPrint } from '../../../ui/browser/printRequest.ts';

/** Entries that export and print a folder. */
export function useExportMenuItems(folder: Place): readonly MenuEntry[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  return [
    {
      id: 'export',
      label: t`Export`,
      icon: <FileDown aria-hidden />,
      onAction: () => void navigate(appUrls.exchange(folder)),
    },
    {
      id: 'print',
      label: t`Print`,
      icon: <Printer aria-hidden />,
      onAction: () => requestPrint({ kind: 'list', place: folder }),
    },
  ];
}
