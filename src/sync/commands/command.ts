import type { Mailbox } from '../../domain/task/task.ts';
import type { PlannedChange } from './changeFactory.ts';
import type { Commands } from './commands.ts';

/** Commands that make one change of a task: also for many tasks at once. */
type TaskCommandKind = 'createTask' | 'updateTask' | 'completeTask' | 'reopenTask' | 'deleteTask' | 'moveTask';

type CommandKind =
  | TaskCommandKind
  | 'addAttachment'
  | 'removeAttachment'
  | 'createCategory'
  | 'updateCategory'
  | 'deleteCategory'
  | 'createGroup'
  | 'renameGroup'
  | 'deleteGroup'
  | 'createFolder'
  | 'renameFolder'
  | 'moveFolder'
  | 'deleteFolder';

type Input<Kind extends CommandKind> = Parameters<Commands[Kind]>[1];
type CommandOf<Kind extends CommandKind> = { kind: Kind } & Input<Kind>;

/** Something a person can do, with what it is done to: `{ kind: 'completeTask', task }`. */
export type Command = { [Kind in CommandKind]: CommandOf<Kind> }[CommandKind];
export type TaskCommand = Extract<Command, { kind: TaskCommandKind }>;

type Run<Kind extends CommandKind> = (mailbox: Mailbox, input: Input<Kind>) => Promise<string>;
type Plan<Kind extends TaskCommandKind> = (mailbox: Mailbox, input: Input<Kind>) => PlannedChange;

/**
 * Runs a command. Resolves with the change's id, or with the local id of what it creates, when it is stored on this device.
 * Rejects with StorageError.
 */
export function runCommand<Kind extends CommandKind>(
  commands: { [Each in Kind]: Run<Each> },
  mailbox: Mailbox,
  command: CommandOf<Kind>,
): Promise<string> {
  return commands[command.kind](mailbox, command);
}

/** The change that a command makes, to be added together with others (`BulkCommands`). */
export function planCommand<Kind extends TaskCommandKind>(
  changes: { [Each in Kind]: Plan<Each> },
  mailbox: Mailbox,
  command: CommandOf<Kind>,
): PlannedChange {
  return changes[command.kind](mailbox, command);
}
