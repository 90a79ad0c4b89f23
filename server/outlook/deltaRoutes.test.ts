import { valuesOf, membersOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { annId, startService, tenantId, type TestResponse, type Service } from '../testing/testService.ts';
import { type Json } from '../testing/json.ts';
import { runMaintenance } from '../mailbox/maintenance.ts';

let service: Service;
let folderId: string;
beforeEach(async () => {
  service = await startService();
  folderId = (await service.send('GET', '/me/taskfolders')).body['value']![0]!['Id']!;
});
afterEach(() => service.close());

const tracking = (size?: number, more = '') => ({
  Prefer: `${size === undefined ? '' : `odata.maxpagesize=${size}, `}odata.track-changes${more}`,
});
const host = 'http://localhost:4100';
const place = () => `/me/TaskFolders('${folderId}')/Tasks`;
const create = async (subject: string, path = place()) => (await service.send('POST', path, { Subject: subject })).body;
const follow = (link: Json | string | undefined, headers: Record<string, string> = tracking()) =>
  service.request('GET', String(link).replace(host, ''), undefined, headers);
const deltaOf = ({ body }: TestResponse) => String(body['@odata.deltaLink']);
const nextOf = ({ body }: TestResponse) => String(body['@odata.nextLink']);
const valueOf = ({ body }: TestResponse) => valuesOf(body);
const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];

/** Reads the rest of a delta query: its entries, and the link for the next one. */
async function round(link: string, size?: number) {
  const items: Record<string, string>[] = [];
  let answer = await follow(link, tracking(size));
  for (;;) {
    expect(answer.status).toBe(200);
    items.push(...valueOf(answer));
    if ('@odata.deltaLink' in answer.body) return { said: items, link: deltaOf(answer) };
    answer = await follow(nextOf(answer), size === undefined ? {} : { Prefer: `odata.maxpagesize=${size}` });
  }
}

/** The delta link of a reader that is up to date. */
async function synced(path = place()): Promise<string> {
  return (await round(deltaOf(await service.send('GET', path, undefined, tracking())))).link;
}

test("the documentation's samples for tasks: three responses with one task each", async () => {
  const { '@odata.context': context, ...one } = membersOf(await create('one'));
  expect(context).toContain('/$entity');
  await create('two');
  await create('three');
  const first = await service.send('GET', place(), undefined, tracking(1));
  expect(first.headers.get('preference-applied')).toBe('odata.track-changes');
  expect(first.body).toEqual({
    '@odata.context': `${host}/api/v2.0/$metadata#me/TaskFolders('${folderId}')/Tasks`,
    value: [one],
    '@odata.deltaLink': expect.stringMatching(/^http.*\/Tasks\/\?%24deltatoken=[\w-]+$/),
  });
  expect(Object.keys(first.body)).toEqual(['@odata.context', 'value', '@odata.deltaLink']);
  expect(deltaOf(first)).toContain(`${host}/api/v2.0/me/TaskFolders('${folderId}')/Tasks/?%24deltatoken=`);

  const second = await follow(deltaOf(first), tracking(1));
  expect(second.headers.has('preference-applied')).toBe(false);
  expect(second.body['@odata.context']).toBe(`${host}/api/v2.0/$metadata#me/TaskFolders('${folderId}')/Tasks/$delta`);
  expect(valueOf(second).map(({ Subject }) => Subject)).toEqual(['two']);
  expect(nextOf(second)).toContain(`${host}/api/v2.0/me/TaskFolders('${folderId}')/Tasks/?%24skipToken=`);
  expect('@odata.deltaLink' in second.body).toBe(false);

  const third = await follow(nextOf(second), { Prefer: 'odata.maxpagesize=1' });
  expect(valueOf(third).map(({ Subject }) => Subject)).toEqual(['three']);
  expect('@odata.nextLink' in third.body).toBe(false);
  expect(deltaOf(third)).toContain('%24deltatoken=');
});

