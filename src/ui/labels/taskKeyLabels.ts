import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { TaskKeyCommand } from '../../domain/task/taskKeys.ts';

/** What the keys of a task do, in words, for lists of shortcuts. */
export const taskKeyLabels: Readonly<Record<TaskKeyCommand, MessageDescriptor>> = {
  toggle: msg`Complete or reopen`,
  status: msg`Status`,
  repeat: msg`Repeat`,
  reminder: msg`Reminder`,
  due: msg`Due date`,
  start: msg`Start`,
  attach: msg`Attach a file`,
  categories: msg`Categories`,
  importance: msg`Importance`,
  move: msg`Move to folder`,
  link: msg`Copy link`,
  remove: msg`Delete`,
  purge: msg`Delete permanently`,
};
