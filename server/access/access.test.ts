import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/wire/dialect.ts';
import { graphBeta, outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { outlookRoutes } from '../outlook/outlookRoutes.ts';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';

/** The permissions of every route of both dialects (docs/decisions/0024-sharing.md). */

let service: Service;
beforeAll(async () => {
  service = await startService();
  await createSamples({ name: '', bearer: '', role: 'write' });
});
afterAll(() => service.close());

type Samples = { group: string; folder: string; task: string; attachment: string; category: string };
type Viewer = {
  name: string;
  bearer: string;
  /** Bob's role in the folder; `withdrawn`: he had one. */
  role?: 'read' | 'write' | 'withdrawn';
  mailbox?: string;
};

const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
const link = {
  '@odata.type': '#Microsoft.OutlookServices.ReferenceAttachment',
  Name: 'Link',
  SourceUrl: 'https://x.example',
};
let names = 0;

/** Creates a group with a folder with a task with an attachment. */
async function createSamples({ role }: Viewer): Promise<Samples> {
  names += 1;
  const made = async (path: string, body: object) => String((await service.send('POST', path, body)).body['Id']);
  const group = await made('/me/taskgroups', { Name: `Group ${names}` });
  const folder = await made(`/me/taskgroups('${group}')/taskfolders`, { Name: `Folder ${names}` });
  const Categories = [`Category ${names}`];
  const category = await made('/me/mastercategories', { DisplayName: Categories[0] });
  const task = await made(`/me/taskfolders('${folder}')/tasks`, { Subject: 'Task', Categories });
  const attachment = await made(`/me/tasks('${task}')/attachments`, {
    '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
    Name: 'File',
    ContentBytes: 'AAAA',
  });
  if (role !== undefined) {
    const path = `/threefold/v1/taskfolders/${folder}/permissions`;
    const isWithdrawn = role === 'withdrawn';
    const address = isWithdrawn ? 'cy@example.com' : 'bob@example.com';
    const given = await service.request('POST', path, {
      emailAddress: { address },
      role: isWithdrawn ? 'write' : role,
    });
    expect(given.status).toBe(201);
    if (isWithdrawn) await service.request('DELETE', `${path}/${given.body['id']}`);
  }
  return { group, folder, task, attachment, category };
}

const keyOf: Readonly<Record<string, keyof Samples>> = {
  taskgroups: 'group',
  taskfolders: 'folder',
  tasks: 'task',
  attachments: 'attachment',
  mastercategories: 'category',
};

function addressOf(dialect: Dialect, pattern: string, samples: Samples, mailbox = 'ann@example.com'): string {
  const parts = pattern.split('/').map((name, at, all) => {
    const key = keyOf[all[at - 1] ?? ''];
    return name === '{}' && key !== undefined ? samples[key] : name.replace(/\((\w+)\)$/, "(timezonestandard='$1')");
  });
  return `${dialect.root}/users/${mailbox}${dialect.suffix}/${parts.join('/')}`;
}

function bodyOf({ spelling, name }: Dialect, method: string, pattern: string): object | undefined {
  const spelled = (members: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(members).map(([member, value]) => [spelling.member(member), value]));
  names += 1;
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (/(complete|permanentdelete)$/.test(pattern)) return undefined;
  if (pattern.endsWith('createuploadsession')) {
    return spelled({ AttachmentItem: spelled({ AttachmentType: spelling.value('file'), Name: 'File', Size: 10 }) });
  }
  if (pattern.endsWith('attachments')) {
    const type = name === 'outlookRest' ? link['@odata.type'] : '#microsoft.graph.referenceAttachment';
    return { '@odata.type': type, ...spelled({ Name: 'Link', SourceUrl: link.SourceUrl }) };
  }
  if (pattern.startsWith('mastercategories')) return spelled({ DisplayName: `Name ${names}` });
  return spelled(/tasks(\/\{\})?$/.test(pattern) ? { Subject: 'Changed' } : { Name: `Name ${names}` });
}

/** The status that a guest with this role gets. */
function guestStatus(method: string, pattern: string, role: 'read' | 'write'): number | 'done' {
  if (pattern.startsWith('taskgroups/') && pattern !== 'taskgroups/$count') return 404;
  if (method === 'GET') return 'done';
  // The default folder is not shared.
  if (pattern === 'tasks') return 404;
  const isOfTask = /^(tasks\/\{\}|taskfolders\/\{\}\/tasks)/.test(pattern);
  return isOfTask && role === 'write' ? 'done' : 403;
}

/** The status that a guest of another folder of the mailbox gets. */
function elsewhereStatus(method: string, pattern: string): number | 'done' {
  if (method !== 'GET' && pattern.startsWith('mastercategories')) return 403;
  if (pattern.includes('{}')) return 404;
  if (method === 'GET') return 'done';
  return pattern === 'tasks' ? 404 : 403;
}

const viewers: readonly (Viewer & { expected: (method: string, pattern: string) => number | 'done' })[] = [
  { name: 'the owner', bearer: 'ann', expected: () => 'done' },
  { name: 'the owner with the shared scopes alone', bearer: 'ann-shared', expected: () => 'done' },
  {
    name: 'a writer',
    bearer: 'bob-shared',
    role: 'write',
    expected: (method, pattern) => guestStatus(method, pattern, 'write'),
  },
  {
    name: 'a reader',
    bearer: 'bob-shared',
    role: 'read',
    expected: (method, pattern) => guestStatus(method, pattern, 'read'),
  },
  {
    name: 'a writer with a token for reading',
    bearer: 'bob-reads-shared',
    role: 'write',
    expected: (method, pattern) => (method === 'GET' ? guestStatus(method, pattern, 'write') : 403),
  },
  { name: 'a writer without the shared scopes', bearer: 'bob', role: 'write', expected: () => 403 },
  { name: 'somebody whose access was withdrawn', bearer: 'cy-shared', role: 'withdrawn', expected: () => 404 },
  { name: 'a guest of another folder', bearer: 'bob-shared', expected: elsewhereStatus },
  { name: 'a stranger', bearer: 'cy-shared', expected: () => 404 },
  { name: 'whoever asks for nobody', bearer: 'bob-shared', mailbox: 'nobody@example.com', expected: () => 404 },
];

const refusals = new Map([
  [403, [403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.']],
  [404, [404, 'ErrorItemNotFound', 'The specified object was not found in the store.']],
]);

function judged({ status, body }: TestResponse): unknown {
  return status < 300 ? 'done' : [status, body['error']?.['code'], body['error']?.['message']];
}

describe.each([outlookRest, graphBeta])('$name', (dialect) => {
  test.each(viewers)('$name', async ({ expected, ...viewer }) => {
    for (const [pattern, handlers] of outlookRoutes[dialect.name]) {
      for (const method of Object.keys(handlers)) {
        const samples = await createSamples(viewer);
        const path = addressOf(dialect, pattern, samples, viewer.mailbox);
        const answer = await service.request(method, path, bodyOf(dialect, method, pattern), as(viewer.bearer));
        const outcome = expected(method, pattern);
        const wanted = outcome === 'done' ? outcome : refusals.get(outcome);
        expect([method, pattern, judged(answer)]).toEqual([method, pattern, wanted]);
      }
    }
  });
});
