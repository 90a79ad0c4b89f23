import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { ApiError } from '../../api/apiError.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { systemClock } from '../../domain/time/time.ts';
import { lockPort, openChannel } from '../platform/ports.ts';
import { openAccountDatabase } from '../storage/database.ts';
import { createReplicaStore } from '../storage/replicaStore.ts';
import { createPullFolder } from './pullFolder.ts';
import type { PullApi } from './pullFolder.ts';
import { createReplica } from './replica.ts';

const place = { mailbox: 'me', id: 'f' } as const;
const now = '2026-03-18T09:00:00.000Z';

it('a pull that fails while a page of it is saved does not overwrite the next one', async () => {
  const account = crypto.randomUUID();
  const database = await openAccountDatabase(account);
  const pause = () => Promise.resolve();
  const replica = createReplica({
    store: createReplicaStore(database),
    channel: openChannel(account),
    ports: { pause },
    onStorageError: (error) => {
      throw error;
    },
  });
  const answers = ['older', 'newer'];
  const api: PullApi = {
    can: { delta: false },
    changes: () => Promise.reject(new Error('The server tracks no changes')),
    tasks(_folder, onPage) {
      const [subject = ''] = answers.splice(0, 1);
      const rows = [{ ...blankTask({ id: 't', folderId: 'f', owner: null, now }), etag: subject, subject }];
      onPage?.(rows);
      return subject === 'older' ? Promise.reject(new ApiError('offline', 'Broken off')) : Promise.resolve(rows);
    },
  };
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const waits = [held];
  const pull = createPullFolder({
    account,
    api,
    replica,
    clock: systemClock(() => Date.parse(now)),
    ports: { withLock: lockPort(undefined), pause },
    createsSettled: () => waits.pop() ?? Promise.resolve(),
  });
  const first = pull(place);
  const second = pull(place);
  // The second would end before the page of the first is saved, if it began now.
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  release();
  await expect(first).rejects.toThrow('Broken off');
  await second;
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(replica.rows(place).get('t')?.subject).toBe('newer');
  replica.close();
  database.close();
});
