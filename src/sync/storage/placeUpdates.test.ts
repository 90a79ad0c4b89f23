import { expect, it } from 'vitest';
import { defaultGroupKey } from '../../domain/task/task.ts';
import { serverResultOf } from './serverResult.ts';
import { updateFolders, updateGroups } from './placeUpdates.ts';

it('folders of a deleted group move to the default one', () => {
  const group = { id: 'g', changeKey: '', name: 'House', isDefault: false, groupKey: 'k' };
  const folder = { id: 'f', changeKey: '', name: 'Garden', isDefault: false, groupKey: 'k' };
  const change = { kind: 'deleteGroup', mailbox: 'me', id: 'g', name: 'House', groupKey: 'k' } as const;
  const effect = serverResultOf(change, { goneGroup: { id: 'g', groupKey: 'k' } });
  expect(updateGroups([group], effect)).toEqual([]);
  expect(updateFolders([folder], effect)).toMatchObject([{ id: 'f', groupKey: defaultGroupKey }]);
});
