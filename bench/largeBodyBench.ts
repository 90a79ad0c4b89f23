import { timedRequest } from './timedRequest.ts';
import type { BenchEnvironment } from './environment.ts';
import type { Measurement } from './measurements.ts';
import { atMost, median, untargeted } from './measurements.ts';

const megabyte = 1_024 * 1_024;
const fileSize = 25 * megabyte;
const times = 4;
/** Memory that concurrent transfers may need: buffers of sockets and chunks, and uncollected garbage. MB. */
const room = 64;

/**
 * Measures memory with bodies too large to hold: files of 25 MB in both directions, and pages of a thousand tasks with
 * long notes.
 */
export async function measureLargeBodies(environment: BenchEnvironment): Promise<Measurement[]> {
  const address = 'bodies@example.com';
  await environment.addAccount(address);
  const headers = { authorization: `Bearer ${await environment.token(address)}`, 'content-type': 'application/json' };
  const tasks = `${environment.url}/api/v2.0/me/tasks`;
  const { json } = await timedRequest(tasks, { method: 'POST', headers, body: '{"Subject":"Files"}' });
  const attachments = `${tasks}('${String(json?.['Id'])}')/attachments`;

  const ids: string[] = [];
  const upload = async () => {
    const { json: made, ms } = await timedRequest(`${attachments}?$select=Name`, {
      method: 'POST',
      headers,
      body: fileBody(),
    });
    ids.push(String(made?.['Id']));
    return ms;
  };
  // The first upload warms up: code is compiled, buffers are allocated.
  await upload();
  const up = await growth(environment, upload);
  const down = await growth(environment, async () => {
    const { ms, bytes } = await timedRequest(`${attachments}('${ids[0]}')/$value`, { headers, keep: false });
    if (bytes !== fileSize) throw new Error(`a file of ${bytes} bytes came down`);
    return ms;
  });

  const notes = JSON.stringify({ Subject: 'Long', Body: { ContentType: 'Text', Content: 'x'.repeat(40_000) } });
  for (let n = 0; n < 1_000; n += 1) await timedRequest(tasks, { method: 'POST', headers, body: notes });
  let first = 0;
  const page = await growth(environment, async () => {
    const { ms, firstMs } = await timedRequest(`${tasks}?$top=1000`, { headers, keep: false });
    first = firstMs;
    return ms;
  });
  return [
    untargeted('25 MB up', median(up.times), 'ms'),
    ...grown('25 MB up: memory', up.bytes),
    untargeted('25 MB down', median(down.times), 'ms'),
    ...grown('25 MB down: memory', down.bytes),
    untargeted('page of 1,000 tasks, 40 MB', median(page.times), 'ms'),
    atMost('page of 1,000 tasks: first byte ÷ last', first / (page.times.at(-1) ?? 1), 0.5, ''),
    ...grown('page of 1,000 tasks: memory', page.bytes),
  ];
}

/** Repeats an action; returns how much the peak memory of the service grew. */
async function growth(
  environment: BenchEnvironment,
  work: () => Promise<number>,
): Promise<{ times: number[]; bytes: number | undefined }> {
  const before = environment.memory();
  let most = before ?? 0;
  const watch = setInterval(() => (most = Math.max(most, environment.memory() ?? 0)), 20);
  const measured: number[] = [];
  for (let n = 0; n < times; n += 1) measured.push(await work());
  clearInterval(watch);
  return { times: measured, bytes: before === undefined ? undefined : most - before };
}

function grown(what: string, bytes: number | undefined): Measurement[] {
  return bytes === undefined ? [] : [atMost(what, Math.max(0, bytes / megabyte), room, 'MB')];
}

async function* fileBody(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"@odata.type":"#Microsoft.OutlookServices.FileAttachment","Name":"film","ContentBytes":"');
  const piece = Buffer.from(Buffer.alloc(48 * 1_024, 'abc').toString('base64'));
  let remaining = fileSize;
  for (; remaining >= 48 * 1_024; remaining -= 48 * 1_024) yield piece;
  yield Buffer.from(Buffer.alloc(remaining, 'abc').toString('base64'));
  yield Buffer.from('"}');
}
