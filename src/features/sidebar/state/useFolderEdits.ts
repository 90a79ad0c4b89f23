import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useResolvedId } from '../../../data/outbox/usePendingChanges.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { folderNameProblem, groupNameProblem } from './folderNameRules.ts';

/** The one name being typed in the tree. */
export type FolderEdit =
  | { kind: 'newGroup' }
  | { kind: 'newFolder'; groupKey: string }
  | { kind: 'renameGroup'; id: string }
  | { kind: 'renameFolder'; id: string };

/** Creating and renaming folders and groups: the name being typed, its problem, and saving it. */
export function useFolderEdits(folders: readonly TaskFolder[]) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [requested, setEditing] = useState<FolderEdit | null>(null);
  const editing = useResolved(requested);
  const [created, setCreated] = useState<string>();
  const { run } = useTaskCommands();

  function folderProblem(name: string, own?: string): string | null {
    const problem = folderNameProblem(name, folders, own);
    if (problem === 'blank') return t`A folder needs a name.`;
    return problem === 'taken' ? t`There is already a folder named “${name.trim()}”. Choose another name.` : null;
  }

  function groupProblem(name: string): string | null {
    return groupNameProblem(name) === null ? null : t`A group needs a name.`;
  }

  return {
    editing,
    /** The id of the folder or group created last. */
    created,
    start: setEditing,
    stop: () => setEditing(null),
    folderProblem,
    groupProblem,
    async saveNewGroup(name: string) {
      setEditing(null);
      const id = await run({ kind: 'createGroup', name }).saved;
      if (id !== null) setCreated(id);
    },
    async saveNewFolder(name: string, groupKey: string) {
      setEditing(null);
      const id = await run({ kind: 'createFolder', name, groupKey }).saved;
      if (id === null) return;
      setCreated(id);
      await navigate(appUrls.folder({ mailbox: 'me', id }));
    },
    saveGroupName(group: TaskGroup, name: string) {
      setEditing(null);
      run({ kind: 'renameGroup', id: group.id, name });
    },
    saveFolderName(folder: TaskFolder, name: string) {
      setEditing(null);
      run({ kind: 'renameFolder', id: folder.id, name });
    },
  };
}

/** The edit with the id that the server assigned while the name was being typed. */
function useResolved(editing: FolderEdit | null): FolderEdit | null {
  const editedId =
    editing === null || editing.kind === 'newGroup' ? '' : editing.kind === 'newFolder' ? editing.groupKey : editing.id;
  const resolvedId = useResolvedId(editedId);
  if (editing === null || editing.kind === 'newGroup' || resolvedId === editedId) return editing;
  return editing.kind === 'newFolder' ? { ...editing, groupKey: resolvedId } : { ...editing, id: resolvedId };
}

export type FolderEdits = ReturnType<typeof useFolderEdits>;
