import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import type { Deps } from '../accountSession.ts';
import type { Ports } from '../platform/ports.ts';
import type { Replica } from '../replica/replica.ts';
import { createLazySender } from '../send/lazySender.ts';
import type { Sender } from '../send/sender.ts';
import type { ConnectionMonitor } from '../status/connectionStatus.ts';

type Input = {
  deps: Deps;
  ports: Ports;
  replica: Pick<Replica, 'rows' | 'folderOf'>;
  connection: ConnectionMonitor;
  /** The sender's code is loaded after the first paint. */
  painted: () => Promise<void>;
};

const senderChunk = createLazyChunk(() => import('../send/sender.ts'));

/** The sender of the account's outbox. It reports each contact with the server, and knows the rows of the replica. */
export function createEngineSender({ deps, ports, replica, connection, painted }: Input): Sender {
  const { api, attachmentClient, batching, clock, extras, outbox, session } = deps;
  return createLazySender(
    {
      account: session.account.key,
      server: { api, extras, attaching: attachmentClient, batching },
      outbox,
      clock,
      ports,
      known: {
        task: (mailbox: Mailbox, folderId: string, id: string) => replica.rows({ mailbox, id: folderId }).get(id),
        folderOf: replica.folderOf,
        isOurs: (id: string) => outbox.originOf(id) !== id,
      },
      onContact: connection.reportOutcome,
      onPause: connection.reportPause,
    },
    painted,
    senderChunk.get,
  );
}
