import type { Listing } from '../../src/domain/listing/listing.ts';
import type { Task } from '../../src/domain/task/task.ts';
import type { Device, TestBed } from './testBed.ts';

/** What a tab shows, as the hooks read it. */
export function viewOf(tab: Device) {
  const { engine, outbox } = tab;
  const when = () => ({ today: engine.today.current(), zone: engine.zone.current() });
  const groups = () => engine.views.groups('me').current().items;
  const folders = () => engine.views.folders('me').current().items;
  const folder = (name: string) => folders().find((one) => one.name === name)?.id ?? '';
  const listing = (folderId: string): Listing =>
    engine.views.listing({ mailbox: 'me', id: outbox.resolve(folderId) }, { order: 'due', ...when() }).current();
  const tasks = (folderId: string): readonly Task[] => listing(folderId).sections.flatMap((section) => section.tasks);
  return {
    groups,
    folders,
    folder,
    listing,
    tasks,
    subjects: (folderId: string) => tasks(folderId).map(({ subject }) => subject),
    task(folderId: string, subject: string): Task {
      const found = tasks(folderId).find((task) => task.subject === subject);
      if (found === undefined) throw new Error(`No task "${subject}" is shown`);
      return found;
    },
    counts: () => engine.views.counts(when().today, when().zone).current(),
    view: (name: Parameters<typeof engine.views.view>[0]) =>
      engine.views
        .view(name, { order: 'due', ...when() })
        .current()
        .sections.flatMap((section) => section.tasks.map(({ subject }) => subject)),
    parked: () => outbox.ops().flatMap((op) => (op.parked === null ? [] : [op])),
  };
}

/** A tab that has pulled everything and sent its waiting changes. */
export async function openTab(
  testBed: TestBed,
  key: string,
  browser: Device['browser'],
  options: Parameters<TestBed['device']>[1] = {},
): Promise<Device> {
  const tab = await testBed.device(key, { browser, ...options });
  tab.start();
  await tab.engine.pullAll();
  await tab.sent();
  return tab;
}
