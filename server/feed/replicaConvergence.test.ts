import { valuesOf, toJson } from '../testing/json.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { readDeltaPage } from '../../src/wire/odata/deltaPage.ts';
import { isPostgresRun, propertyRuns } from '../testing/testDatabase.ts';
import { startService, type Service } from '../testing/testService.ts';
import { type Json } from '../testing/json.ts';
import { runMaintenance } from '../mailbox/maintenance.ts';

/**
 * The guarantee of sync (docs/protocol.md#sync): after any writes, concurrent ones included, and with any page size, a
 * replica equals the folder as its reader sees it, and no change is skipped.
 */

type Act =
  | { kind: 'create' | 'createSeries'; folder: number }
  | { kind: 'update' | 'complete' | 'delete' | 'purge'; task: number }
  | { kind: 'move'; task: number; folder: number }
  | { kind: 'hide' | 'show' | 'guestUpdate' | 'guestDelete'; task: number }
  | { kind: 'share' | 'withdraw'; folder: number }
  | { kind: 'restore' | 'purgeItem'; item: number }
  | { kind: 'createFolder' }
  | { kind: 'renameFolder' | 'deleteFolder' | 'moveFolder'; folder: number }
  | { kind: 'pass'; days: number }
  | { kind: 'pull'; replica: number; size: number };

const small = fc.nat({ max: 12 });
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('create', 'createSeries'), folder: small }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('update', 'complete', 'delete', 'purge'), task: small }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move'), task: small, folder: small }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('hide', 'hide', 'show', 'show', 'guestUpdate', 'guestDelete'),
      task: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('share', 'withdraw'), folder: small }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('restore', 'restore', 'purgeItem'), item: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('createFolder') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('renameFolder', 'deleteFolder', 'moveFolder'), folder: small }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass'), days: fc.constantFrom(1, 20, 60) }) },
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('pull'), replica: small, size: fc.integer({ min: 1, max: 4 }) }),
  },
) as fc.Arbitrary<Act>;

const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
const guest = 'bob-shared';

/** A client's copy of one place, read a page at a time, with writes between the pages. */
function createReplica(service: Service, path: string, isTasks: boolean, bearer = 'ann') {
  const rows = new Map<string, unknown>();
  let link: string | undefined;
  let turn = Promise.resolve(false);

  async function readPage(size: number): Promise<boolean> {
    const headers = { ...as(bearer), Prefer: `odata.track-changes, odata.maxpagesize=${size}` };
    const answer =
      link === undefined
        ? await service.send('GET', path, undefined, headers)
        : await service.request('GET', link, undefined, headers);
    if (answer.status === 410 || answer.status === 404) {
      rows.clear();
      link = undefined;
      return answer.status === 404;
    }
    expect(answer.status).toBe(200);
    const isFirst = link === undefined;
    const page = readDeltaPage(answer.body, toJson);
    expect(page.entries.length).toBeLessThanOrEqual(size);
    for (const entry of page.entries) {
      if (entry.kind === 'gone') rows.delete(entry.id);
      else rows.set(String(entry.value['Id']), (isTasks ? outlookRest.task : outlookRest.folder).decode(entry.value));
    }
    const next = page.deltaLink ?? page.nextLink ?? '';
    expect('deltaLink' in page && 'nextLink' in page).toBe(false);
    if (isFirst) expect(page.deltaLink).toBeDefined();
    link = next.slice('http://localhost:4100'.length);
    return !isFirst && page.deltaLink !== undefined;
  }

  return {
    path,
    bearer,
    rows,
    isTasks,
    /** Reads a page. Returns whether the delta query is complete. */
    pull(size: number): Promise<boolean> {
      turn = turn.then(() => readPage(size));
      return turn;
    },
  };
}

async function listOf(service: Service, path: string, bearer = 'ann'): Promise<readonly Json[] | undefined> {
  const { status, body } = await service.send('GET', `${path}?$top=1000`, undefined, as(bearer));
  return status === 404 ? undefined : valuesOf(body);
}

function share(service: Service, folder: string) {
  const body = { emailAddress: { address: 'bob@example.com' }, role: 'write' };
  return service.request('POST', `/threefold/v1/taskfolders/${folder}/permissions`, body);
}

