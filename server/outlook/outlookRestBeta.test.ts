import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { annId, startService, tenantId, type Service } from '../testing/testService.ts';

/** The beta version of the Outlook REST API is v2.0 under its own root (docs/protocol.md#endpoints-of-v2). */

let service: Service;
const root = 'http://localhost:4100/api/beta';
const user = `${root}/Users('${annId}@${tenantId}')`;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  service.request(method, `/api/beta${path}`, body, headers);

test('a task is made, changed, completed and deleted in the spelling of v2, with contexts of its own', async () => {
  const made = await send('POST', '/me/tasks', { Subject: 'Shop' });
  expect(made.status).toBe(201);
  const id = String(made.body['Id']);
  expect(made.body).toMatchObject({
    '@odata.context': `${root}/$metadata#Me/Tasks/$entity`,
    '@odata.id': `${user}/Tasks('${id}')`,
    Status: 'NotStarted',
  });
  expect(made.headers.get('location')).toBe(`${user}/Tasks('${id}')`);
  const changed = await send('PATCH', `/me/tasks('${id}')`, { Importance: 'High' });
  expect(changed.body['Importance']).toBe('High');
  const done = await send('POST', `/me/tasks/${id}/complete`);
  expect(done.body['@odata.context']).toBe(`${root}/$metadata#Me/Tasks`);
  // The same mailbox as in v2.0, with v2.0's own addresses there.
  const other = await service.send('GET', `/me/tasks('${id}')`);
  expect(other.body).toMatchObject({
    Status: 'Completed',
    '@odata.id': user.replace('beta', 'v2.0') + `/Tasks('${id}')`,
  });
  expect((await send('DELETE', `/me/tasks('${id}')`)).status).toBe(204);
});

test('pages and changes are linked below the same root', async () => {
  for (const Subject of ['a', 'b', 'c']) await send('POST', '/me/tasks', { Subject });
  const page = await send('GET', '/me/tasks?$top=2');
  const next = page.body['@odata.nextLink'] ?? '';
  expect(next).toBe(`${root}/me/tasks?$top=2&$skip=2`);
  expect(valuesOf((await service.request('GET', next.replace('http://localhost:4100', ''))).body)).toHaveLength(1);
  const first = await send('GET', "/me/taskfolders('Tasks')/tasks", undefined, { Prefer: 'odata.track-changes' });
  expect(first.headers.get('preference-applied')).toBe('odata.track-changes');
  const delta = first.body['@odata.deltaLink'] ?? '';
  expect(delta).toMatch(/^http:\/\/localhost:4100\/api\/beta\/me\/TaskFolders\('Tasks'\)\/Tasks\/\?%24deltatoken=/);
  const rest = await service.request('GET', delta.replace('http://localhost:4100', ''));
  expect(rest.body['@odata.context']).toBe(`${root}/$metadata#me/TaskFolders('Tasks')/Tasks/$delta`);
});

test('batches, the service document and the types', async () => {
  for (const path of ['/me/$batch', '/$batch']) {
    const { body } = await send('POST', path, { requests: [{ id: '1', method: 'GET', url: '/me/taskgroups' }] });
    expect(body['responses']?.[0]?.['body']?.['@odata.context'], path).toBe(`${root}/$metadata#Me/TaskGroups`);
  }
  expect((await send('GET', '/', undefined, { Authorization: '' })).body['@odata.context']).toBe(`${root}/$metadata`);
  expect((await send('GET', '/$metadata')).text).toContain('Namespace="Microsoft.OutlookServices"');
  expect((await send('GET', '/me/outlook/tasks')).status).toBe(404);
  expect((await send('GET', '/me/tasks', undefined, { Authorization: '' })).headers.get('www-authenticate')).toContain(
    'Bearer',
  );
});

test('attachments and upload sessions', async () => {
  const id = String((await send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
  const path = `/me/tasks('${id}')/attachments`;
  const link = {
    '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
    Name: 'x',
    SourceUrl: 'https://x.example',
  };
  const made = await send('POST', path, link);
  expect(made.body['@odata.id']).toBe(`${user}/Tasks('${id}')/Attachments('${String(made.body['Id'])}')`);
  const session = await send('POST', `${path}/createUploadSession`, {
    AttachmentItem: { AttachmentType: 'File', Name: 'a.txt', Size: 2 },
  });
  expect(session.body['@odata.context']).toBe(`${root}/$metadata#Microsoft.OutlookServices.UploadSession`);
  const url = session.body['UploadUrl']?.replace('http://localhost:4100', '') ?? '';
  const done = await service.request('PUT', url, 'hi', { 'Content-Range': 'bytes 0-1/2' });
  expect(done.status).toBe(201);
  expect(done.headers.get('location')).toContain('/api/beta/');
});

test('the context of a selection names the selected members, in v2 too', async () => {
  await send('POST', '/me/tasks', { Subject: 'Shop' });
  for (const [base, at] of [
    [root, '/api/beta'],
    ['http://localhost:4100/api/v2.0', '/api/v2.0'],
  ] as const) {
    const context = async (path: string, headers?: Record<string, string>) =>
      (await service.request('GET', at + path, undefined, headers)).body['@odata.context'];
    expect(await context('/me/tasks?$select=Subject,duedatetime')).toBe(
      `${base}/$metadata#Me/Tasks(Subject,DueDateTime)`,
    );
    expect(await context('/me/tasks?$select=*')).toBe(`${base}/$metadata#Me/Tasks`);
    expect(await context('/me/tasks?$select=')).toBe(`${base}/$metadata#Me/Tasks`);
    expect(await context("/me/taskfolders('Tasks')?$select=Name")).toBe(
      `${base}/$metadata#Me/TaskFolders(Name)/$entity`,
    );
    const first = await service.request('GET', `${at}/me/taskfolders('Tasks')/tasks?$select=Subject`, undefined, {
      Prefer: 'odata.track-changes',
    });
    const place = `${base}/$metadata#me/TaskFolders('Tasks')/Tasks`;
    expect(first.body['@odata.context']).toBe(`${place}(Subject)`);
    const link = (first.body['@odata.deltaLink'] ?? '').replace('http://localhost:4100', '');
    expect(link).not.toContain('Subject');
    expect(await context(link.slice(at.length))).toBe(`${place}(Subject)/$delta`);
  }
});
