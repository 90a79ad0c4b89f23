import { expect, it } from 'vitest';
import { createQueryClient } from '../queryClient.ts';
import { taskQueries } from '../queries.ts';
import { createPullScheduler } from './pullScheduler.ts';

const queryKey = [...taskQueries.all, 'me', 'f'];
const change = { kind: 'change', seq: 1, folders: ['f'], structure: false } as const;

/** A folder whose reads the test answers, pulled by views and by rounds. */
function folderScheduler() {
  const reads: { answer: (rows: string) => void }[] = [];
  const client = createQueryClient(() => true);
  const queryFn = () => new Promise<string>((resolve) => reads.push({ answer: resolve }));
  const fetchFolder = () => client.fetchQuery({ queryKey, queryFn });
  const scheduler = createPullScheduler({
    client,
    ports: { sleep: () => Promise.resolve() },
    read: async () => void (await fetchFolder()),
    onOutcome: () => {},
    loaded: () => Promise.resolve(),
  });
  return { client, reads, fetchFolder, scheduler };
}

it('a change reported while a view reads the folder is read after that', async () => {
  const { client, reads, fetchFolder, scheduler } = folderScheduler();
  const viewed = fetchFolder();
  const pulled = scheduler.pullRemoteChange(change);
  // It was asked for before the change.
  reads[0]?.answer('without it');
  await viewed;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer('with it');
  expect(await pulled).toBe(true);
  expect(client.getQueryData(queryKey)).toBe('with it');
});

it('a change reported during a round is read by the next round', async () => {
  const { client, reads, scheduler } = folderScheduler();
  const round = scheduler.pullAll();
  const pulled = scheduler.pullRemoteChange(change);
  reads[0]?.answer('without it');
  await round;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer('with it');
  expect(await pulled).toBe(true);
  expect(client.getQueryData(queryKey)).toBe('with it');
});

it('a failed read of a view does not keep a change from being read', async () => {
  const { reads, client, scheduler } = folderScheduler();
  const viewed = client.fetchQuery({ queryKey, queryFn: () => Promise.reject(new Error('offline')) });
  const pulled = scheduler.pullRemoteChange(change);
  await expect(viewed).rejects.toThrow('offline');
  await expect.poll(() => reads.length).toBe(1);
  reads[0]?.answer('with it');
  expect(await pulled).toBe(true);
});