test("the documentation's samples for folders", async () => {
  await service.send('POST', '/me/taskfolders', { Name: 'Bingo' });
  await service.send('POST', '/me/taskfolders', { Name: 'Volunteer' });
  const first = await service.send('GET', '/me/TaskFolders', undefined, tracking(1));
  expect(first.headers.get('preference-applied')).toBe('odata.track-changes');
  expect(first.body['@odata.context']).toBe(`${host}/api/v2.0/$metadata#me/TaskFolders`);
  expect(Object.keys(valueOf(first)[0]!)).toEqual([
    '@odata.id',
    'Id',
    'ChangeKey',
    'IsDefaultFolder',
    'Name',
    'ParentGroupKey',
  ]);
  expect(valueOf(first)[0]!['@odata.id']).toBe(
    `${host}/api/v2.0/Users('${annId}@${tenantId}')/TaskFolders('${folderId}')`,
  );
  expect(deltaOf(first)).toContain(`${host}/api/v2.0/me/TaskFolders/?%24deltatoken=`);
  const second = await follow(deltaOf(first), tracking(1));
  expect(second.body['@odata.context']).toBe(`${host}/api/v2.0/$metadata#me/TaskFolders/$delta`);
  expect(valueOf(second)).toMatchObject([{ Name: 'Bingo' }]);
  expect(nextOf(second)).toContain(`${host}/api/v2.0/me/TaskFolders/?%24skipToken=`);
  const third = await follow(nextOf(second), { Prefer: 'odata.maxpagesize=1' });
  expect(valueOf(third)).toMatchObject([{ Name: 'Volunteer' }]);
  expect(deltaOf(third)).toContain('/me/TaskFolders/?%24deltatoken=');
});

test('an unchanged folder gives one small response, and its link stays the same', async () => {
  await create('one');
  const link = await synced();
  const answer = await follow(link);
  expect(valueOf(answer)).toEqual([]);
  expect(deltaOf(answer)).toBe(link);
  expect(answer.text.length).toBeLessThan(400);
  // A change in another folder gives an empty response and a newer link.
  const other = (await service.send('POST', '/me/taskfolders', { Name: 'Other' })).body['Id'];
  await create('elsewhere', `/me/taskfolders('${other}')/tasks`);
  const later = await follow(link);
  expect(valueOf(later)).toEqual([]);
  expect(deltaOf(later)).not.toBe(link);
});

test('later queries report creations, changes, completions and deletions since, and nothing twice', async () => {
  const [changed, deleted] = [await create('changed'), await create('deleted'), await create('same')];
  const link = await synced();
  const made = await create('made');
  await service.send('PATCH', `/me/tasks('${changed['Id']}')`, { Subject: 'new' });
  await service.send('DELETE', `/me/tasks('${deleted['Id']}')`);
  const after = await round(link);
  expect(after.said).toMatchObject([
    { Id: made['Id'] },
    { Id: changed['Id'], Subject: 'new' },
    {
      '@odata.context': `${host}/api/v2.0/$metadata#me/TaskFolders('${folderId}')/Tasks/$deletedEntity`,
      id: `Tasks('${deleted['Id']}')`,
      reason: 'deleted',
    },
  ]);
  expect((await round(after.link)).said).toEqual([]);
});

test('a completed series gives one changed task and one new one', async () => {
  const series = await service.send('POST', place(), {
    Subject: 'weekly',
    DueDateTime: { DateTime: '2026-03-25T00:00:00', TimeZone: 'UTC' },
    Recurrence: {
      Pattern: { Type: 'Daily', Interval: 1 },
      Range: { Type: 'NoEnd', StartDate: '2026-03-25' },
    },
  });
  const link = await synced();
  await service.send('POST', `/me/tasks('${series.body['Id']}')/complete`);
  const { said: items } = await round(link);
  expect(items.map(({ Id, Status }) => [Id === series.body['Id'], Status]).toSorted()).toEqual([
    [false, 'Completed'],
    [true, 'NotStarted'],
  ]);
});

test('a task created and deleted between two queries is left out', async () => {
  await create('one');
  const link = await synced();
  const { Id } = await create('short');
  await service.send('DELETE', `/me/tasks('${Id}')`);
  expect((await round(link)).said).toEqual([]);
});