async function play(service: Service, rounds: readonly (readonly Act[])[]): Promise<void> {
  const folderIds: string[] = [];
  const taskIds: string[] = [];
  const noteFolder = async (name: string) => {
    const { status, body } = await service.send('POST', '/me/taskfolders', { Name: name });
    if (status === 201) folderIds.push(String(body['Id']));
  };
  folderIds.push(String((await listOf(service, '/me/taskfolders'))?.[0]?.['Id']));
  await noteFolder('First');
  const group = (await service.send('POST', '/me/taskgroups', { Name: 'Group' })).body['GroupKey'];
  // Two clients, and a guest of both folders.
  const replicas = [0, 1].flatMap(() => [
    createReplica(service, '/me/taskfolders', false),
    ...folderIds.map((id) => createReplica(service, `/me/taskfolders('${id}')/tasks`, true)),
  ]);
  for (const id of folderIds) {
    await share(service, id);
    replicas.push(createReplica(service, `/users/ann@example.com/taskfolders('${id}')/tasks`, true, guest));
  }
  const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
  let names = 0;

  async function act(what: Act): Promise<void> {
    const answer = await answerTo(what);
    if (answer !== undefined) expect(answer.status).toBeLessThan(500);
  }

  async function answerTo(what: Act) {
    const task = 'task' in what ? pick(taskIds, what.task) : undefined;
    const folder = 'folder' in what ? pick(folderIds, what.folder) : undefined;
    switch (what.kind) {
      case 'create':
      case 'createSeries': {
        names += 1;
        const series = {
          DueDateTime: { DateTime: '2026-03-25T00:00:00', TimeZone: 'UTC' },
          Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-25' } },
        };
        const body = { Subject: `Task ${names}`, ...(what.kind === 'createSeries' && series) };
        const made = await service.send('POST', `/me/taskfolders('${folder}')/tasks`, body);
        if (made.status === 201) taskIds.push(String(made.body['Id']));
        return made;
      }
      case 'update':
        names += 1;
        return service.send('PATCH', `/me/tasks('${task}')`, { Subject: `Name ${names}` });
      case 'complete': {
        const done = await service.send('POST', `/me/tasks('${task}')/complete`);
        for (const { Id } of done.status < 300 ? valuesOf(done.body) : []) {
          if (!taskIds.includes(String(Id))) taskIds.push(String(Id));
        }
        return done;
      }
      case 'delete':
        return service.send('DELETE', `/me/tasks('${task}')`);
      case 'purge':
        return service.request('POST', `/beta/me/outlook/tasks/${task}/permanentDelete`);
      case 'move':
        return service.request('POST', `/threefold/v1/tasks/${task}/move`, { DestinationId: folder });
      case 'hide':
      case 'show':
        return service.send('PATCH', `/me/tasks('${task}')`, {
          Sensitivity: what.kind === 'hide' ? 'Private' : 'Normal',
        });
      case 'guestUpdate':
        names += 1;
        return service.send(
          'PATCH',
          `/users/ann@example.com/tasks('${task}')`,
          { Subject: `Guest ${names}` },
          as(guest),
        );
      case 'guestDelete':
        return service.send('DELETE', `/users/ann@example.com/tasks('${task}')`, undefined, as(guest));
      case 'share':
        return share(service, folder ?? '');
      case 'withdraw':
        return service.request('DELETE', `/threefold/v1/sharedwithme/${folder}`, undefined, as(guest));
      case 'restore':
      case 'purgeItem': {
        const listed = await service.request('GET', '/threefold/v1/deleteditems');
        const item = pick(valuesOf(listed.body), what.item);
        if (item === undefined) return undefined;
        const path = `/threefold/v1/deleteditems/${item.id}`;
        return what.kind === 'restore' ? service.request('POST', `${path}/restore`) : service.request('DELETE', path);
      }
      case 'createFolder':
        names += 1;
        return void (await noteFolder(`Folder ${names}`));
      case 'renameFolder':
        names += 1;
        return service.send('PATCH', `/me/taskfolders('${folder}')`, { Name: `Folder ${names}` });
      case 'deleteFolder':
        return service.send('DELETE', `/me/taskfolders('${folder}')`);
      case 'moveFolder':
        return service.request('POST', `/threefold/v1/taskfolders/${folder}/move`, { DestinationGroupKey: group });
      case 'pass':
        service.clock.pass(what.days * 24 * 60 * 60_000);
        return void (await runMaintenance({ db: service.database.db, clock: service.clock, binDays: 30 }));
      case 'pull':
        return void (await pick(replicas, what.replica)?.pull(what.size));
    }
  }

  for (const round of rounds) await Promise.all(round.map(act));
  for (const [at, { path, bearer, rows, isTasks, pull }] of replicas.entries()) {
    while (!(await pull((at % 3) + 1)));
    // The delta query in progress may have begun before the last write.
    while (!(await pull(2)));
    const listed = (await listOf(service, path, bearer)) ?? [];
    const decode = isTasks ? outlookRest.task.decode : outlookRest.folder.decode;
    expect([...rows.values()].toSorted(byId)).toEqual(listed.map((entity) => decode(entity)).toSorted(byId));
  }
}

function byId(a: unknown, b: unknown): number {
  return String(toJson(a)['id']) < String(toJson(b)['id']) ? -1 : 1;
}

/** Groups of concurrent actions. */
const together = fc.array(acts, { minLength: 1, maxLength: 5, size: 'max' });
const stories = fc.array(together, { minLength: 1, maxLength: 40, size: 'max' });

test('replicas equal their places after any sequence of writes, in memory', async () => {
  const property = fc.asyncProperty(stories, async (rounds) => {
    const service = await startService();
    try {
      await play(service, rounds);
    } finally {
      await service.close();
    }
  });
  await fc.assert(property, { numRuns: propertyRuns(100) });
});

test.skipIf(isPostgresRun)('and in a file, where reading and writing are two connections', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'threefold-replicas-'));
  let stored = 0;
  const property = fc.asyncProperty(stories, async (rounds) => {
    stored += 1;
    const service = await startService({ path: join(directory, `${stored}.db`) });
    try {
      await play(service, rounds);
    } finally {
      await service.close();
    }
  });
  await fc.assert(property, { numRuns: 15 });
  rmSync(directory, { recursive: true });
});
