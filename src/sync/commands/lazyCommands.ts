import { loadOnce } from '../../api/lazyModule.ts';
import type { Capabilities } from '../../api/taskApi.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import type { BulkCommands } from './bulkCommands.ts';
import type { Commands } from './commands.ts';
import type { UndoChange } from './inverse.ts';

type Input = { outbox: Outbox; ports: Pick<Ports, 'pause'>; capabilities: Capabilities; commands: Commands };

/** Bulk commands and undo, which nobody needs before the first rows: their code is loaded at first use, or by `load`. */
export function createLazyCommands({ outbox, ports, capabilities, commands }: Input) {
  const load = loadOnce(async () => {
    const [{ createUndo }, { createBulkCommands }] = await Promise.all([
      import('./inverse.ts'),
      import('./bulkCommands.ts'),
    ]);
    const { undo, inverseOf } = createUndo({ outbox, capabilities, commands });
    return { undo, bulk: createBulkCommands({ outbox, ports, inverseOf }) };
  });
  const undo: UndoChange = async (changeId) => (await load()).undo(changeId);
  const bulk: BulkCommands = {
    async run(...args) {
      const loaded = await load().catch(() => null);
      return loaded === null ? { applied: [], end: 'notLoaded' } : loaded.bulk.run(...args);
    },
    undo: async (...args) => (await load()).bulk.undo(...args),
  };
  return { load, undo, bulk };
}
