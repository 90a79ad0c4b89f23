import { listOf, valuesOf, parseJson } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => (service = await startService()));
afterEach(() => service.close());

/** Notes of a few hundred KB each: together more than a page may hold in memory. */
async function fill(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const Content = String(n % 10).repeat(300_000);
    await service.send('POST', '/me/tasks', { Subject: `Task ${n}`, Body: { ContentType: 'Text', Content } });
  }
}

test('a streamed page equals the short pages of the same list', async () => {
  await fill(7);
  const short = await service.send('GET', '/me/tasks?$top=7&$count=true');
  const long = await service.send('GET', '/me/tasks?$top=200&$count=true');
  expect(long.headers.get('content-type')).toBe(short.headers.get('content-type'));
  expect(long.text).toBe(short.text);
  const [first] = valuesOf(long.body);
  expect(first?.Body?.Content).toHaveLength(300_000);
});

test('a streamed page keeps order, filter, selection, zone and the following members', async () => {
  await fill(6);
  const path = "/me/tasks?$filter=Subject ne 'Task 3'&$orderby=Subject&$skip=1&$select=Subject,DueDateTime,Body";
  const zone = { Prefer: 'outlook.timezone="Pacific Standard Time"' };
  const short = await service.send('GET', `${path}&$top=100`, undefined, zone);
  const long = await service.send('GET', `${path}&$top=101`, undefined, zone);
  expect(long.text).toBe(short.text);
  expect(valuesOf(long.body).map(({ Subject }) => Subject)).toEqual(['Task 1', 'Task 2', 'Task 4', 'Task 5']);
  const beta = await service.request('GET', '/beta/me/outlook/tasks?top=101');
  expect(beta.body).toEqual((await service.request('GET', '/beta/me/outlook/tasks?top=100')).body);
});

test('a streamed page ends with its next link', async () => {
  const { db } = service.database;
  await fill(4);
  const row = await db.selectFrom('tasks').selectAll().limit(1).executeTakeFirstOrThrow();
  for (let n = 0; n < 100; n += 1) {
    await db
      .insertInto('tasks')
      .values({ ...row, id: `${row.id}${n}`, body: 'x' })
      .execute();
  }
  const { body } = await service.send('GET', '/me/tasks?$top=101');
  expect(valuesOf(body)).toHaveLength(101);
  expect(body['@odata.nextLink']).toBe('http://localhost:4100/api/v2.0/me/tasks?$top=101&$skip=101');
  const rest = await service.send('GET', '/me/tasks?$top=101&$skip=101');
  expect(valuesOf(rest.body)).toHaveLength(3);
});

test('tasks deleted while the page is streamed are left out, and the rest is complete', async () => {
  await fill(6);
  const answer = await service.open('/api/v2.0/me/tasks?$top=101');
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  for await (const piece of answer.body ?? []) {
    pieces.push(decoder.decode(piece, { stream: true }));
    if (pieces.length > 1) continue;
    // Nothing of the last task has been read by now.
    await service.database.db.updateTable('tasks').set({ deleted_at: 'now' }).where('subject', '=', 'Task 5').execute();
  }
  const page = parseJson(pieces.join(''));
  expect(valuesOf(page).map(({ Subject }) => Subject)).toEqual(['Task 0', 'Task 1', 'Task 2', 'Task 3', 'Task 4']);
});

test('an unknown member is rejected before anything is sent', async () => {
  await fill(4);
  expect((await service.send('GET', '/me/tasks?$top=101&$select=Nothing')).status).toBe(400);
});

test.for(['', 'outlook.timezone="Pacific Standard Time"'])(
  'with attachments it is read in pieces, too %s',
  async (Prefer) => {
    await fill(16);
    const [, second = '', , fourth = ''] = valuesOf((await service.send('GET', '/me/tasks?$top=20')).body).map(
      ({ Id }) => Id,
    );
    const link = { '@odata.type': 'ReferenceAttachment', Name: 'link', SourceUrl: 'https://example.com/' };
    for (const name of ['one', 'two'])
      await service.send('POST', `/me/tasks('${second}')/attachments`, { ...link, Name: name });
    const short: object[] = [];
    for (let skip = 0; skip < 16; skip += 4) {
      const path = `/me/tasks?$top=4&$skip=${skip}&$expand=Attachments`;
      short.push(...valuesOf((await service.send('GET', path, undefined, { Prefer })).body));
    }
    const path = '/me/tasks?$top=20&$count=true&$expand=Attachments';
    const long = await service.send('GET', path, undefined, { Prefer });
    expect(long.headers.get('etag')).toBeNull();
    expect(long.body['@odata.count']).toBe(16);
    expect(long.body['value']).toEqual(short);
    expect(valuesOf(long.body).map(({ Attachments }) => listOf(Attachments).length)).toEqual(
      valuesOf(long.body).map(({ Id }) => (Id === second ? 2 : 0)),
    );

    const answer = await service.open(`/api/v2.0${path}`, { Prefer });
    const [started, rest] = [answer.body?.getReader(), new TextDecoder()];
    let text = rest.decode((await started?.read())?.value, { stream: true });
    await service.send('DELETE', `/me/tasks('${fourth}')`);
    for (let piece = await started?.read(); piece?.done === false; piece = await started?.read())
      text += rest.decode(piece.value, { stream: true });
    expect(valuesOf(parseJson(text)).map(({ Id }) => Id)).not.toContain(fourth);
  },
);
