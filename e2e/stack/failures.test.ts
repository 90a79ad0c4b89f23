import { describe, expect, onTestFinished } from 'vitest';
import { addMs } from '../../src/domain/time/time.ts';
import { createFairShare } from '../../server/load/fairShare.ts';
import { readBatchResponses } from './chaos/faults.ts';
import { it } from './stackTest.ts';
import { viewOf } from './tabView.ts';
import { createTestBed } from './testBed.ts';
import { parisDay } from './testSession.ts';

describe('when an answer is lost', () => {
  it('a repeated create makes one task', async ({ testBed, tab, view, folderId, commands, stored }) => {
    tab.network.loseAnswer(/POST/);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(tab.outbox.ops()).toHaveLength(1);
    expect(tab.engine.status.current().isOnline).toBe(false);
    testBed.time.advance(60_000);
    await tab.sent();
    expect(await stored()).toHaveLength(1);
    expect(view.subjects(folderId)).toEqual(['Milk']);
    expect(tab.engine.status.current().isOnline).toBe(true);
  });

  it('a create repeated by another tab makes one task', async ({ openTab, tab, folderId, commands }) => {
    tab.network.loseAnswer(/POST/);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    tab.close();
    const again = await openTab(tab.browser);
    expect(await again.api.tasks({ mailbox: 'me', id: folderId })).toHaveLength(1);
    expect(again.outbox.ops()).toEqual([]);
  });

  it('a server without idempotency keys is read before a create is repeated', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    tab.network.hidesKeys = true;
    await add('Milk');
    tab.network.loseAnswer(/POST.*tasks$/);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(tab.outbox.ops()).toHaveLength(1);
    testBed.time.advance(60_000);
    await tab.sent();
    // An equal task that existed before is not mistaken for it.
    expect(await stored()).toHaveLength(2);
    expect(new Set(view.tasks(folderId))).toEqual(new Set(await stored()));

    tab.network.loseAnswer(/POST.*taskgroups$/);
    tab.network.loseAnswer(/POST.*taskfolders$/);
    await commands.createGroup('me', { name: 'House' });
    const { groupKey = '' } = view.groups()[1] ?? {};
    await commands.createFolder('me', { name: 'Garden', groupKey });
    for (let n = 0; n < 3; n += 1) {
      await tab.sent();
      testBed.time.advance(60_000);
    }
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    expect(await tab.api.groups('me')).toHaveLength(2);
    expect(await tab.api.folders('me')).toHaveLength(2);
  });

  it('a change whose key is rejected is parked as possibly received', async ({ tab, view, folderId, commands }) => {
    const headers = { 'Repeatability-Result': 'rejected' };
    tab.network.answer(/POST/, () => new Response('{}', { status: 412, headers }));
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(view.parked()).toMatchObject([{ parked: { kind: 'changed', mayHaveArrived: true } }]);
  });

  it('a repeated edit is found to be applied, and is no conflict with itself', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    tab.network.loseAnswer(/PATCH/);
    await commands.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    await tab.sent();
    testBed.time.advance(60_000);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.tasks(folderId)).toEqual(await stored());
  });
});