test('deleted folders are reported, and their tasks are in no feed any more', async () => {
  const folder = (await service.send('POST', '/me/taskfolders', { Name: 'Home' })).body;
  const link = await synced('/me/taskfolders');
  await service.send('DELETE', `/me/taskfolders('${folder['Id']}')`);
  expect((await round(link)).said).toEqual([
    {
      '@odata.context': `${host}/api/v2.0/$metadata#me/TaskFolders/$deletedEntity`,
      id: `TaskFolders('${folder['Id']}')`,
      reason: 'deleted',
    },
  ]);
  expect(errorOf(await service.send('GET', `/me/taskfolders('${folder['Id']}')/tasks`, undefined, tracking()))).toEqual(
    [404, 'ErrorItemNotFound'],
  );
});

test('$select is kept in the token', async () => {
  await create('one');
  const first = await service.send('GET', `${place()}?$select=Subject`, undefined, tracking(1));
  await create('two');
  const { said: items, link } = await round(deltaOf(first), 1);
  expect(items.map((task) => Object.keys(task))).toEqual([['@odata.id', '@odata.etag', 'Id', 'Subject']]);
  await create('three');
  expect(Object.keys((await round(link)).said[0]!)).toEqual(['@odata.id', '@odata.etag', 'Id', 'Subject']);
  const folders = await service.send('GET', '/me/taskfolders?$select=Name', undefined, tracking());
  expect(Object.keys(valueOf(folders)[0]!)).toEqual(['@odata.id', 'Id', 'Name']);
  for (const path of [place(), '/me/taskfolders']) {
    expect(errorOf(await service.send('GET', `${path}?$select=Nope`, undefined, tracking()))).toEqual([
      400,
      'ErrorInvalidProperty',
    ]);
  }
});

test.each([
  ["$filter=Subject eq 'a'", 'Filter'],
  ['$orderby=Subject', 'OrderBy'],
  ['$search=a', 'Search'],
  ['$top=5', 'Top'],
  ['$skip=5', 'Skip'],
  ['$expand=Attachments', 'Expand'],
  ['$count=true', 'Count'],
])('%s is refused, with and without a token', async (option, name) => {
  const link = await synced();
  const refusal = { code: 'ErrorInvalidUrlQuery', message: `The query parameter '${name}' is invalid.` };
  for (const answer of [
    await service.send('GET', `${place()}?${option}`, undefined, tracking()),
    await follow(`${link}&${option}`),
  ]) {
    expect([answer.status, answer.body['error']]).toEqual([400, refusal]);
  }
});

test('dates are in the zone of Prefer, and Preference-Applied names it', async () => {
  await service.send('POST', place(), {
    Subject: 'one',
    DueDateTime: { DateTime: '2026-07-01T00:00:00', TimeZone: 'Europe/Paris' },
  });
  const zone = ', outlook.timezone="Europe/Paris"';
  const first = await service.send('GET', place(), undefined, tracking(undefined, zone));
  expect(first.headers.get('preference-applied')).toBe('odata.track-changes, outlook.timezone="Europe/Paris"');
  expect(valueOf(first)[0]!['DueDateTime']).toEqual({
    DateTime: '2026-07-01T00:00:00.0000000',
    TimeZone: 'Europe/Paris',
  });
  const second = await follow(deltaOf(first), tracking(undefined, zone));
  expect(second.headers.get('preference-applied')).toBe('outlook.timezone="Europe/Paris"');
});

test('the well-known name, the long form and /users give the same feed', async () => {
  await create('one');
  const groupId = (await service.send('GET', '/me/taskgroups')).body['value']![0]!['Id']!;
  for (const path of [
    "/me/taskfolders('Tasks')/tasks",
    `/me/taskgroups('${groupId}')/taskfolders('${folderId}')/tasks`,
    `/users('ann@example.com')/taskfolders('${folderId}')/tasks`,
  ]) {
    const first = await service.send('GET', path, undefined, tracking(1));
    expect(first.headers.get('preference-applied')).toBe('odata.track-changes');
    expect(valueOf(first)).toMatchObject([{ Subject: 'one' }]);
    expect((await round(deltaOf(first))).said).toEqual([]);
  }
});

