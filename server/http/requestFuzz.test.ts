import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import { propertyRuns } from '../testing/testDatabase.ts';
import { startService, type Service } from '../testing/testService.ts';

/** Whatever is asked, the answer is the caller's fault or a success: never a 5xx, and always one of the two shapes. */

let service: Service;
let ids: string[];
beforeAll(async () => {
  service = await startService();
  const task = await service.send('POST', '/me/tasks', {
    Subject: 'Series',
    Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-25' } },
  });
  const folder = await service.send('POST', '/me/taskfolders', { Name: 'Folder' });
  const group = await service.send('POST', '/me/taskgroups', { Name: 'Group' });
  ids = [task, folder, group].map(({ body }) => String(body['Id']));
});
afterAll(() => service.close());

const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD');
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map(encodeURIComponent),
  fc.constantFrom('%', '%zz', '%00', "('", "')", "tasks('')", '..', '//', '$count', '$batch', '{}', '%2F%7B%7D', "''"),
);
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('me', 'users', 'tasks', 'TaskFolders', 'taskgroups', 'complete', 'Tasks') },
  { weight: 1, arbitrary: fc.constantFrom('permanentDelete', 'masterCategories', 'supportedTimeZones') },
  { weight: 2, arbitrary: fc.constantFrom('attachments', '$value', 'createUploadSession') },
  { weight: 2, arbitrary: fc.nat(2).map((at) => ids[at] ?? '') },
  { weight: 2, arbitrary: fc.nat(2).map((at) => `tasks('${ids[at] ?? ''}')`) },
  { weight: 1, arbitrary: junk },
);
const path = fc.tuple(
  fc.constantFrom('me', "users('ann@example.com')", "users('bob@example.com')", 'users'),
  fc.array(segment, { maxLength: 6 }),
);
const words =
  "Subject Status Name DueDateTime/DateTime Categories/any(c:c Body null eq gt and or not ( ) 'a' 'Completed' desc , " +
  '2026-01-01T00:00:00Z';
const asked = fc
  .array(fc.constantFrom(...words.split(' ')), { maxLength: 7 })
  .map((some) => some.map(encodeURIComponent).join('+'));
const query = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom('$top', '$skip', '$select', '$count', '%24filter', '$orderby', 'x', '$', '%'), junk),
    fc.tuple(fc.constantFrom('$filter', 'filter', '$orderby'), asked),
  ),
  { maxLength: 3 },
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    { DateTime: '2026-03-29T02:30:00', TimeZone: 'Europe/Paris' },
    { DateTime: '9999-12-31T23:59:59', TimeZone: 'Etc/GMT+12' },
    { DateTime: '0001-01-01', TimeZone: 'Pacific/Kiritimati' },
    { DateTime: '2026-02-30', TimeZone: 'UTC' },
    {
      Pattern: { Type: 'Daily', Interval: 999 },
      Range: { Type: 'EndDate', StartDate: '9999-12-30', EndDate: '9999-12-31' },
    },
    {
      Pattern: { Type: 'AbsoluteYearly', Interval: 99, Month: 2, DayOfMonth: 30 },
      Range: { Type: 'NoEnd', StartDate: '0001-01-01' },
    },
    { ContentType: 'HTML', Content: '\u0000\ud800' },
    'Completed',
    'high',
    '#Microsoft.OutlookServices.FileAttachment',
    'microsoft.graph.itemAttachment',
    { '@odata.type': '#Microsoft.OutlookServices.Event', Subject: 's', Start: { DateTime: '0001-01-01' } },
  ),
);
const names = [
  ...taskFields.map(({ name }) => name),
  'Name',
  '__proto__',
  'constructor',
  'Attachments',
  '@odata.type',
  'ContentBytes',
  'Item',
  'AttachmentItem',
];
const body = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 }).map((o) => JSON.stringify(o)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);
const headers = fc.record(
  {
    Prefer: fc.oneof(
      fc.string(),
      fc.constantFrom('outlook.timezone="Pacific Standard Time"', 'outlook.timezone=', 'return=minimal'),
    ),
    'If-Match': fc.oneof(fc.string(), fc.constantFrom('*', 'W/"1"')),
    'Content-Type': fc.constantFrom('application/json', 'text/plain', '', 'application/json; charset=x'),
    'Repeatability-Request-ID': fc.oneof(fc.string(), fc.uuid()),
    'Repeatability-First-Sent': fc.constantFrom('Wed, 25 Mar 2026 12:00:00 GMT', 'x'),
    Host: fc.constantFrom('localhost:4100', 'evil.example', '[', '%'),
    'client-request-id': fc.string(),
  },
  { requiredKeys: [] },
);
const root = fc.constantFrom('/api/v2.0', '/beta');
const printable = (all: Record<string, string>) =>
  Object.fromEntries(Object.entries(all).map(([name, text]) => [name, text.replace(/[^\x20-\x7e]/g, '').trim()]));

