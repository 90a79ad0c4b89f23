import { describe, expect, test } from 'vitest';
import type { TaskFolder, TaskGroup } from '../../../domain/task/task.ts';
import { groupFolders } from '../../../domain/listing/groupedFolders.ts';
import { folderNameProblem, groupNameProblem, openTasksInGroup } from './folderNameRules.ts';

const group = (name: string, isDefault = false): TaskGroup => ({
  id: `g-${name}`,
  changeKey: '1',
  name,
  isDefault,
  groupKey: `k-${name}`,
});
const folder = (name: string, inGroup: string, isDefault = false): TaskFolder => ({
  id: `f-${name}`,
  changeKey: '1',
  name,
  isDefault,
  groupKey: `k-${inGroup}`,
});

describe('groupFolders', () => {
  test('puts the defaults first, then sorts names with numbers in order', () => {
    const grouped = groupFolders(
      [group('Work'), group('My Tasks', true), group('house')],
      [
        folder('Room 10', 'house'),
        folder('Room 9', 'house'),
        folder('Errands', 'My Tasks'),
        folder('Tasks', 'My Tasks', true),
      ],
      'en',
    );
    expect(grouped.map((place) => [place.group.name, place.folders.map((each) => each.name)])).toEqual([
      ['My Tasks', ['Tasks', 'Errands']],
      ['house', ['Room 9', 'Room 10']],
      ['Work', []],
    ]);
  });

  test('lists a folder of an unknown group in the default group', () => {
    const grouped = groupFolders([group('My Tasks', true)], [folder('Lost', 'Gone')], 'en');
    expect(grouped[0]?.folders.map((each) => each.name)).toEqual(['Lost']);
  });
});

test('a folder name is neither blank nor taken, in any letter case', () => {
  const folders = [folder('Garden', 'House')];
  expect(folderNameProblem('  ', folders)).toBe('blank');
  expect(folderNameProblem(' GARDEN ', folders)).toBe('taken');
  expect(folderNameProblem('GARDEN', folders, 'f-Garden')).toBeNull();
  expect(folderNameProblem('Gardens', folders)).toBeNull();
});

test('group names may repeat but not be blank', () => {
  expect(groupNameProblem(' ')).toBe('blank');
  expect(groupNameProblem('House')).toBeNull();
});

test('a closed group counts the open tasks of its folders', () => {
  const folders = [folder('Garden', 'House'), folder('New', 'House')];
  expect(openTasksInGroup(folders, new Map([['f-Garden', { open: 6 }]]))).toBe(6);
});
