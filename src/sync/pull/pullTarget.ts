import type { Mailbox, Place } from '../../domain/task/task.ts';

/** What is pulled as a whole: the groups or the folders of a mailbox, or the tasks of a folder. */
export type PullTarget =
  { kind: 'groups' | 'folders'; mailbox: Mailbox } | { kind: 'tasks'; mailbox: Mailbox; id: string };

/** The lists of the own mailbox. */
export const groupsTarget: PullTarget = { kind: 'groups', mailbox: 'me' };
export const foldersTarget: PullTarget = { kind: 'folders', mailbox: 'me' };

export const tasksTarget = ({ mailbox, id }: Place): PullTarget => ({ kind: 'tasks', mailbox, id });

export const targetKey = (target: PullTarget): string =>
  `${target.kind}\n${target.mailbox}\n${target.kind === 'tasks' ? target.id : ''}`;