test('no request causes a server error', async () => {
  await fc.assert(
    fc.asyncProperty(
      root,
      method,
      path,
      query,
      body,
      headers,
      async (from, verb, [user, rest], options, sent, extra) => {
        const search = options.map(([name, text]) => `${name}=${text}`).join('&');
        const place = from === '/beta' && user !== 'users' ? [user, 'outlook', ...rest] : [user, ...rest];
        const address = `${from}/${place.join('/')}${search === '' ? '' : `?${search}`}`;
        const hasBody = verb !== 'GET' && verb !== 'HEAD';
        const answer = await service.request(verb, address, hasBody ? sent : undefined, printable(extra));
        expect(answer.status, `${verb} ${address} ${sent}`).toBeLessThan(500);
        if (answer.status >= 400 && verb !== 'HEAD') {
          const innerError = from === '/beta' ? { innerError: expect.any(Object) as unknown } : {};
          expect(answer.body['error']).toEqual({
            code: expect.any(String),
            message: expect.any(String),
            ...innerError,
          });
        }
      },
    ),
    { numRuns: propertyRuns(1_500) },
  );
});

test('no writable task causes a server error, and what was written is read back unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(body, body, headers, async (first, second, extra) => {
      const { 'Content-Type': _, ...rest } = printable(extra);
      const { Prefer, ...unconditional } = rest;
      const made = await service.send('POST', '/me/tasks', first, { ...unconditional, ...(Prefer && { Prefer }) });
      expect(made.status, first).toBeLessThan(500);
      if (made.status !== 201) return;
      const place = `/me/tasks/${made.body['Id']}`;
      const patched = await service.send('PATCH', place, second);
      expect(patched.status, second).toBeLessThan(500);
      const done = await service.send('POST', `${place}/complete`);
      expect(done.status, `${first} ${second}`).toBeLessThan(500);
      const list = await service.send('GET', '/me/tasks?$top=1000');
      expect(list.status).toBe(200);
      const zoned = await service.send('GET', '/me/tasks?$top=3', undefined, {
        Prefer: 'outlook.timezone="Asia/Tokyo"',
      });
      expect(zoned.status).toBe(200);
      await service.send('DELETE', place);
    }),
    { numRuns: propertyRuns(400) },
  );
});

test('no request to /v1 causes a server error', async () => {
  const fixed = ['settings', 'tokens', 'tokens/x', 'signout', 'tokens/%', '', 'a/b/c', '__proto__', 'sharedwithme/x'];
  const names = fc.oneof(
    fc.constantFrom(...fixed),
    fc.constantFrom('/permissions', '/permissions/x', '/move').map((rest) => `taskfolders/${ids[1]}${rest}`),
    fc
      .constantFrom('ann@example.com', 'bob%40example.com', '%', 'x')
      .map((user) => `users/${user}/tasks/${ids[0]}/authors`),
  );
  const invitation = fc.record({
    emailAddress: fc.record({ address: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('bob@example.com')) }),
    role: fc.constantFrom('read', 'write', 'owner', 'Read'),
  });
  const sending = fc.oneof(
    body,
    invitation.map((one) => JSON.stringify(one)),
  );
  await fc.assert(
    fc.asyncProperty(method, names, sending, async (verb, name, sent) => {
      const hasBody = verb !== 'GET' && verb !== 'HEAD';
      const shared = { Authorization: 'Bearer ann-shared' };
      const answer = await service.request(verb, `/threefold/v1/${name}`, hasBody ? sent : undefined, shared);
      expect(answer.status, `${verb} ${name} ${sent}`).toBeLessThan(500);
    }),
    { numRuns: propertyRuns(300) },
  );
});
