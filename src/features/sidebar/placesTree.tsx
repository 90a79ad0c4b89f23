import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useDeps } from '../../data/deps.tsx';
import { useStableKey } from '../../data/pending.ts';
import { addressOf } from '../../domain/place.ts';
import type { TaskFolder } from '../../domain/task.ts';
import { toasts } from '../../ui/toast.tsx';
import { DeletePlace } from './deletePlace.tsx';
import { NameField } from './nameField.tsx';
import { useClosedGroups } from './openGroups.ts';
import { FolderRow, GroupRow, NewRow } from './placeRow.tsx';
import { openInGroup, type PlacedGroup } from './places.ts';
import { Tree, type TreeNode } from './tree.tsx';
import type { PlaceEdits } from './usePlaceEdits.ts';
import { usePlaceMenu, type PlaceRef } from './usePlaceMenu.tsx';
import type { Places } from './usePlaces.ts';
import { useProtectedWords } from './useProtectedWords.ts';
import styles from './placesTree.module.css';

type Props = { places: Places; edits: PlaceEdits; onNavigate?: (() => void) | undefined };

/** Groups and their folders: to go to, to name, to delete. */
export function PlacesTree({ places, edits, onNavigate }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { session } = useDeps();
  const { closed, setOpen } = useClosedGroups(session.account.key);
  const [deleting, setDeleting] = useState<PlaceRef>();
  const menu = usePlaceMenu({ start: edits.start, askDelete: setDeleting });
  const { editing } = edits;
  const keyOf = useStableKey();
  const protectedWords = useProtectedWords();

  function find(id: string): PlaceRef | undefined {
    const folder = places.folders.find((each) => each.id === id);
    if (folder !== undefined) return { kind: 'folder', folder };
    const group = places.groups.find((each) => each.id === id);
    return group === undefined ? undefined : { kind: 'group', group };
  }
  /** The place, where it may be changed; where not, it is said why. */
  const own = (id: string): PlaceRef | undefined => {
    const place = find(id);
    const isDefault = place?.kind === 'folder' ? place.folder.isDefault : place?.group.isDefault;
    if (place === undefined || isDefault !== true) return place;
    toasts.show({ text: protectedWords(place) });
    return undefined;
  };

  function openRow(id: string, event: KeyboardEvent) {
    const place = find(id);
    if (place?.kind === 'group') setOpen(id, closed.has(id));
    if (place?.kind !== 'folder') return;
    const address = addressOf.folder({ mailbox: 'me', id });
    if (event.ctrlKey || event.metaKey) window.open(address, '_blank', 'noopener');
    else {
      void navigate(address);
      onNavigate?.();
    }
  }

  const spokenName = (name: string, open: number) =>
    open === 0 ? name : t`${name}, ${plural(open, { one: '# open task', other: '# open tasks' })}`;

  function folderNode(folder: TaskFolder): TreeNode {
    const open = places.counts.folders.get(folder.id)?.open ?? 0;
    const isCurrent = folder.id === places.openFolderId;
    const { name } = folder;
    const field = editing?.kind === 'renameFolder' && editing.id === folder.id && (
      <NameField
        label={t`New name for ${name}`}
        initial={name}
        problemWith={(typed) => edits.folderProblem(typed, folder.id)}
        onSave={(typed) => edits.saveFolderName(folder, typed)}
        onCancel={edits.stop}
      />
    );
    return {
      id: folder.id,
      key: keyOf(folder.id),
      name,
      spoken: spokenName(name, open),
      isCurrent,
      row: (
        <FolderRow
          folder={folder}
          open={open}
          isCurrent={isCurrent}
          onMore={(button) => menu.openAtButton({ kind: 'folder', folder }, button)}
          onNavigate={onNavigate}
          field={field || undefined}
        />
      ),
    };
  }

  function groupNode({ group, folders }: PlacedGroup): TreeNode {
    const isNaming = editing?.kind === 'newFolder' && editing.groupKey === group.groupKey;
    // A new folder's field is shown even in a closed group.
    const isOpen = isNaming || !closed.has(group.id);
    const open = openInGroup(folders, places.counts.folders);
    const { name } = group;
    const field = editing?.kind === 'renameGroup' && editing.id === group.id && (
      <NameField
        label={t`New name for ${name}`}
        initial={name}
        problemWith={edits.groupProblem}
        onSave={(typed) => edits.saveGroupName(group, typed)}
        onCancel={edits.stop}
      />
    );
    const children = folders.map(folderNode);
    return {
      id: group.id,
      key: keyOf(group.id),
      name,
      spoken: folders.length === 0 ? t`${name}, no folders` : spokenName(name, open),
      isOpen,
      row: (
        <GroupRow
          group={group}
          open={open}
          isOpen={isOpen}
          onToggle={() => setOpen(group.id, !isOpen)}
          onMore={(button) => menu.openAtButton({ kind: 'group', group }, button)}
          field={field || undefined}
        />
      ),
      children: isNaming ? [...children, newFolderNode(group.groupKey)] : children,
      empty: <p className={styles.empty}>{t`No folders`}</p>,
    };
  }

  function newFolderNode(groupKey: string): TreeNode {
    return {
      id: 'new-folder',
      key: 'new-folder',
      name: '',
      spoken: t`New folder`,
      row: (
        <NewRow>
          <NameField
            label={t`Name of the new folder`}
            initial=""
            problemWith={(typed) => edits.folderProblem(typed)}
            onSave={(typed) => edits.saveNewFolder(typed, groupKey)}
            onCancel={edits.stop}
          />
        </NewRow>
      ),
    };
  }

  const newGroupNode: TreeNode = {
    id: 'new-group',
    key: 'new-group',
    name: '',
    spoken: t`New group`,
    row: (
      <NewRow isGroup>
        <NameField
          label={t`Name of the new group`}
          initial=""
          problemWith={edits.groupProblem}
          onSave={(typed) => edits.saveNewGroup(typed)}
          onCancel={edits.stop}
        />
      </NewRow>
    ),
  };

  const nodes = places.places.map(groupNode);
  return (
    <>
      <Tree
        label={t`Folders`}
        nodes={editing?.kind === 'newGroup' ? [...nodes, newGroupNode] : nodes}
        newId={edits.created}
        onToggle={setOpen}
        onOpen={openRow}
        onRename={(id) => {
          const place = own(id);
          if (place !== undefined) edits.start({ kind: place.kind === 'group' ? 'renameGroup' : 'renameFolder', id });
        }}
        onDelete={(id) => setDeleting(own(id))}
        onMenu={(id, event) => {
          const place = find(id);
          if (place !== undefined) menu.openAtPointer(place, event);
        }}
      />
      {menu.menu}
      {deleting !== undefined && <DeletePlace place={deleting} places={places} onDone={() => setDeleting(undefined)} />}
    </>
  );
}
