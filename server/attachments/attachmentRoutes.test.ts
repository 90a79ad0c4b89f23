import { membersOf } from '../testing/json.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';

let service: Service;
let task: string;
beforeEach(async () => {
  service = await startService();
  task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
});
afterEach(() => service.close());

const place = () => `/me/tasks('${task}')/attachments`;
const fileType = '#Microsoft.OutlookServices.FileAttachment';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const file = (name = 'a.txt', content = 'mac and cheese', more: object = {}) => ({
  '@odata.type': fileType,
  Name: name,
  ContentBytes: base64(content),
  ...more,
});
const item = {
  '@odata.type': '#Microsoft.OutlookServices.ItemAttachment',
  Name: 'Holiday event',
  Item: {
    '@odata.type': 'Microsoft.OutlookServices.Event',
    Subject: 'Discuss gifts',
    Start: { DateTime: '2016-12-02T18:00:00', TimeZone: 'Pacific Standard Time' },
    End: { DateTime: '2016-12-02T19:00:00', TimeZone: 'Pacific Standard Time' },
  },
};
const link = {
  '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
  Name: 'Hydrangea',
  SourceUrl: 'https://example.com/h.jpg',
  ProviderType: 'oneDriveBusiness',
  IsFolder: 'False',
};
const post = (body: unknown, headers?: Record<string, string>) => service.send('POST', place(), body, headers);
const idOf = (answer: TestResponse) => String(answer.body['Id']);
const at = (answer: TestResponse) => `${place()}('${idOf(answer)}')`;
const rows = (table: 'attachment_contents' | 'attachment_chunks' | 'attachment_uploads' | 'attachments') =>
  service.database.db.selectFrom(table).selectAll().execute();

describe('reading attachments', () => {
  test('a file: the response, the list, the entity', async () => {
    const made = await post(file());
    expect(made.status).toBe(201);
    const id = idOf(made);
    const url = `http://localhost:4100/api/v2.0/Users('aaaaaaaa-0000-4000-8000-00000000000a@11111111-2222-4333-8444-555555555555')/Tasks('${task}')/Attachments('${id}')`;
    expect(made.headers.get('location')).toBe(url);
    expect(Object.entries(made.body)).toEqual(
      Object.entries({
        '@odata.context': `http://localhost:4100/api/v2.0/$metadata#Me/Tasks('${task}')/Attachments/$entity`,
        '@odata.type': fileType,
        '@odata.id': url,
        Id: id,
        LastModifiedDateTime: '2026-03-25T12:00:00Z',
        Name: 'a.txt',
        ContentType: 'application/octet-stream',
        Size: 14,
        IsInline: false,
        ContentId: null,
        ContentLocation: null,
        ContentBytes: 'bWFjIGFuZCBjaGVlc2U=',
      }),
    );
    const { '@odata.context': _context, ...entity } = membersOf(made.body);
    expect((await service.send('GET', at(made))).body).toEqual(made.body);
    expect((await service.send('GET', place())).body).toEqual({
      '@odata.context': `http://localhost:4100/api/v2.0/$metadata#Me/Tasks('${task}')/Attachments`,
      value: [entity],
    });
  });

  test('an item is included only when it is expanded', async () => {
    const made = await post(item);
    expect(made.body).toMatchObject({ '@odata.type': '#Microsoft.OutlookServices.ItemAttachment', ContentType: null });
    expect(made.body).not.toHaveProperty('Item');
    for (const path of ['Microsoft.OutlookServices.ItemAttachment/Item', 'microsoft.graph.itemattachment/item']) {
      const shown = await service.send('GET', `${at(made)}?$expand=${path}`, undefined, {
        Prefer: 'outlook.timezone="Eastern Standard Time"',
      });
      expect(shown.headers.get('preference-applied')).toBe('outlook.timezone="Eastern Standard Time"');
      expect(shown.body['Item']).toMatchObject({
        '@odata.type': '#Microsoft.OutlookServices.Event',
        Subject: 'Discuss gifts',
        Start: { DateTime: '2016-12-02T21:00:00.0000000', TimeZone: 'Eastern Standard Time' },
      });
    }
  });

  test('a link', async () => {
    const made = await post(link);
    expect(made.body).toMatchObject({
      SourceUrl: 'https://example.com/h.jpg',
      ProviderType: 'OneDriveBusiness',
      Permission: 'Other',
      ThumbnailUrl: null,
      IsFolder: false,
      IsInline: true,
    });
    const value = await service.send('GET', `${at(made)}/$value`);
    expect([value.status, value.body['error']]).toMatchObject([405, { code: 'ErrorInvalidOperation' }]);
  });

  test('both dialects return the same, each in its spelling; times have whole seconds', async () => {
    service.clock.pass(678);
    const made = await post(file());
    const answer = await service.request('GET', `/beta/me/outlook/tasks/${task}/attachments`);
    expect(answer.body['value']).toEqual([
      {
        '@odata.type': '#microsoft.graph.fileAttachment',
        '@odata.mediaContentType': 'application/octet-stream',
        id: idOf(made),
        lastModifiedDateTime: '2026-03-25T12:00:00Z',
        name: 'a.txt',
        contentType: 'application/octet-stream',
        size: 14,
        isInline: false,
        contentId: null,
        contentLocation: null,
        contentBytes: 'bWFjIGFuZCBjaGVlc2U=',
      },
    ]);
    const graph = { '@odata.type': 'microsoft.graph.fileAttachment', name: 'b', contentBytes: 'YQ==' };
    const second = await service.request('POST', `/beta/me/outlook/tasks/${task}/attachments`, graph);
    expect([second.status, second.body['contentBytes']]).toEqual([201, 'YQ==']);
    expect((await service.send('GET', `${place()}/$count`)).text).toBe('2');
  });
});

