import { useLingui } from '@lingui/react/macro';
import FolderPlus from 'lucide-react/icons/folder-plus';
import Layers from 'lucide-react/icons/layers-2';
import Plus from 'lucide-react/icons/plus';
import { defaultGroupKey } from '../../../domain/task/task.ts';
import { MenuButton, type MenuEntry } from '../../../ui/overlays/menu.tsx';
import type { FolderEdits } from '../state/useFolderEdits.ts';
import type { FolderTreeData } from '../state/useFolderTree.ts';

/** "+": a new folder in the group of the open one, or a new group where the server supports groups. */
export function AddFolderMenu({ places, edits }: { places: FolderTreeData; edits: FolderEdits }) {
  const { t } = useLingui();
  const open = places.folders.find((folder) => folder.id === places.openFolderId);
  const groupKey = open?.groupKey ?? places.groups.find((group) => group.isDefault)?.groupKey ?? defaultGroupKey;
  const items: readonly MenuEntry[] = [
    {
      id: 'folder',
      label: t`New folder`,
      icon: <FolderPlus aria-hidden />,
      onAction: () => edits.start({ kind: 'newFolder', groupKey }),
    },
    ...(places.canGroup
      ? [
          {
            id: 'group',
            label: t`New group`,
            icon: <Layers aria-hidden />,
            onAction: () => edits.start({ kind: 'newGroup' }),
          },
        ]
      : []),
  ];
  return <MenuButton label={t`Add folder or group`} icon={<Plus aria-hidden />} items={items} />;
}
