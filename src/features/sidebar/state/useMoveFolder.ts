import { useLingui } from '@lingui/react/macro';
import { useGroups } from '../../../data/folders/useGroups.ts';
import { useTaskCommands } from '../../../data/tasks/useTaskCommands.ts';
import type { TaskFolder } from '../../../domain/task/task.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';

/** Moves a folder to another group, named by its key. */
export function useMoveFolder() {
  const { t } = useLingui();
  const { groups } = useGroups();
  const { run } = useTaskCommands();
  return ({ id, name }: Pick<TaskFolder, 'id' | 'name'>, toGroup: string) => {
    const group = groups.find(({ groupKey }) => groupKey === toGroup);
    const message = t`Moved “${truncateName(name)}” to “${truncateName(group?.name ?? '')}”`;
    run({ kind: 'moveFolder', id, toGroup }, { message });
  };
}