describe('a failing service', () => {
  it('is not shown as online while it is unreachable, though the network is back', async ({
    tab,
    folderId,
    commands,
  }) => {
    tab.network.answer(/POST/, () => {
      throw new TypeError('Failed to fetch');
    });
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(tab.engine.status.current().isOnline).toBe(false);
    const release = tab.network.hold(/POST/);
    tab.network.hold(/GET/);
    tab.setOnline(true);
    expect(tab.engine.status.current()).toMatchObject({ isOnline: false, waiting: 1 });
    release();
    await tab.sent();
    expect(tab.engine.status.current()).toMatchObject({ isOnline: true, waiting: 0 });
  });

  it('gets no request before its Retry-After time, whatever the person does', async ({
    testBed,
    key,
    tab,
    folderId,
    commands,
    stored,
  }) => {
    tab.network.answer(/POST/, () => new Response('{}', { status: 429, headers: { 'Retry-After': '30' } }));
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    await commands.createTask('me', { folderId, patch: { subject: 'Bread' } });
    await tab.sent();
    const other = await testBed.device(key);
    expect(await other.api.tasks({ mailbox: 'me', id: folderId })).toEqual([]);
    const pausedUntil = addMs(testBed.time.now(), 30_000);
    expect(tab.engine.status.current()).toMatchObject({ isOnline: true, waiting: 2, pausedUntil });
    testBed.time.advance(30_000);
    await tab.sent();
    expect(tab.engine.status.current()).toMatchObject({ waiting: 0, pausedUntil: null });
    expect(await stored()).toHaveLength(2);
  });

  it('shows as busy until the next retry when it sends no Retry-After', async ({
    testBed,
    tab,
    folderId,
    commands,
  }) => {
    // One for the request and each retry.
    for (let n = 0; n < 4; n += 1) tab.network.answer(/POST/, () => new Response('{}', { status: 503 }));
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    const { status } = tab.engine;
    await testBed.until(() => {
      if (status.current().pausedUntil === null) testBed.time.advance(500);
      return status.current().pausedUntil !== null;
    });
    expect(tab.engine.status.current()).toMatchObject({ isOnline: true, waiting: 1 });
    testBed.time.advance(60_000);
    await tab.sent();
    expect(tab.engine.status.current()).toMatchObject({ waiting: 0, pausedUntil: null });
  });

  it('does not block the next tab with requests of a closed one', async ({ tab, folderId, commands }) => {
    const release = tab.network.hold(/POST/);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    const sent = tab.sent();
    tab.close();
    release();
    await sent;
    await tab.sent();
    expect(tab.outbox.ops()).toHaveLength(1);
  });

  it('has a change that fails five times parked, and the others are sent', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    for (let n = 0; n < 5; n += 1) tab.network.answer(/POST/, () => new Response('oops', { status: 500 }));
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    for (let n = 0; n < 5; n += 1) {
      await tab.sent();
      testBed.time.advance(60_000);
    }
    await add('Bread');
    expect(view.parked()).toMatchObject([{ change: { patch: { subject: 'Milk' } }, parked: { kind: 'broken' } }]);
    expect(await stored()).toMatchObject([{ subject: 'Bread' }]);
  });

  it('has a rejected change parked with its reason', async ({ tab, view, commands, add }) => {
    const task = await add('Milk');
    await commands.updateTask('me', { task, patch: { start: parisDay('2026-03-20'), due: parisDay('2026-03-18') } });
    await tab.sent();
    expect(view.parked()).toMatchObject([{ parked: { kind: 'refused', code: 'ErrorPropertyValidationFailure' } }]);
  });

  it('stops all sending until sign-in when it rejects the token', async ({ tab, folderId, commands, stored }) => {
    for (let n = 0; n < 2; n += 1) tab.network.answer(/POST/, () => new Response(null, { status: 401 }));
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(tab.engine.status.current()).toMatchObject({ signInNeeded: true, waiting: 1 });
    tab.engine.wake();
    await tab.sent();
    expect(tab.engine.status.current()).toMatchObject({ signInNeeded: false, waiting: 0 });
    expect(await stored()).toHaveLength(1);
  });
});

