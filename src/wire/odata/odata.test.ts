import { describe, expect, test } from 'vitest';
import { errorBody, pageBody, parsePath, readError, readOptions, readPage } from './odata.ts';
import { graphBeta, outlookRest } from '../outlook/outlookDialects.ts';

describe('paths', () => {
  test.each([
    ["/me/tasks('AAMk=')", 'me', 'tasks/{}', ['AAMk=']],
    ['/me/tasks/AAMk%3D', 'me', 'tasks/{}', ['AAMk=']],
    ['/Me/TaskFolders(%27AAMk%3D%27)/Tasks/', 'me', 'taskfolders/{}/tasks', ['AAMk=']],
    ["/me/taskfolders('Tasks')/tasks", 'me', 'taskfolders/{}/tasks', ['Tasks']],
    ["/users('oid@tenant')/taskgroups('g')/taskfolders('f')", 'oid@tenant', 'taskgroups/{}/taskfolders/{}', ['g', 'f']],
    ['/users/dana%40example.com/tasks/t/Complete', 'dana@example.com', 'tasks/{}/complete', ['t']],
    ["/me/tasks('t')/Microsoft.OutlookServices.Complete", 'me', 'tasks/{}/complete', ['t']],
    ['/me/tasks/t/complete()', 'me', 'tasks/{}/complete', ['t']],
    [
      '/me/tasks/t/attachments/microsoft.graph.createUploadSession',
      'me',
      'tasks/{}/attachments/createuploadsession',
      ['t'],
    ],
    ["/me/tasks('it''s')", 'me', 'tasks/{}', ["it's"]],
    ["/me/tasks('it''s Dana''s')", 'me', 'tasks/{}', ["it's Dana's"]],
    ['/me/tasks/t/attachments/a/$value', 'me', 'tasks/{}/attachments/{}/$value', ['t', 'a']],
    ['/me/tasks/$count', 'me', 'tasks/$count', []],
    ['/me/$batch', 'me', '$batch', []],
    ['/me', 'me', '', []],
  ])('%s', (path, mailbox, pattern, keys) => {
    expect(parsePath(path, outlookRest)).toEqual({ mailbox, pattern, keys });
  });

  test('Graph has a product segment between the mailbox and the rest', () => {
    expect(parsePath("/users/u/outlook/taskGroups/g/taskFolders('f')/tasks/t/permanentDelete", graphBeta)).toEqual({
      mailbox: 'u',
      pattern: 'taskgroups/{}/taskfolders/{}/tasks/{}/permanentdelete',
      keys: ['g', 'f', 't'],
    });
    expect(parsePath('/me/tasks', graphBeta)).toBeUndefined();
  });

  test.each(['/', '/tasks', '/users', '/you/tasks', '/me/tasks/%zz'])('%s is no path of a mailbox', (path) => {
    expect(parsePath(path, outlookRest)).toBeUndefined();
  });

  test('a path written by the client is read by the service', () => {
    const place = { mailbox: "o'hara@example.com", id: "A'B=/-_" };
    for (const dialect of [outlookRest, graphBeta]) {
      expect(parsePath(dialect.paths.complete(place), dialect)).toEqual({
        mailbox: place.mailbox,
        pattern: 'tasks/{}/complete',
        keys: [place.id],
      });
      expect(parsePath(dialect.paths.attachment({ mailbox: 'me', id: 't' }, 'a'), dialect)?.keys).toEqual(['t', 'a']);
    }
  });

  test('each dialect writes its own form', () => {
    const place = { mailbox: 'me', id: 'f=' };
    expect(outlookRest.paths.tasks(place)).toBe("/me/taskfolders('f%3D')/tasks");
    expect(graphBeta.paths.tasks(place)).toBe('/me/outlook/taskFolders/f%3D/tasks');
    expect(graphBeta.paths.groupFolders({ mailbox: 'a@b.c', id: 'g' })).toBe(
      '/users/a%40b.c/outlook/taskGroups/g/taskFolders',
    );
    expect(graphBeta.paths.permanentDelete?.(place)).toBe('/me/outlook/tasks/f%3D/permanentDelete');
    expect(outlookRest.paths.permanentDelete).toBeNull();
  });
});

describe('query options', () => {
  test.each([
    ['?$top=5&$skip=10&$count=true', { top: 5, skip: 10, count: true }],
    ['%24Top=5000', { top: 1000 }],
    ['$select= Subject , Status,', { select: ['Subject', 'Status'] }],
    ['$select=&$filter=', {}],
    ["$filter=Status%20eq+'Completed'", { filter: "Status eq 'Completed'" }],
    [
      '$orderby=DueDateTime/DateTime desc,Subject',
      {
        orderBy: [
          { path: 'DueDateTime/DateTime', isDescending: true },
          { path: 'Subject', isDescending: false },
        ],
      },
    ],
    ['$deltaToken=abc%3D', { deltaToken: 'abc=' }],
    ['%24skiptoken=a_b', { skipToken: 'a_b' }],
    ['lastModifiedDateTime ge 2026-01-02&cb=1', {}],
    ['top=5', {}],
    ['', {}],
  ])('%s', (search, options) => {
    expect(readOptions(search, outlookRest)).toEqual(options);
  });

  test('Graph accepts them without the dollar sign', () => {
    expect(readOptions('?top=5&constructor=1&cb=2', graphBeta)).toEqual({ top: 5 });
  });

  test.each(['$top=x', '$top=-1', '$skip=1.5', '$count=maybe', '$orderby=a b c', '$levels=2', '$filter=%zz', '$=1'])(
    '%s is refused',
    (search) => {
      expect(() => readOptions(search, outlookRest)).toThrow(expect.objectContaining({ code: 'ErrorInvalidUrlQuery' }));
    },
  );
});

describe('envelopes', () => {
  test('a page is read as it was written', () => {
    const page = { value: [1, 2], nextLink: 'https://x/next', count: 7 };
    expect(readPage(pageBody('ctx', page))).toEqual(page);
    expect(Object.keys(pageBody('ctx', { value: [], deltaLink: 'd' }))).toEqual([
      '@odata.context',
      'value',
      '@odata.deltaLink',
    ]);
  });

  test.each([[null], [[]], [{}], [{ value: {} }], ['']])('%j is no page', (json) => {
    expect(() => readPage(json)).toThrow('Expected a collection');
  });

  test('an error is read as it was written', () => {
    const body = errorBody('ErrorItemNotFound', 'Gone.', { 'request-id': 'r' });
    expect(readError(body)).toEqual({ code: 'ErrorItemNotFound', message: 'Gone.' });
    expect(readError({ error: { code: 'X' } })).toEqual({ code: 'X', message: '' });
    expect([null, {}, { error: 'no' }, '<html>'].map(readError)).toEqual(Array(4).fill(undefined));
  });
});
