import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestBrowser, createTestBed } from './testBed.ts';
import type { Device, TestBed } from './testBed.ts';
import { viewOf } from './tabView.ts';
import { readBatchRequests, readBatchResponses, type BatchRequest, type BatchResponse } from './chaos/faults.ts';

type Parts = readonly BatchRequest[];
type Batch = { parts: Parts; go: () => Promise<Response> };

const dialects = ['outlookRest', 'graphBeta'] as const;
const batchPaths = { outlookRest: '/api/v2.0/me/$batch', graphBeta: '/beta/$batch' };

let testBed: TestBed;
let key: string;
beforeEach(async () => {
  testBed = await createTestBed();
  key = await testBed.account();
});
afterEach(() => testBed.close());

describe.each(dialects)('in %s', (dialect) => {
  let tab: Device;
  let screen: ReturnType<typeof viewOf>;
  let folderId: string;
  /** A fault for batches; without it they arrive. */
  let onBatch: ((batch: Batch) => Response | Promise<Response>) | null;
  let batches: Parts[];

  async function openTab(browser = createTestBrowser()) {
    const opened = await testBed.device(key, {
      browser,
      dialect,
      service: {
        async request(input, init) {
          const go = async () => testBed.app.request(input, init);
          if (input !== batchPaths[dialect]) return go();
          const parts = readBatchRequests(init.body);
          batches.push(parts);
          return onBatch === null ? go() : onBatch({ parts, go });
        },
      },
    });
    opened.start();
    await opened.engine.pullAll();
    await opened.sent();
    return opened;
  }
  beforeEach(async () => {
    batches = [];
    onBatch = null;
    tab = await openTab();
    screen = viewOf(tab);
    folderId = screen.folder('Tasks');
  });

  const subjectsOf = (count: number) => Array.from({ length: count }, (_, at) => `Task ${String(at).padStart(3, '0')}`);
  const stored = async () => {
    const tasks = await tab.api.tasks({ mailbox: 'me', id: folderId });
    return tasks.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  };
  const storedSubjects = async () => (await stored()).map(({ subject }) => subject);
  /** First offline, then online. */
  async function offline(work: () => Promise<unknown>) {
    tab.setOnline(false);
    await work();
    tab.network.requests.splice(0);
    tab.setOnline(true);
    await tab.sent();
  }
  async function make(count: number) {
    await offline(async () => {
      for (const subject of subjectsOf(count))
        await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
    });
    batches.splice(0);
    return screen.tasks(folderId).toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  }
  const writes = () => tab.network.requests.filter((line) => !line.startsWith('GET'));
  /** Advances time until nothing more can be sent. */
  async function settle() {
    for (let turn = 0; turn < 20 && tab.outbox.ops().some(({ parked }) => parked === null); turn += 1) {
      testBed.time.advance(61_000);
      await tab.sent();
    }
  }
  async function expectInStep() {
    expect(tab.outbox.ops()).toEqual([]);
    const shown = screen.tasks(folderId).toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
    expect(shown).toEqual(await stored());
  }
  /** Answers one part of each batch with a failure, and forwards the others. */
  const butOne =
    (refuse: (id: string) => BatchResponse, which = 1) =>
    async ({ parts }: Batch) => {
      onBatch = null;
      const refused = parts[which];
      const others = parts.filter((part) => part !== refused);
      const response = await testBed.app.request(batchPaths[dialect], {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'application/json',
          Prefer: 'odata.continue-on-error',
        },
        body: JSON.stringify({ requests: others }),
      });
      const responses = readBatchResponses(await response.text());
      return Response.json({ responses: [...responses, refuse(refused?.id ?? '')] });
    };

  it('fifty new tasks are sent in three batches, each shown and stored once', async () => {
    let [shown, storedCount] = [0, 0];
    tab.setOnline(false);
    for (const subject of subjectsOf(50)) await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
    const stops = [tab.outbox.onServerResults(() => (storedCount += 1)), tab.outbox.subscribe(() => (shown += 1))];
    tab.network.requests.splice(0);
    tab.setOnline(true);
    await tab.sent();
    for (const stop of stops) stop();
    expect(batches.map((parts) => parts.length)).toEqual([20, 20, 10]);
    expect(writes()).toHaveLength(3);
    expect(storedCount).toBe(3);
    // Read from disk once, then marked and settled by each batch.
    expect(shown).toBeLessThanOrEqual(8);
    expect(await storedSubjects()).toEqual(subjectsOf(50));
    await expectInStep();
  });

  it('a single change is sent as a plain request', async () => {
    await tab.engine.commands.createTask('me', { folderId, patch: { subject: 'Alone' } });
    await tab.sent();
    expect(batches).toEqual([]);
    expect(await storedSubjects()).toEqual(['Alone']);
  });

  it('updates, completions and deletes are batched, restores and moves are sent one by one', async () => {
    const { commands } = tab.engine;
    const tasks = await make(12);
    await offline(() =>
      Promise.all(tasks.map((task) => commands.updateTask('me', { task, patch: { importance: 'high' } }))),
    );
    expect(batches.map((parts) => parts.map(({ method }) => method))).toEqual([Array(12).fill('PATCH')]);
    expect((await stored()).every(({ importance }) => importance === 'high')).toBe(true);

    await offline(async () => {
      for (const task of screen.tasks(folderId)) await commands.completeTask('me', { task });
    });
    expect(batches).toHaveLength(2);
    expect((await stored()).every(({ status }) => status === 'completed')).toBe(true);

    const deleted = await Promise.all(screen.tasks(folderId).map((task) => commands.deleteTask('me', { task })));
    testBed.time.advance(8_000);
    await tab.sent();
    expect(batches).toHaveLength(3);
    expect(await stored()).toEqual([]);
    await offline(() => Promise.all(deleted.map((changeId) => tab.engine.undo(changeId))));
    expect(await stored()).toHaveLength(12);

    await commands.createFolder('me', { name: 'Garden' });
    await tab.sent();
    await offline(async () => {
      for (const task of screen.tasks(folderId))
        await commands.moveTask('me', { task, toFolderId: screen.folder('Garden') });
    });
    expect([await stored(), batches.length]).toEqual([[], 3]);
    expect(screen.tasks(screen.folder('Garden'))).toHaveLength(12);
    await expectInStep();
  });

  it('a change waits for the changes it depends on', async () => {
    const { commands } = tab.engine;
    await offline(async () => {
      const garden = await commands.createFolder('me', { name: 'Garden' });
      for (const subject of ['a', 'b', 'c']) {
        const id = await commands.createTask('me', { folderId: garden, patch: { subject } });
        const [task] = screen.tasks(garden).filter((one) => one.id === id);
        if (task !== undefined) await commands.completeTask('me', { task });
      }
    });
    expect(batches.map((parts) => parts.length)).toEqual([3, 3]);
    const tasks = await tab.api.tasks({ mailbox: 'me', id: screen.folder('Garden') });
    expect(tasks.map(({ subject, status }) => `${subject} ${status}`).toSorted()).toEqual([
      'a completed',
      'b completed',
      'c completed',
    ]);
    await expectInStep();
  });

  it('a part that fails its etag check is compared and sent alone; a real conflict is parked with both versions', async () => {
    const tasks = await make(3);
    const [a, b] = tasks;
    if (a === undefined || b === undefined) throw new Error('There are three');
    await tab.api.updateTask({ mailbox: 'me', id: a.id }, { importance: 'low' });
    await tab.api.updateTask({ mailbox: 'me', id: b.id }, { subject: 'Theirs' });
    await offline(async () => {
      for (const task of tasks)
        await tab.engine.commands.updateTask('me', { task, patch: { subject: `${task.subject} mine` } });
    });
    expect(batches).toHaveLength(1);
    expect((await stored()).map(({ subject, importance }) => `${subject} ${importance}`)).toEqual([
      'Task 000 mine low',
      'Task 002 mine normal',
      'Theirs normal',
    ]);
    expect(tab.outbox.ops()).toMatchObject([
      { change: { kind: 'updateTask', id: b.id }, parked: { kind: 'changed', theirs: { subject: 'Theirs' } } },
    ]);
  });

  it('a part for a deleted task settles if it is a delete, and is parked otherwise', async () => {
    const tasks = await make(4);
    const [a, b, c] = tasks;
    if (a === undefined || b === undefined || c === undefined) throw new Error('There are four');
    await tab.api.deleteTask({ mailbox: 'me', id: a.id });
    await tab.api.deleteTask({ mailbox: 'me', id: b.id });
    const { commands } = tab.engine;
    await offline(async () => {
      await commands.updateTask('me', { task: a, patch: { subject: 'Gone' } });
      await commands.deleteTask('me', { task: b });
      await commands.deleteTask('me', { task: c });
      testBed.time.advance(8_000);
    });
    expect(batches.map((parts) => parts.length)).toEqual([3]);
    expect(await storedSubjects()).toEqual(['Task 003']);
    expect(tab.outbox.ops()).toMatchObject([{ change: { id: a.id }, parked: { kind: 'missing' } }]);
  });

  it.each([
    ['is throttled', { status: 429, headers: { 'Retry-After': '30' } }],
    ['finds the service busy', { status: 503 }],
    ['gets a server error', { status: 500 }],
    ['has its token rejected', { status: 401 }],
    ['gets 404 only in a batch', { status: 404 }],
  ])('a part that %s is sent alone, once, after the others have settled', async (_, refusal) => {
    onBatch = butOne((id) => ({ id, ...refusal }));
    await offline(async () => {
      for (const subject of subjectsOf(5)) await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
    });
    expect((await storedSubjects()).length).toBeGreaterThanOrEqual(4);
    await settle();
    expect(batches).toHaveLength(1);
    expect(await storedSubjects()).toEqual(subjectsOf(5));
    await expectInStep();
  });

  it.each<[string, (batch: Batch) => Response | Promise<Response>]>([
    [
      'is lost before it arrives',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
    [
      'loses its answer',
      async ({ go }) => {
        await go();
        throw new TypeError('Failed to fetch');
      },
    ],
    ['gets a truncated answer', async ({ go }) => new Response((await (await go()).text()).slice(0, 300))],
    [
      'gets answers for half of its parts',
      async ({ go }) => {
        const responses = readBatchResponses(await (await go()).text());
        return Response.json({ responses: responses.slice(0, 3) });
      },
    ],
    [
      'gets an answer cut by a reset',
      async ({ go }) => {
        const text = await (await go()).text();
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(new TextEncoder().encode(text.slice(0, 300)));
            controller.error(new TypeError('The connection was reset'));
          },
        });
        return new Response(body);
      },
    ],
    ['gets a server error', async ({ go }) => (await go(), new Response('oops', { status: 500 }))],
    ['finds the service busy', () => new Response('{}', { status: 429, headers: { 'Retry-After': '30' } })],
  ])('a batch that %s loses and duplicates nothing', async (_, happen) => {
    const tasks = await make(3);
    onBatch = (batch) => {
      onBatch = null;
      return happen(batch);
    };
    const { commands } = tab.engine;
    await offline(async () => {
      for (const task of tasks) await commands.updateTask('me', { task, patch: { subject: `${task.subject} again` } });
      for (const subject of ['x', 'y', 'z']) await commands.createTask('me', { folderId, patch: { subject } });
    });
    await settle();
    expect(await storedSubjects()).toEqual(['Task 000 again', 'Task 001 again', 'Task 002 again', 'x', 'y', 'z']);
    await expectInStep();
  });

  it('a batch whose tab is closed before the answer is repeated once by the next tab', async () => {
    onBatch = async ({ go }) => {
      await go();
      return new Promise<Response>(() => {});
    };
    tab.setOnline(false);
    for (const subject of subjectsOf(6)) await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
    tab.setOnline(true);
    await expect.poll(() => batches.length).toBe(1);
    await expect.poll(storedSubjects).toEqual(subjectsOf(6));
    tab.close();
    onBatch = null;
    tab = await openTab(tab.browser);
    screen = viewOf(tab);
    await settle();
    expect(await storedSubjects()).toEqual(subjectsOf(6));
    await expectInStep();
  });

  it.each([404, 405, 501])(
    'a server that answers %i gets plain requests for the rest of the session',
    async (status) => {
      onBatch = () => new Response(null, { status });
      await make(30);
      await offline(async () => {
        for (const task of screen.tasks(folderId)) await tab.engine.commands.completeTask('me', { task });
      });
      expect(batches).toEqual([]);
      expect((await stored()).filter(({ status: is }) => is === 'completed')).toHaveLength(30);
      await expectInStep();
    },
  );

  it('without idempotency keys, a change that may have arrived is looked up before it is sent again', async () => {
    tab.network.hidesKeys = true;
    await tab.engine.commands.createTask('me', { folderId, patch: { subject: 'First' } });
    await tab.sent();
    onBatch = async ({ go }) => {
      onBatch = null;
      await go();
      throw new TypeError('Failed to fetch');
    };
    await offline(async () => {
      for (const subject of subjectsOf(4)) await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
    });
    await settle();
    expect(await storedSubjects()).toEqual(['First', ...subjectsOf(4)]);
    await expectInStep();
  });
});