describe('while the server asks for a pause', () => {
  it('a change made meanwhile does not end it', async ({ testBed, tab, add, commands }) => {
    const [milk, bread, eggs] = [await add('Milk'), await add('Bread'), await add('Eggs')];
    const headers = { 'Retry-After': '30' };
    const responses = ['0', '1'].map((id) => ({ id, status: 429, headers }));
    tab.network.answer(/\$batch/, () => Response.json({ responses }));
    tab.setOnline(false);
    for (const task of [milk, bread]) await commands.updateTask('me', { task, patch: { importance: 'high' } });
    tab.setOnline(true);
    await tab.sent();
    expect(tab.outbox.ops()).toHaveLength(2);
    tab.network.requests.splice(0);
    testBed.time.advance(1_000);
    await commands.updateTask('me', { task: eggs, patch: { importance: 'low' } });
    await tab.sent();
    expect(tab.network.requests.filter((line) => !line.startsWith('GET'))).toEqual([]);
    testBed.time.advance(30_000);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
  });
});

describe('while a long upload runs', () => {
  it('a change that failed is sent again after its delay', async ({ testBed, tab, folderId, commands, add, view }) => {
    await add('Film');
    await add('Milk');
    const [film, milk] = ['Film', 'Milk'].map((subject) => view.tasks(folderId).find((one) => one.subject === subject));
    if (film === undefined || milk === undefined) throw new Error('The tasks are not there');
    const release = tab.network.hold(/POST.*attachments/);
    const content = new Blob(['frames']);
    const draft = { kind: 'file', name: 'film.txt', contentType: 'text/plain', isInline: false, content } as const;
    await commands.addAttachment('me', { task: film, draft });
    await tab.network.whenSent(/POST.*attachments/);
    tab.network.answer(/PATCH/, () => new Response(null, { status: 502 }));
    await commands.updateTask('me', { task: milk, patch: { importance: 'high' } });
    await expect.poll(() => tab.outbox.ops().find(({ change }) => change.kind === 'updateTask')?.attempts).toBe(1);
    testBed.time.advance(1_500);
    await expect.poll(() => tab.outbox.ops().map(({ change }) => change.kind)).toEqual(['addAttachment']);
    release();
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
  });
});

describe('a budget of CPU time', () => {
  const account = { limitSeconds: 0.1, windowSeconds: 60, requestSeconds: 0 };
  const request = { limitSeconds: 0, windowSeconds: 60, requestSeconds: 0.03 };

  it.each([
    ['outlookRest', 'account', account, 429],
    ['graphBeta', 'account', account, 429],
    ['outlookRest', 'request', request, 503],
    ['graphBeta', 'request', request, 503],
  ] as const)(
    '%s: changes that use up the CPU budget of the %s wait, and arrive once each',
    async (dialect, _, limits, refusal) => {
      // Each look at the CPU time finds that a millisecond has passed.
      let cpu = 0;
      const bed = await createTestBed(undefined, {
        share: (clock) => createFairShare(limits, { clock, cpuMs: () => (cpu += 1) }),
      });
      onTestFinished(() => bed.close());
      const statuses: number[] = [];
      const tab = await bed.device(await bed.account(), {
        dialect,
        service: {
          async request(input, init) {
            const response = await bed.app.request(input, init);
            statuses.push(response.status);
            if (response.ok && input.endsWith('$batch')) {
              statuses.push(...readBatchResponses(await response.clone().text()).map(({ status }) => status));
            }
            return response;
          },
        },
      });
      tab.start();
      await tab.engine.pullAll();
      await tab.sent();
      const folderId = viewOf(tab).folder('Tasks');
      const subjects = Array.from({ length: 60 }, (_, at) => `Task ${String(at).padStart(2, '0')}`);
      tab.setOnline(false);
      for (const subject of subjects) await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
      tab.setOnline(true);
      for (let minutes = 0; minutes < 100 && tab.outbox.ops().length > 0; minutes += 1) {
        await tab.sent();
        bed.time.advance(60_000);
      }
      await tab.sent();
      expect(tab.outbox.ops()).toEqual([]);
      bed.time.advance(600_000);
      const stored = (await tab.api.tasks({ mailbox: 'me', id: folderId })).map(({ subject }) => subject);
      expect(stored.toSorted()).toEqual(subjects);
      expect(statuses).toContain(refusal);
    },
  );
});
