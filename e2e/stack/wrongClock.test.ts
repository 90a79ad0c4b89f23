import { expect } from 'vitest';
import { addMs } from '../../src/domain/time/time.ts';
import { it } from './stackTest.ts';
import { viewOf } from './tabView.ts';

const day = 24 * 60 * 60_000;

for (const [name, clockAheadMs] of [
  ['behind', -40 * day],
  ['ahead', 40 * day],
] as const) {
  it(`sends what a device with a clock 40 days ${name} adds, once, and knows by how much`, async ({ testBed, key }) => {
    const tab = await testBed.device(key, { clockAheadMs });
    tab.start();
    await tab.engine.pullAll();
    const folderId = viewOf(tab).folder('Tasks');
    for (const subject of ['Milk', 'Bread', 'Salt'])
      await tab.engine.commands.createTask('me', { folderId, patch: { subject } });
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    tab.network.loseAnswer(/tasks/);
    await tab.engine.commands.createTask('me', { folderId, patch: { subject: 'Lost answer' } });
    await tab.sent();
    testBed.time.advance(70_000);
    await tab.sent();
    const all = await tab.api.tasks({ mailbox: 'me', id: folderId });
    expect(all.map(({ subject }) => subject).toSorted()).toEqual(['Bread', 'Lost answer', 'Milk', 'Salt']);
    expect(Math.abs(tab.deps.clockSkew.current() + clockAheadMs)).toBeLessThan(2_000);
  });
}

it('corrects the clock with the first answer, also when that rejects a key', async ({ testBed, key, folderId }) => {
  const { api, deps } = await testBed.device(key, { clockAheadMs: -40 * day });
  const firstSent = addMs(testBed.time.now(), -40 * day);
  const repeatability = { id: 'first-request-of-all', firstSent };
  const make = () => api.createTask({ mailbox: 'me', id: folderId }, { subject: 'First' }, { repeatability });
  const first = await make();
  expect(deps.clockSkew.current()).not.toBe(0);
  expect((await make()).id).toBe(first.id);
});
