import { valuesOf } from '../testing/json.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metadataLevelOf } from './responseFormat.ts';
import { startService, type Service } from '../testing/testService.ts';

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  const Body = { ContentType: 'HTML', Content: '<p>One &amp; <b>two</b></p>' };
  id = String((await service.send('POST', '/me/tasks', { Subject: 'HTML', Body })).body['Id']);
  await service.send('POST', '/me/tasks', { Subject: 'Text', Body: { ContentType: 'Text', Content: '1 < 2\n3' } });
});
afterAll(() => service.close());

const accept = (level: string) => ({ Accept: `application/json;odata.metadata=${level}` });
const prefer = (type: string) => ({ Prefer: `outlook.body-content-type="${type}", outlook.timezone="UTC"` });
test('metadata=none leaves the data, the count and the links', async () => {
  const { body, headers } = await service.send('GET', '/me/tasks?$top=1&$count=true', undefined, accept('none'));
  expect(headers.get('content-type')).toBe('application/json; odata.metadata=none; charset=utf-8');
  expect(Object.keys(body)).toEqual(['@odata.count', 'value', '@odata.nextLink']);
  const [task] = valuesOf(body);
  expect(Object.keys(task ?? {}).filter((name) => name.includes('@'))).toEqual([]);
  const one = await service.send('GET', `/me/tasks('${id}')`, undefined, accept('none'));
  expect(Object.keys(one.body)[0]).toBe('Id');
});

test('metadata=full names the types', async () => {
  const types = async (path: string, send = service.send) => {
    const { body } = await send('GET', path, undefined, accept('full'));
    const values = body['value'] === undefined ? [body] : valuesOf(body);
    return [...new Set(values.map((one) => one['@odata.type']))];
  };
  expect(await types('/me/tasks')).toEqual(['#Microsoft.OutlookServices.Task']);
  expect(await types(`/me/tasks('${id}')`)).toEqual(['#Microsoft.OutlookServices.Task']);
  expect(await types('/me/taskfolders')).toEqual(['#Microsoft.OutlookServices.TaskFolder']);
  expect(await types("/me/taskfolders('Tasks')/tasks")).toEqual(['#Microsoft.OutlookServices.Task']);
  expect(await types('/beta/me/outlook/taskGroups', service.request)).toEqual(['#microsoft.graph.outlookTaskGroup']);
  expect(await types('/beta/me/outlook/supportedTimeZones', service.request)).toEqual([undefined]);
});

test('metadata=minimal is the default', async () => {
  const plain = await service.send('GET', '/me/tasks');
  const asked = await service.send('GET', '/me/tasks', undefined, accept('minimal'));
  expect(asked.text).toBe(plain.text);
  expect(metadataLevelOf('application/json; odata.metadata="full";charset=utf-8')).toBe('full');
  expect(metadataLevelOf('application/json;odata=nometadata')).toBe('none');
  expect(metadataLevelOf('*/*')).toBe('minimal');
});

test('bodies as text', async () => {
  const { body, headers } = await service.send('GET', '/me/tasks?$orderby=Subject', undefined, prefer('text'));
  expect(headers.get('preference-applied')).toBe('outlook.timezone="UTC", outlook.body-content-type="text"');
  expect(valuesOf(body).map((task) => task.Body)).toEqual([
    { ContentType: 'Text', Content: 'One & two' },
    { ContentType: 'Text', Content: '1 < 2\n3' },
  ]);
});

test('bodies as HTML, in either dialect; what is stored stays', async () => {
  const { body } = await service.request('GET', '/beta/me/outlook/tasks?$orderby=subject', undefined, prefer('html'));
  expect(valuesOf(body).map((task) => task.body)).toEqual([
    { contentType: 'html', content: '<p>One &amp; <b>two</b></p>' },
    { contentType: 'html', content: '1 &lt; 2<br>\n3' },
  ]);
  const patched = await service.send('PATCH', `/me/tasks('${id}')`, { Importance: 'High' }, prefer('text'));
  expect(patched.body['Body']).toEqual({ ContentType: 'Text', Content: 'One & two' });
  const stored = await service.send('GET', `/me/tasks('${id}')`);
  expect(stored.body['Body']).toEqual({ ContentType: 'HTML', Content: '<p>One &amp; <b>two</b></p>' });
});

test('errors, counts and compressed answers', async () => {
  const missing = await service.send('GET', "/me/tasks('nowhere')", undefined, accept('none'));
  expect(missing.body).toMatchObject({ error: { code: 'ErrorItemNotFound' } });
  expect((await service.send('GET', '/me/tasks/$count', undefined, accept('none'))).text).toBe('2');
  const Body = { ContentType: 'Text', Content: 'x'.repeat(20_000) };
  await service.send('POST', '/me/tasks', { Subject: 'Long', Body });
  const headers = { ...accept('none'), 'Accept-Encoding': 'gzip' };
  const long = await service.send('GET', '/me/tasks', undefined, headers);
  expect(long.headers.get('content-encoding')).toBeNull();
  expect(long.body['value']).toHaveLength(3);
});

test('HEAD has the headers of the converted answer without reading what is in it', async () => {
  const { body } = await service.send('POST', '/me/tasks', { Subject: 'With a file' });
  const ContentBytes = Buffer.alloc(600_000, 7).toString('base64');
  const file = { '@odata.type': '#Microsoft.OutlookServices.FileAttachment', Name: 'a.bin', ContentBytes };
  const path = `/me/tasks('${String(body['Id'])}')/attachments`;
  expect((await service.send('POST', path, file)).status).toBe(201);
  const own = /^(request-id|content-length)$/;
  const headersOf = ({ headers }: { headers: Headers }) => [...headers].filter(([name]) => !own.test(name));
  const forms = [{ ...accept('none'), ...prefer('text') }, accept('full')];
  for (const headers of forms) {
    const full = await service.send('GET', path, undefined, headers);
    const head = await service.send('HEAD', path, undefined, headers);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(headersOf(head)).toEqual(headersOf(full));
    const one = `/me/tasks('${id}')`;
    expect(headersOf(await service.send('HEAD', one, undefined, headers))).toEqual(
      headersOf(await service.send('GET', one, undefined, headers)),
    );
  }
  await service.database.db.deleteFrom('attachment_chunks').execute();
  for (const headers of forms) expect((await service.send('HEAD', path, undefined, headers)).status).toBe(200);
});
