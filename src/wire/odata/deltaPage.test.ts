import { expect, test } from 'vitest';
import { outlookRest } from '../outlook/outlookDialects.ts';
import { deletedEntry, readDeltaPage } from './deltaPage.ts';

const folder = { Id: 'f1', ChangeKey: '1', IsDefaultFolder: false, Name: 'Home', ParentGroupKey: 'g' };
const context = "https://host/api/v2.0/$metadata#me/TaskFolders('f%3D')/Tasks";
const read = (value: readonly unknown[]) => readDeltaPage({ value }, outlookRest.folder.decode).entries;

test('reads changed entries decoded and deleted ones as plain ids, in order', () => {
  const entries = read([folder, deletedEntry(context, 'TaskFolders', 'f2=')]);
  expect(entries).toEqual([
    { kind: 'changed', value: { id: 'f1', changeKey: '1', isDefault: false, name: 'Home', groupKey: 'g' } },
    { kind: 'gone', id: 'f2=' },
  ]);
});

test('writes a deleted entry with its own context, the set around the id, and doubled quotes', () => {
  expect(deletedEntry(context, 'Tasks', "it's")).toEqual({
    '@odata.context': `${context}/$deletedEntity`,
    id: "Tasks('it''s')",
    reason: 'deleted',
  });
  expect(read([deletedEntry(context, 'Tasks', "it's')")])).toEqual([{ kind: 'gone', id: "it's')" }]);
});

test.each([
  ['no reason, but no entity either', { id: "Tasks('a')" }],
  ['a plain id', { id: 'a', reason: 'deleted' }],
  ['Graph’s @removed', { id: 'a', '@removed': { reason: 'changed' } }],
  ['an unknown reason', { id: "Tasks('a')", reason: 'softDeleted' }],
])('recognises a deletion by %s', (_, entry) => {
  expect(read([entry])).toEqual([{ kind: 'gone', id: 'a' }]);
});

test('passes links on unchanged', () => {
  expect(readDeltaPage({ value: [], '@odata.deltaLink': 'd' }, String)).toEqual({ entries: [], deltaLink: 'd' });
  expect(readDeltaPage({ value: [], '@odata.nextLink': 'n' }, String)).toEqual({ entries: [], nextLink: 'n' });
});

test.each([[null], [{ value: 'x' }], [{ value: [1] }], [{ value: [{ reason: 'deleted' }] }], [{ value: [{}] }]])(
  'what is no page is refused: %j',
  (json) =>
    expect(() => readDeltaPage(json, outlookRest.folder.decode)).toThrow(
      expect.objectContaining({ name: 'WireError' }),
    ),
);
