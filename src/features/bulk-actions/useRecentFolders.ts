import { useDeps } from '../../data/dataProvider.tsx';

const name = 'recentFolders';
const maxCount = 6;

/** The folders that tasks were moved to on this device, the last one first. */
export function useRecentFolders(): { ids: readonly string[]; add: (id: string) => void } {
  const { preferences } = useDeps().outbox;
  const ids = (preferences.get(name) ?? '').split(' ').filter((id) => id !== '');
  return {
    ids,
    add: (id) => preferences.set(name, [id, ...ids.filter((other) => other !== id)].slice(0, maxCount).join(' ')),
  };
}
