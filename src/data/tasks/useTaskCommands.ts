import { useQueryClient } from '@tanstack/react-query';
import type { Mailbox } from '../../domain/task/task.ts';
import type { AppliedChange } from '../../sync/commands/bulkCommands.ts';
import { planCommand, runCommand } from '../../sync/commands/command.ts';
import type { Command, TaskCommand } from '../../sync/commands/command.ts';
import type { UndoEntry } from '../../sync/commands/undoStack.ts';
import { useReportCommand } from '../commandReport.tsx';
import type { CommandResult } from '../commandReport.tsx';
import { useSyncEngine } from '../dataProvider.tsx';
import { errorCauseOf } from '../errorCause.ts';
import { runMutation } from '../queryBridge.ts';

export type { AppliedChange } from '../../sync/commands/bulkCommands.ts';
export type { Command, TaskCommand } from '../../sync/commands/command.ts';

export type RunOptions = Pick<CommandResult, 'message' | 'isShown' | 'onShow'> & {
  /** Called when undo begins, by any button or key. */
  onUndo?: () => void;
};

export type RunningCommand = {
  /** The id of the change, or of what it creates; null when this device could not store it. */
  saved: Promise<string | null>;
  /** Undoes it, once. */
  undo: () => void;
};

/** The same command for many items. */
export type BulkRun<Item> = {
  items: readonly Item[];
  /** The command of one item; null where it needs none. */
  commandOf: (item: Item) => TaskCommand | null;
  /** What is said afterwards, for the number of changed items, instead of the command's own words. */
  message?: (count: number) => string;
  signal: AbortSignal;
  onProgress: (done: number) => void;
  onUndoProgress: (done: number, total: number) => void;
  /** Called when undo has ended, whether or not all was undone. */
  onUndoEnd: () => void;
  onUndone?: (() => void) | undefined;
  /** Done first when it is undone. Rejects with StorageError. */
  beforeUndo?: (() => Promise<void>) | undefined;
};

/** Of these, undo would delete what was put into them since, also by others; deleting them asks first, and has no way back. */
const withoutUndo: ReadonlySet<Command['kind']> = new Set([
  'createGroup',
  'createFolder',
  'createCategory',
  'deleteCategory',
  'deleteGroup',
  'deleteFolder',
]);

/**
 * The commands of a mailbox: what a person does shows at once, is reported, and can be undone
 * (docs/architecture.md#commands).
 */
export function useTaskCommands(mailbox: Mailbox = 'me') {
  const { commands, undo: undoChange, bulk, bulkActions } = useSyncEngine();
  const report = useReportCommand();
  const client = useQueryClient();
  const start = (command: Command) =>
    runMutation(client, { mutationFn: () => runCommand(commands, mailbox, command) }, command);

  /** Runs one command. Reports what came of it. */
  function run(command: Command, { onUndo, ...options }: RunOptions = {}): RunningCommand {
    const about = { command, total: 1, count: 1, ...options };
    const saving = start(command);
    const { entry, undo } = createEntry(async () => {
      close();
      onUndo?.();
      return undoSaved(about, saving);
    });
    const canUndo = !withoutUndo.has(command.kind);
    if (canUndo) bulkActions.undoStack.push(entry);
    const close = report({ ...about, outcome: 'done', end: 'all', undo: canUndo ? undo : null });
    const saved = saving.catch((error: unknown) => {
      bulkActions.undoStack.remove(entry);
      close();
      reportError({ ...about, count: 0, outcome: 'notSaved', error });
      return null;
    });
    return { saved, undo };
  }

  /** Runs one command for a caller that shows by itself whether it was stored. Rejects with StorageError. */
  async function save(command: Command): Promise<void> {
    const saving = start(command);
    await saving;
    const { entry } = createEntry(() => undoSaved({ command, total: 1, count: 1 }, saving));
    bulkActions.undoStack.push(entry);
  }

  /** Runs one command for each item, with one undo for all. Resolves with what was stored. */
  async function runMany<Item>(job: BulkRun<Item>): Promise<readonly AppliedChange[]> {
    const { items, commandOf, message, signal, onProgress, onUndoProgress, onUndoEnd, onUndone, beforeUndo } = job;
    let first: TaskCommand | undefined;
    const planOf = (item: Item) => {
      const command = commandOf(item);
      first ??= command ?? undefined;
      return command && planCommand(commands.changes, mailbox, command);
    };
    const { applied, end } = await bulk.run(items, planOf, { signal, onProgress });
    const count = applied.length;
    const about = { command: first, total: items.length, count, message: count > 0 ? message?.(count) : undefined };
    const { entry, undo } = createEntry(async () => {
      close();
      try {
        await beforeUndo?.();
        const lost = await bulk.undo(applied, { onProgress: (done) => onUndoProgress(done, count) });
        onUndone?.();
        report({ ...about, outcome: 'undone', lost });
      } catch (error) {
        // A part is undone already: a second time it would be sent as new changes.
        reportError({ ...about, outcome: 'notUndone', error });
      } finally {
        onUndoEnd();
      }
      return true;
    });
    if (count > 0) bulkActions.setActionUndo(entry);
    const close = report({ ...about, outcome: 'done', end, undo: count > 0 ? undo : null });
    return applied;
  }

  /** False when undo may be tried again. */
  async function undoSaved(about: Omit<CommandResult, 'outcome'>, saving: Promise<string>): Promise<boolean> {
    const changeId = await saving.catch(() => null);
    // Nothing was stored, which `run` reports.
    if (changeId === null) return true;
    try {
      const isUndone = await undoChange(changeId);
      report({ ...about, outcome: 'undone', lost: isUndone ? 0 : 1 });
      return true;
    } catch (error) {
      reportError({ ...about, outcome: 'notUndone', error });
      return false;
    }
  }

  function reportError(result: CommandResult & { error: unknown }): void {
    report(result);
    const cause = errorCauseOf(result.error);
    // An error without a known cause is a bug: it reaches the error log as well.
    if ('failure' in cause && cause.failure === null) throw result.error;
  }

  /** @param work resolves with whether the entry is used up. */
  function createEntry(work: () => Promise<boolean>): { entry: UndoEntry; undo: () => void } {
    let isUsed = false;
    const entry: UndoEntry = {
      async undo() {
        if (isUsed) return;
        isUsed = true;
        isUsed = await work();
        if (!isUsed) bulkActions.undoStack.push(entry);
      },
    };
    return { entry, undo: () => bulkActions.undo(entry) };
  }

  return {
    run,
    save,
    runMany,
    /** Undoes what was done last, anywhere in the app; false when there is nothing. */
    undoLast: bulkActions.undoLast,
  };
}

export type TaskCommands = ReturnType<typeof useTaskCommands>;
