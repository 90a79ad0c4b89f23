import { expect, it } from 'vitest';
import { defaultGroupKey } from '../../domain/task/task.ts';
import { effectOf } from './serverResult.ts';
import { foldersAfter, groupsAfter } from './placeUpdates.ts';

it('folders of a deleted group move to the default one', () => {
  const group = { id: 'g', changeKey: '', name: 'House', isDefault: false, groupKey: 'k' };
  const folder = { id: 'f', changeKey: '', name: 'Garden', isDefault: false, groupKey: 'k' };
  const change = { kind: 'deleteGroup', mailbox: 'me', id: 'g', name: 'House', groupKey: 'k' } as const;
  const effect = effectOf(change, { goneGroup: { id: 'g', groupKey: 'k' } });
  expect(groupsAfter([group], effect)).toEqual([]);
  expect(foldersAfter([folder], effect)).toMatchObject([{ id: 'f', groupKey: defaultGroupKey }]);
});