describe('lists', () => {
  test('$select can leave out the bytes', async () => {
    await post(file());
    await post(link);
    await service.database.db.deleteFrom('attachment_chunks').execute();
    const answer = await service.send('GET', `${place()}?$select=Name,size,SourceUrl&$count=true`);
    expect(answer.body['value']).toMatchObject([
      { '@odata.type': fileType, Name: 'a.txt', Size: 14 },
      { Name: 'Hydrangea', SourceUrl: 'https://example.com/h.jpg' },
    ]);
    expect(Object.keys(answer.body['value']?.[0] ?? {})).toEqual(['@odata.type', '@odata.id', 'Id', 'Name', 'Size']);
    expect(answer.body['@odata.count']).toBe(2);
    expect((await service.send('GET', `${place()}?$select=Colour`)).body['error']).toMatchObject({
      code: 'ErrorInvalidProperty',
    });
  });

  test('are paged', async () => {
    for (const name of ['a', 'b', 'c']) await post(file(name));
    const first = await service.send('GET', `${place()}?$top=2&$select=Name`);
    expect(first.body['value']).toMatchObject([{ Name: 'a' }, { Name: 'b' }]);
    const next = new URL(String(first.body['@odata.nextLink']));
    expect((await service.request('GET', next.pathname + next.search)).body).toMatchObject({ value: [{ Name: 'c' }] });
  });

  test.each(['$filter=Name eq 1', '$orderby=Name', '$expand=Item', '$search=a'])('%s is rejected', async (query) => {
    expect((await service.send('GET', `${place()}?${query}`)).status).toBe(400);
  });

  test('tasks with their attachments', async () => {
    await post(file());
    await post(item);
    const list = await service.send('GET', `/me/tasks?$expand=Attachments&$count=true&$select=Subject`);
    expect(list.body).toMatchObject({
      '@odata.count': 1,
      value: [{ Subject: 'Shop', Attachments: [{ ContentBytes: 'bWFjIGFuZCBjaGVlc2U=' }, { Name: 'Holiday event' }] }],
    });
    const single = await service.send(
      'GET',
      `/me/tasks('${task}')?$expand=Attachments($select=Name;$expand=x.ItemAttachment/Item)`,
    );
    expect(single.body).toMatchObject({
      '@odata.context': expect.stringMatching(/\/Tasks\/\$entity$/),
      Subject: 'Shop',
      Attachments: [{ Name: 'a.txt' }, { Item: { Subject: 'Discuss gifts' } }],
    });
    expect(single.text).not.toContain('ContentBytes');
    const graph = await service.request('GET', '/beta/me/outlook/tasks?$expand=attachments&$top=1');
    expect(graph.body).toMatchObject({ value: [{ attachments: [{ contentBytes: 'bWFjIGFuZCBjaGVlc2U=' }, {}] }] });
    expect((await service.send('GET', '/me/tasks?$expand=Folder')).status).toBe(400);
    expect((await service.send('GET', '/me/tasks?$expand=Attachments($filter=a)')).status).toBe(400);
  });
});

