import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appUrls, pathOfAppLink, withOwnerMailbox, ownerInPath, viewNames } from './appUrls.ts';

describe('addressOfLink', () => {
  test.each([
    ['web+threefold:/people/ada%40example.com/folders/f1', '/people/ada%40example.com/folders/f1'],
    [
      'web+threefold://people/ada@example.com/folders/f1/tasks/t%2F1',
      '/people/ada%40example.com/folders/f1/tasks/t%2F1',
    ],
    ['WEB+threefold:folders/f1', '/folders/f1'],
    ['web+threefold:///folders/f1/', '/folders/f1'],
    ['web+threefold:today', '/today'],
    ['web+threefold:/upcoming/tasks/t1?from=mail#top', '/upcoming/tasks/t1'],
    ['  web+threefold:settings ', '/settings'],
    ['web+threefold:waiting', '/waiting'],
    ['web+threefold:folders', '/folders'],
  ])('%s opens %s', (link, address) => {
    expect(pathOfAppLink(link)).toBe(address);
  });

  test.each([
    'https://example.com/folders/f1',
    'web+other:folders/f1',
    'web+threefold:',
    'web+threefold:%',
    'web+threefold:/nowhere',
    'web+threefold:/today/f1',
    'web+threefold:/today/tasks',
    'web+threefold:/people/ada@example.com',
    'web+threefold:/people/ada@example.com/tasks/t1',
    'web+threefold:/folders/f1/tasks',
    'web+threefold:/folders/f1/tasks/t1/more',
    'web+threefold:/settings/more',
    'web+threefold:/api/v2.0/me/tasks',
    'web+threefold:javascript:alert(1)',
  ])('%s opens nothing', (link) => {
    expect(pathOfAppLink(link)).toBeUndefined();
  });

  test('reads back every path that the app writes, whatever characters its names contain', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== 'me');
    const place = fc.record({ mailbox: fc.oneof(fc.constant('me'), name), id: name });
    const address = fc.oneof(
      place.map(appUrls.folder),
      fc.tuple(place, name).map(([folder, taskId]) => appUrls.task(folder, taskId)),
      fc.tuple(fc.constantFrom(...viewNames), fc.option(name, { nil: undefined })).map((view) => appUrls.view(...view)),
    );
    fc.assert(fc.property(address, (path) => pathOfAppLink(`web+threefold:${path}`) === path));
  });
});

test('the long form of an address names the mailbox', () => {
  expect(withOwnerMailbox({ mailbox: 'me', id: 'f1' }, 'ada@example.com')).toEqual({
    mailbox: 'ada@example.com',
    id: 'f1',
  });
  expect(withOwnerMailbox({ mailbox: 'bob@example.com', id: 'f1' }, 'ada@example.com').mailbox).toBe('bob@example.com');
});

test.each([
  ['/people/ada%40example.com/folders/f1', 'ada@example.com'],
  ['/people/ada@example.com/folders/f1/tasks/t1', 'ada@example.com'],
  ['/people/%/folders/f1', undefined],
  ['/people/ada@example.com/folders/', undefined],
  ['/people/ada@example.com', undefined],
  ['/folders/f1', undefined],
  ['/', undefined],
])('%s names a folder of %s', (path, owner) => {
  expect(ownerInPath(path)).toBe(owner);
});
