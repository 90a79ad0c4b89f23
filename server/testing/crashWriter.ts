import { parseJson } from './json.ts';
import { startService, type Service } from './testService.ts';

/**
 * A service without a socket that writes until it is killed: `node crashWriter.ts <database> new|old`. Prints a line
 * for each acknowledged write, after its response.
 */
const writeKinds = ['made', 'changed', 'completed', 'deleted', 'purged', 'folder', 'file', 'piece'] as const;

export type AcknowledgedWrite = {
  kind: (typeof writeKinds)[number];
  id: string;
  /** The number of a change; the received bytes of a chunk. */
  n?: number;
};

/** Parses a line of the output. */
export function parseAcknowledgedWrite(line: string): AcknowledgedWrite {
  const { kind: name, id, n } = parseJson(line);
  const kind = writeKinds.find((one) => one === name);
  if (kind === undefined || id === undefined) throw new Error(`Not a write: ${line}`);
  return { kind, id, ...(n !== undefined && { n: Number(n) }) };
}

/** The content of a file, derived from its task. Longer than one database page. */
export function contentOf(taskId: string): string {
  return `${taskId}\n`.repeat(2_000);
}

/** Bytes of a chunk, and chunks of an upload that is never finished. */
const piece = 20_000;
const pieces = 6;

async function writeForEver(service: Service): Promise<void> {
  const writers = [make, change, complete, remove, purge, makeFolder, attach, upload];
  await Promise.all(
    writers.map(async (write) => {
      for (;;) await write(service);
    }),
  );
}

function acknowledge(write: AcknowledgedWrite): void {
  process.stdout.write(`${JSON.stringify(write)}\n`);
}

/** @throws when the service rejects the write: such a round would prove nothing. */
async function sent(service: Service, method: string, path: string, body?: object): Promise<string> {
  const { status, text, body: answer } = await service.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return String(answer['Id'] ?? answer['uploadUrl']);
}

const tasks = '/api/v2.0/me/tasks';

const body = { Subject: 'Written', Body: { ContentType: 'Text', Content: 'whole' } };

async function make(service: Service): Promise<string> {
  const id = await sent(service, 'POST', tasks, body);
  acknowledge({ kind: 'made', id });
  return id;
}

async function change(service: Service): Promise<void> {
  const id = await make(service);
  for (let n = 1; n <= 5; n += 1) {
    await sent(service, 'PATCH', `${tasks}('${id}')`, { Subject: `Written ${n}` });
    acknowledge({ kind: 'changed', id, n });
  }
}

async function complete(service: Service): Promise<void> {
  const id = await make(service);
  await sent(service, 'POST', `${tasks}('${id}')/complete`);
  acknowledge({ kind: 'completed', id });
}

async function remove(service: Service): Promise<void> {
  const id = await make(service);
  await sent(service, 'DELETE', `${tasks}('${id}')`);
  acknowledge({ kind: 'deleted', id });
}

/** Does not report that it created the task: after a kill it is unknown whether the task was purged already. */
async function purge(service: Service): Promise<void> {
  const id = await sent(service, 'POST', tasks, body);
  await sent(service, 'POST', `/beta/me/outlook/tasks/${id}/permanentDelete`);
  acknowledge({ kind: 'purged', id });
}

async function makeFolder(service: Service): Promise<void> {
  const Name = `Folder ${await make(service)}`;
  acknowledge({ kind: 'folder', id: await sent(service, 'POST', '/api/v2.0/me/taskfolders', { Name }) });
}

async function attach(service: Service): Promise<void> {
  const task = await make(service);
  const ContentBytes = Buffer.from(contentOf(task)).toString('base64');
  const file = { '@odata.type': '#Microsoft.OutlookServices.FileAttachment', Name: task, ContentBytes };
  acknowledge({ kind: 'file', id: await sent(service, 'POST', `${tasks}('${task}')/attachments`, file) });
}

async function upload(service: Service): Promise<void> {
  const size = piece * (pieces + 1);
  const place = `/beta/me/outlook/tasks/${await make(service)}/attachments/createUploadSession`;
  const name = `upload ${place}`.slice(0, 200);
  const url = new URL(await sent(service, 'POST', place, { attachmentItem: { attachmentType: 'file', name, size } }));
  for (let n = 0; n < pieces; n += 1) {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Range': `bytes ${n * piece}-${(n + 1) * piece - 1}/${size}`,
    };
    const { status } = await service.request('PUT', url.pathname, 'p'.repeat(piece), headers);
    if (status !== 200) throw new Error(`A piece was answered with ${status}.`);
    acknowledge({ kind: 'piece', id: url.pathname.slice(url.pathname.lastIndexOf('/') + 1), n: (n + 1) * piece });
  }
}

const [path, mode] = process.argv.slice(2);
if (import.meta.main && path !== undefined) await writeForEver(await startService({ path, seed: mode === 'new' }));