test('lists without delta queries do not apply the preference', async () => {
  for (const path of ['/me/tasks', '/me/taskgroups']) {
    const answer = await service.send('GET', path, undefined, tracking());
    expect([answer.status, answer.headers.has('preference-applied')]).toEqual([200, false]);
    expect(errorOf(await service.send('GET', `${path}?$deltatoken=a`))).toEqual([400, 'ErrorInvalidUrlQuery']);
  }
});

test('a delta link works without Prefer', async () => {
  const link = await synced();
  await create('one');
  expect(valueOf(await follow(link, {}))).toMatchObject([{ Subject: 'one' }]);
});

test('damaged tokens, and those of another folder, kind or account, are rejected', async () => {
  const other = (await service.send('POST', '/me/taskfolders', { Name: 'Other' })).body['Id'];
  const link = await synced();
  const token = link.split('=')[1]!;
  const invalid = [400, 'ErrorInvalidSyncStateData'];
  const broken = token.slice(0, 9) + (token[9] === 'A' ? 'B' : 'A') + token.slice(10);
  for (const text of ['', 'a', '175e2e04482e431ea96e89145c212f8c', broken, token.slice(0, -2), `${token}AAAA`, '%00']) {
    expect(errorOf(await service.send('GET', `${place()}?$deltatoken=${text}`, undefined, tracking()))).toEqual(
      invalid,
    );
  }
  for (const path of [`/me/taskfolders('${other}')/tasks`, '/me/taskfolders', "/me/taskfolders('tasks')/tasks?x=1"]) {
    const answer = await service.send('GET', `${path}${path.includes('?') ? '&' : '?'}$skiptoken=${token}`);
    expect(errorOf(answer)).toEqual(path.includes('x=1') ? [200, undefined] : invalid);
  }
  const bobs = { ...tracking(), Authorization: 'Bearer bob' };
  expect(errorOf(await follow(link, bobs))).toEqual([404, 'ErrorItemNotFound']);
  const bobsFolders = (await service.send('GET', '/me/taskfolders', undefined, bobs)).body['@odata.deltaLink'];
  expect(errorOf(await follow(bobsFolders))).toEqual(invalid);
});

const day = 24 * 60 * 60_000;
const maintain = () => runMaintenance({ db: service.database.db, clock: service.clock, binDays: 30 });

test('a reader whose token is older than the tombstones starts over at the URL in Location', async () => {
  const { Id } = await create('one');
  const [old, selecting] = [await synced(), await synced(`${place()}?$select=Subject`)];
  await service.send('DELETE', `/me/tasks('${Id}')`);
  const recent = await synced();
  service.clock.pass(89 * day);
  await maintain();
  expect((await round(old)).said).toMatchObject([{ reason: 'deleted' }]);
  service.clock.pass(2 * day);
  await create('two');
  await maintain();
  const gone = await follow(old);
  expect(errorOf(gone)).toEqual([410, 'SyncStateNotFound']);
  expect(gone.headers.get('location')).toBe(`${host}/api/v2.0${place()}`);
  expect((await follow(selecting)).headers.get('location')).toBe(`${host}/api/v2.0${place()}?%24select=Subject`);
  // A newer token misses nothing, and a first query may take any time.
  expect((await round(recent)).said).toMatchObject([{ Subject: 'two' }]);
  const first = await follow(gone.headers.get('location')!, tracking(1));
  expect(valueOf(first)).toMatchObject([{ Subject: 'two' }]);
  expect((await round(deltaOf(first))).said).toEqual([]);
});

test('a first query that began before old tombstones were deleted can continue', async () => {
  const [one] = [await create('one'), await create('two'), await create('three')];
  await service.send('DELETE', `/me/tasks('${one['Id']}')`);
  const first = await service.send('GET', place(), undefined, tracking(1));
  service.clock.pass(91 * day);
  await maintain();
  expect((await round(deltaOf(first), 1)).said).toMatchObject([{ Subject: 'three' }]);
});

test('a token newer than the database, which was restored from a backup, starts over', async () => {
  const link = await synced();
  await service.database.db.updateTable('counters').set({ seq: 1 }).where('account_id', '=', annId).execute();
  expect(errorOf(await follow(link))).toEqual([410, 'SyncStateNotFound']);
});
