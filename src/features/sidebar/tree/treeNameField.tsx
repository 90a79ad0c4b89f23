import { useLingui } from '@lingui/react/macro';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import type { FolderEdits } from '../state/useFolderEdits.ts';

const nameFieldChunk = createLazyChunk(() => import('./nameField.tsx'));

/** The field of the name being typed; null until it is loaded. */
export function useNameField(edits: FolderEdits) {
  return useLazySurface(nameFieldChunk, edits.editing !== null, edits.stop);
}

type LoadedNameField = NonNullable<ReturnType<typeof useNameField>>;
type Props = { part: LoadedNameField; edits: FolderEdits };

export function RenameFolderField({ part, edits, folder }: Props & { folder: TaskFolder }) {
  const { t } = useLingui();
  const { name } = folder;
  return (
    <part.NameField
      label={t`New name for ${name}`}
      initial={name}
      problemWith={(typed) => edits.folderProblem(typed, folder.id)}
      onSave={(typed) => edits.saveFolderName(folder, typed)}
      onCancel={edits.stop}
    />
  );
}

export function RenameGroupField({ part, edits, group }: Props & { group: TaskGroup }) {
  const { t } = useLingui();
  const { name } = group;
  return (
    <part.NameField
      label={t`New name for ${name}`}
      initial={name}
      problemWith={edits.groupProblem}
      onSave={(typed) => edits.saveGroupName(group, typed)}
      onCancel={edits.stop}
    />
  );
}

export function NewFolderField({ part, edits, groupKey }: Props & { groupKey: string }) {
  const { t } = useLingui();
  return (
    <part.NameField
      label={t`Name of the new folder`}
      initial=""
      problemWith={(typed) => edits.folderProblem(typed)}
      onSave={(typed) => void edits.saveNewFolder(typed, groupKey)}
      onCancel={edits.stop}
    />
  );
}

export function NewGroupField({ part, edits }: Props) {
  const { t } = useLingui();
  return (
    <part.NameField
      label={t`Name of the new group`}
      initial=""
      problemWith={edits.groupProblem}
      onSave={(typed) => void edits.saveNewGroup(typed)}
      onCancel={edits.stop}
    />
  );
}
