import { expect } from 'vitest';
import { failureKindOf } from '../../src/api/apiError.ts';
import { tasksTarget } from '../../src/sync/pull/pullTarget.ts';
import type { Place, Task } from '../../src/domain/task/task.ts';
import { it as stackTest } from './stackTest.ts';
import { viewOf } from './tabView.ts';
import { createTestBrowser } from './testBed.ts';
import type { Device, TestBed } from './testBed.ts';

/** A folder of its owner and a guest it is shared with (docs/architecture.md#sharing). */

async function startedTab(testBed: TestBed, key: string) {
  const tab = await testBed.device(key);
  tab.start();
  await tab.engine.pullAll();
  return tab;
}

/** The owner's folder has one task; the guest has an account, and no access yet. */
const it = stackTest
  .extend('ownerKey', ({ testBed }) => testBed.account('Ada'))
  .extend('guestKey', ({ testBed }) => testBed.account('Bob'))
  .extend('owner', ({ testBed, ownerKey }) => startedTab(testBed, ownerKey))
  .extend('guest', ({ testBed, guestKey }) => startedTab(testBed, guestKey))
  .extend('folderId', async ({ owner }) => {
    const localId = await owner.engine.commands.createFolder('me', { name: 'Trade fair' });
    await owner.sent();
    const folderId = owner.outbox.resolve(localId);
    await owner.engine.commands.createTask('me', { folderId, patch: { subject: 'Order badges' } });
    await owner.sent();
    return folderId;
  })
  .extend('guestAddress', ({ guestKey }) => `${guestKey}@example.com`)
  .extend('place', ({ ownerKey, folderId }): Place => ({ mailbox: `${ownerKey}@example.com`, id: folderId }));

const sharing = ({ deps }: Device) => deps.extras?.sharing ?? expect.fail('There are no extras');
const pull = (guest: Device, place: Place) => guest.engine.pull(tasksTarget(place));
const shown = (guest: Device, place: Place): readonly Task[] => {
  const { views, today, zone } = guest.engine;
  const options = { order: 'due', today: today.current(), zone: zone.current() } as const;
  return views
    .listing(place, options)
    .current()
    .sections.flatMap(({ tasks }) => tasks);
};
const firstShown = (guest: Device, place: Place) => shown(guest, place)[0] ?? expect.fail('Nothing is shown');

it('can be found, changed and left by a guest, and records who changed what', async ({
  owner,
  guest,
  folderId,
  place,
  guestAddress,
}) => {
  const permission = await sharing(owner).invite(folderId, { address: guestAddress }, 'write');
  expect(permission).toMatchObject({
    person: { name: 'Bob', address: guestAddress },
    role: 'write',
    isRemovable: true,
  });
  expect(await sharing(owner).people(folderId)).toEqual([permission]);
  expect(await sharing(owner).byMe()).toEqual([{ folderId, people: 1 }]);
  expect(await sharing(guest).withMe()).toEqual([
    { owner: { name: 'Ada', address: place.mailbox }, folder: { id: folderId, name: 'Trade fair' }, role: 'write' },
  ]);

  await pull(guest, place);
  const { commands } = guest.engine;
  await commands.updateTask(place.mailbox, { task: firstShown(guest, place), patch: { subject: 'Order ten badges' } });
  await commands.createTask(place.mailbox, { folderId, patch: { subject: 'Book the stand' } });
  await guest.sent();
  await owner.engine.pullAnew();
  expect(viewOf(owner).subjects(folderId).toSorted()).toEqual(['Book the stand', 'Order ten badges']);
  const task = viewOf(owner).task(folderId, 'Order ten badges');
  const authors = { createdBy: { name: 'Ada' }, modifiedBy: { name: 'Bob' }, modifiedAt: task.modifiedAt };
  expect(await sharing(owner).authors({ mailbox: 'me', id: task.id })).toMatchObject(authors);
  expect(await sharing(guest).authors({ mailbox: place.mailbox, id: task.id })).toMatchObject(authors);

  await sharing(guest).leave(folderId);
  expect(await sharing(guest).withMe()).toEqual([]);
  expect(await sharing(owner).people(folderId)).toEqual([]);
});

it('parks a change by a reader, and sends it once they may write', async ({
  owner,
  guest,
  folderId,
  place,
  guestAddress,
}) => {
  const { id } = await sharing(owner).invite(folderId, { address: guestAddress }, 'read');
  await pull(guest, place);
  await guest.engine.commands.updateTask(place.mailbox, {
    task: firstShown(guest, place),
    patch: { importance: 'high' },
  });
  await guest.sent();
  const [parked] = viewOf(guest).parked();
  expect(parked?.parked?.kind).toBe('refused');
  expect(await sharing(owner).setRole(folderId, id, 'write')).toMatchObject({ id, role: 'write' });
  await guest.outbox.retry(parked?.id ?? '');
  await guest.sent();
  expect(guest.outbox.ops()).toEqual([]);
  expect((await owner.api.tasks({ mailbox: 'me', id: folderId }))[0]?.importance).toBe('high');
});

it('is removed from the guest’s device when access ends; unsent changes are parked with the reason', async ({
  owner,
  guest,
  folderId,
  place,
  guestAddress,
}) => {
  const { id } = await sharing(owner).invite(folderId, { address: guestAddress }, 'write');
  await pull(guest, place);
  expect(shown(guest, place).map(({ subject }) => subject)).toEqual(['Order badges']);
  guest.setOnline(false);
  await guest.engine.commands.createTask(place.mailbox, { folderId, patch: { subject: 'Never arrives' } });
  await sharing(owner).remove(folderId, id);
  guest.setOnline(true);
  await guest.sent();
  expect(viewOf(guest).parked()[0]?.parked?.kind).toBe('missing');
  await expect(pull(guest, place)).rejects.toThrow();
  expect(shown(guest, place).map(({ subject }) => subject)).toEqual(['Never arrives']);
  expect(await guest.deps.replicaStore.knownFolders(place.mailbox)).toEqual([]);
});

it('notifies every tab of a browser through one event stream', async ({
  testBed,
  owner,
  folderId,
  guestKey,
  guestAddress,
}) => {
  const tabs: Device[] = [];
  const browser = createTestBrowser();
  for (const _ of ['first', 'second']) {
    const tab = await testBed.device(guestKey, { browser, hearsEvents: true });
    tab.start();
    tab.client.setQueryData(['sharing', 'withMe'], []);
    tabs.push(tab);
  }
  await testBed.until(() => tabs.every(({ engine }) => engine.isLive.current()));
  await sharing(owner).invite(folderId, { address: guestAddress }, 'read');
  const isTold = ({ client }: Device) => client.getQueryState(['sharing', 'withMe'])?.isInvalidated === true;
  await testBed.until(() => tabs.every(isTold));
  expect(tabs.map(({ network }) => network.requests.filter((line) => line.endsWith('/events')).length)).toEqual([1, 0]);
});

it('rejects an address without an account', async ({ owner, folderId }) => {
  const refusal = await sharing(owner)
    .invite(folderId, { address: 'nobody@example.com' }, 'read')
    .catch((error: unknown) => error);
  expect(failureKindOf(refusal)).toBe('refused');
});
