import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';

/** The accessible names of the tree's rows: the name with its counts and their nouns. */
export function useSpokenNames() {
  const { t } = useLingui();
  const withCount = (name: string, open: number) =>
    open === 0 ? name : t`${name}, ${plural(open, { one: '# open task', other: '# open tasks' })}`;
  return {
    folder: (name: string, open: number, people: number) =>
      people === 0
        ? withCount(name, open)
        : t`${withCount(name, open)}, ${plural(people, { one: 'shared with # person', other: 'shared with # people' })}`,
    group: (name: string, folderCount: number, open: number) =>
      folderCount === 0 ? t`${name}, no folders` : withCount(name, open),
    shared({ folder, owner, role }: SharedFolder, open: number) {
      // In the order of what is drawn.
      const name = withCount(folder.name, open);
      const who = owner.name || owner.address;
      return role === 'read' ? t`${name}, shared by ${who}, view only` : t`${name}, shared by ${who}`;
    },
  };
}
