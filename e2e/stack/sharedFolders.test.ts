import { afterEach, beforeEach, expect, it } from 'vitest';
import { failureKindOf } from '../../src/api/apiError.ts';
import { taskQueries } from '../../src/data/queries.ts';
import type { Place, Task } from '../../src/domain/task/task.ts';
import { createTestBrowser, createTestBed } from './testBed.ts';
import type { Device, TestBed } from './testBed.ts';
import { viewOf } from './tabView.ts';

/** A folder of its owner and a guest it is shared with (docs/architecture.md#sharing). */

let house: TestBed;
let owner: Device;
let guest: Device;
let folderId: string;
let place: Place;
let guestKey: string;
let guestAddress: string;
beforeEach(async () => {
  house = await createTestBed();
  const ownerKey = await house.account('Ada');
  guestKey = await house.account('Bob');
  owner = await house.device(ownerKey);
  guest = await house.device(guestKey);
  for (const tab of [owner, guest]) tab.start();
  await Promise.all([owner.engine.pullAll(), guest.engine.pullAll()]);
  const localId = await owner.engine.commands.createFolder('me', { name: 'Trade fair' });
  await owner.sent();
  folderId = owner.outbox.resolve(localId);
  await owner.engine.commands.createTask('me', { folderId, patch: { subject: 'Order badges' } });
  await owner.sent();
  guestAddress = `${guestKey}@example.com`;
  place = { mailbox: `${ownerKey}@example.com`, id: folderId };
});
afterEach(() => house.close());

const sharing = ({ deps }: Device) => deps.extras?.sharing ?? expect.fail('There are no extras');
const pull = () => guest.engine.client.fetchQuery({ ...taskQueries.list(guest.engine.pull, place), staleTime: 0 });
const shown = (): readonly Task[] => {
  const { views, today, zone } = guest.engine;
  const options = { order: 'due', today: today.current(), zone: zone.current() } as const;
  return views
    .listing(place, options)
    .current()
    .sections.flatMap(({ tasks }) => tasks);
};
const firstShown = () => shown()[0] ?? expect.fail('Nothing is shown');

it('is found, changed and left by the guest; the service says who changed what', async () => {
  const given = await sharing(owner).invite(folderId, { address: guestAddress }, 'write');
  expect(given).toMatchObject({ person: { name: 'Bob', address: guestAddress }, role: 'write', isRemovable: true });
  expect(await sharing(owner).people(folderId)).toEqual([given]);
  expect(await sharing(owner).byMe()).toEqual([{ folderId, people: 1 }]);
  expect(await sharing(guest).withMe()).toEqual([
    { owner: { name: 'Ada', address: place.mailbox }, folder: { id: folderId, name: 'Trade fair' }, role: 'write' },
  ]);

  await pull();
  const { commands } = guest.engine;
  await commands.updateTask(place.mailbox, { task: firstShown(), patch: { subject: 'Order ten badges' } });
  await commands.createTask(place.mailbox, { folderId, patch: { subject: 'Book the stand' } });
  await guest.sent();
  await owner.engine.pullAll();
  await owner.engine.client.refetchQueries({ queryKey: [...taskQueries.all, 'me', folderId] });
  expect(viewOf(owner).subjects(folderId).toSorted()).toEqual(['Book the stand', 'Order ten badges']);
  const task = viewOf(owner).task(folderId, 'Order ten badges');
  const authors = { createdBy: { name: 'Ada' }, modifiedBy: { name: 'Bob' }, modifiedAt: task.modifiedAt };
  expect(await sharing(owner).authors({ mailbox: 'me', id: task.id })).toMatchObject(authors);
  expect(await sharing(guest).authors({ mailbox: place.mailbox, id: task.id })).toMatchObject(authors);

  await sharing(guest).leave(folderId);
  expect(await sharing(guest).withMe()).toEqual([]);
  expect(await sharing(owner).people(folderId)).toEqual([]);
});

it('parks what a reader changed, and sends it again once they may', async () => {
  const { id } = await sharing(owner).invite(folderId, { address: guestAddress }, 'read');
  await pull();
  await guest.engine.commands.updateTask(place.mailbox, { task: firstShown(), patch: { importance: 'high' } });
  await guest.sent();
  const [parked] = viewOf(guest).parked();
  expect(parked?.parked?.kind).toBe('refused');
  expect(await sharing(owner).setRole(folderId, id, 'write')).toMatchObject({ id, role: 'write' });
  await guest.outbox.retry(parked?.id ?? '');
  await guest.sent();
  expect(guest.outbox.ops()).toEqual([]);
  expect((await owner.api.tasks({ mailbox: 'me', id: folderId }))[0]?.importance).toBe('high');
});

it('goes from the guest’s device when it is withdrawn; what waited stays and says why', async () => {
  const { id } = await sharing(owner).invite(folderId, { address: guestAddress }, 'write');
  await pull();
  expect(shown().map(({ subject }) => subject)).toEqual(['Order badges']);
  guest.setOnline(false);
  await guest.engine.commands.createTask(place.mailbox, { folderId, patch: { subject: 'Never arrives' } });
  await sharing(owner).remove(folderId, id);
  guest.setOnline(true);
  await guest.sent();
  expect(viewOf(guest).parked()[0]?.parked?.kind).toBe('missing');
  await expect(pull()).rejects.toThrow();
  expect(shown().map(({ subject }) => subject)).toEqual(['Never arrives']);
  expect(await guest.deps.replicaStore.knownFolders(place.mailbox)).toEqual([]);
});

it('is told to every tab of a browser, though one of them hears it', async () => {
  const tabs: Device[] = [];
  const browser = createTestBrowser();
  for (const _ of ['first', 'second']) {
    const tab = await house.device(guestKey, { browser, hearsEvents: true });
    tab.start();
    tab.engine.client.setQueryData(['sharing', 'withMe'], []);
    tabs.push(tab);
  }
  await house.until(() => tabs.every(({ engine }) => engine.isLive.current()));
  await sharing(owner).invite(folderId, { address: guestAddress }, 'read');
  const isTold = ({ engine }: Device) => engine.client.getQueryState(['sharing', 'withMe'])?.isInvalidated === true;
  await house.until(() => tabs.every(isTold));
  expect(tabs.map(({ network }) => network.requests.filter((line) => line.endsWith('/events')).length)).toEqual([1, 0]);
});

it('knows nobody by an address that nobody has', async () => {
  const refusal = await sharing(owner)
    .invite(folderId, { address: 'nobody@example.com' }, 'read')
    .catch((error: unknown) => error);
  expect(failureKindOf(refusal)).toBe('refused');
});
