import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { Capabilities } from '../../api/taskApi.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import type { BulkCommands } from './bulkCommands.ts';
import type { Commands } from './commands.ts';
import type { UndoChange } from './inverse.ts';

type Input = { outbox: Outbox; ports: Pick<Ports, 'pause'>; capabilities: Capabilities; commands: Commands };

const inverseChunk = createLazyChunk(() => import('./inverse.ts'));
const bulkCommandsChunk = createLazyChunk(() => import('./bulkCommands.ts'));

/** Bulk commands and undo, which nobody needs before the first rows: their code is loaded at first use, or by `load`. */
export function createLazyCommands({ outbox, ports, capabilities, commands }: Input) {
  const chunk = createLazyChunk(async () => {
    const [{ createUndo }, { createBulkCommands }] = await Promise.all([inverseChunk.get(), bulkCommandsChunk.get()]);
    const { undo, inverseOf } = createUndo({ outbox, capabilities, commands });
    return { undo, bulk: createBulkCommands({ outbox, ports, inverseOf }) };
  });
  const undo: UndoChange = async (changeId) => (await chunk.get()).undo(changeId);
  const bulk: BulkCommands = {
    async run(...args) {
      const loaded = await chunk.get().catch(() => null);
      return loaded === null ? { applied: [], end: 'notLoaded' } : loaded.bulk.run(...args);
    },
    undo: async (...args) => (await chunk.get()).bulk.undo(...args),
  };
  return { load: chunk.get, undo, bulk };
}