describe('$value', () => {
  const value = (answer: TestResponse) => service.send('GET', `${at(answer)}/$value`);

  test('a file is a download', async () => {
    const made = await post(file('naïve "q".txt', 'text', { ContentType: 'text/plain; charset=utf-8' }));
    const { status, text, headers } = await value(made);
    expect([status, text]).toEqual([200, 'text']);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '4',
      'content-disposition': `attachment; filename="na_ve _q_.txt"; filename*=UTF-8''na%C3%AFve%20%22q%22.txt`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  test.each([
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/javascript',
    'no type',
    'a/b\r\nX: y',
    'a/<b>',
  ])('the content type %s is never sent', async (type) => {
    const made = await post(file('x', '<script>', { ContentType: type }));
    expect((await value(made)).headers.get('content-type')).toBe('application/octet-stream');
  });

  test.each([
    ['a/b\\c', 'a_b_c'],
    ['a\r\nSet-Cookie: b', 'aSet-Cookie: b'],
    ['\u202ecod.exe', 'cod.exe'],
  ])('a file name %j is harmless', async (name, plain) => {
    const made = await post(file(name));
    expect((await value(made)).headers.get('content-disposition')).toContain(`filename="${plain}"`);
  });

  test('an event is served as iCalendar', async () => {
    const { headers, text } = await value(await post(item));
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('filename="Holiday event.ics"');
    expect(text).toContain('DTSTART:20161203T020000Z');
  });
});

describe('the task of an attachment', () => {
  const read = async () => (await service.send('GET', `/me/tasks('${task}')`)).body;

  test('has a new change key when one is added or removed', async () => {
    const before = await read();
    service.clock.pass(1_000);
    const made = await post(file());
    const between = await read();
    expect(between).toMatchObject({ HasAttachments: true, LastModifiedDateTime: '2026-03-25T12:00:01Z' });
    expect(between['ChangeKey']).not.toBe(before['ChangeKey']);
    const second = await post(link);
    expect((await service.send('DELETE', at(made))).status).toBe(204);
    expect(await read()).toMatchObject({ HasAttachments: true });
    expect((await service.send('DELETE', at(second))).status).toBe(204);
    expect(await read()).toMatchObject({ HasAttachments: false });
    expect((await service.send('DELETE', at(second))).status).toBe(404);
    expect([await rows('attachment_contents'), await rows('attachment_chunks')]).toEqual([[], []]);
  });

  test('its completed copy has them, too, and the bytes are kept until the last one is deleted', async () => {
    const series = {
      DueDateTime: { DateTime: '2026-03-25T00:00:00', TimeZone: 'UTC' },
      Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-25' } },
    };
    await service.send('PATCH', `/me/tasks('${task}')`, series);
    const made = await post(file());
    const done = (await service.send('POST', `/me/tasks('${task}')/complete`)).body['value']?.[0];
    expect(done).toMatchObject({ Status: 'Completed', HasAttachments: true });
    const copies = (await service.send('GET', `/me/tasks('${String(done?.['Id'])}')/attachments`)).body['value'];
    expect(copies).toMatchObject([{ Name: 'a.txt', ContentBytes: 'bWFjIGFuZCBjaGVlc2U=' }]);
    expect(copies?.[0]?.['Id']).not.toBe(idOf(made));
    expect(await rows('attachment_contents')).toHaveLength(1);
    await service.send('DELETE', at(made));
    expect(await rows('attachment_chunks')).toHaveLength(1);
    await service.request('POST', `/beta/me/outlook/tasks/${String(done?.['Id'])}/permanentDelete`);
    expect(await rows('attachments')).toEqual([]);
    expect([await rows('attachment_contents'), await rows('attachment_chunks')]).toEqual([[], []]);
  });

  test('removing an account removes its attachments', async () => {
    await post(file());
    await service.database.db.deleteFrom('accounts').execute();
    for (const table of ['attachments', 'attachment_contents', 'attachment_chunks'] as const) {
      expect(await rows(table)).toEqual([]);
    }
  });
});

test('an attachment deleted while it is read is not found', async () => {
  const made = await post(file());
  await service.database.db.deleteFrom('attachment_chunks').execute();
  for (const path of [at(made), `${at(made)}/$value`, place()]) {
    expect((await service.send('GET', path)).status).toBe(404);
  }
});

describe('rejected requests', () => {
  test.each([
    ['no type', { Name: 'a' }, 400, 'ErrorRequiredPropertyMissing'],
    ['missing bytes', { '@odata.type': fileType, Name: 'a' }, 400, 'ErrorRequiredPropertyMissing'],
    ['invalid base64', { '@odata.type': fileType, Name: 'a', ContentBytes: '*' }, 400, 'RequestBodyRead'],
    ['an unknown member', file('a', 'b', { Colour: 1 }), 400, 'RequestBodyRead'],
    ['invalid JSON', '{', 400, 'RequestBodyRead'],
    ['a list', [], 400, 'RequestBodyRead'],
    ['a missing URL', { ...link, SourceUrl: undefined }, 400, 'ErrorRequiredPropertyMissing'],
    ['a script as URL', { ...link, SourceUrl: 'java\nscript:alert(1)' }, 400, 'ErrorPropertyValidationFailure'],
    ['a file as URL', { ...link, SourceUrl: 'file:///etc/passwd' }, 400, 'ErrorPropertyValidationFailure'],
    ['a script as preview', { ...link, PreviewUrl: 'data:text/html,x' }, 400, 'ErrorPropertyValidationFailure'],
  ])('%s', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.body['error']]).toMatchObject([status, { code }]);
    expect([await rows('attachment_contents'), await rows('attachment_uploads')]).toEqual([[], []]);
  });

  test('another content type', async () => {
    expect((await post('a', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  test('an attachment of another account or of another task is not found', async () => {
    const made = await post(file());
    const other = String((await service.send('POST', '/me/tasks', { Subject: 'Other' })).body['Id']);
    const bob = { Authorization: 'Bearer bob' };
    const paths = [at(made), `${at(made)}/$value`, place(), `${place()}/$count`];
    for (const path of paths) expect((await service.send('GET', path, undefined, bob)).status).toBe(404);
    expect((await service.send('POST', place(), file(), bob)).status).toBe(404);
    expect((await service.send('DELETE', at(made), undefined, bob)).status).toBe(404);
    expect((await service.send('GET', `/me/tasks('${other}')/attachments('${idOf(made)}')`)).status).toBe(404);
    expect((await service.send('DELETE', `/me/tasks('${other}')/attachments('${idOf(made)}')`)).status).toBe(404);
    expect((await service.send('PATCH', at(made), {})).status).toBe(405);
    expect((await service.send('POST', place(), file(), { Authorization: 'Bearer ann-reads' })).status).toBe(403);
    await service.send('DELETE', `/me/tasks('${task}')`);
    for (const path of paths) expect((await service.send('GET', path)).status).toBe(404);
  });
});

test('a repeated POST attaches once', async () => {
  const headers = {
    'Repeatability-Request-ID': 'b0b0b0b0-0000-4000-8000-000000000000',
    'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT',
  };
  const [first, second] = [await post(file(), headers), await post(file(), headers)];
  expect(second.body).toEqual(first.body);
  expect(await rows('attachment_contents')).toHaveLength(1);
  expect((await post(file('a.txt', 'mac and cheesy'), headers)).status).toBe(412);
  const quiet = await post(file('b'), { Prefer: 'return=minimal' });
  expect([quiet.status, quiet.text]).toEqual([204, '']);
  expect(quiet.headers.get('location')).toContain('/Attachments(');
});

test('every path to a task has its attachments below', async () => {
  const folder = (await service.send('GET', '/me/taskfolders')).body['value']?.[0];
  const made = await service.send('POST', `/me/taskfolders('Tasks')/tasks('${task}')/attachments`, file());
  expect(made.status).toBe(201);
  expect(made.body['@odata.context']).toContain(`#Me/TaskFolders('Tasks')/Tasks('${task}')/Attachments/$entity`);
  const path = `/me/taskfolders/${String(folder?.['Id'])}/tasks/${task}/attachments/${idOf(made)}`;
  expect((await service.send('GET', path)).status).toBe(200);
});
