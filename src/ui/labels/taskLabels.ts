import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Importance, Sensitivity, TaskStatus } from '../../domain/task/task.ts';

/* Labels for the values of task fields, on the screen and in print. */

export const statusLabels: Readonly<Record<TaskStatus, MessageDescriptor>> = {
  notStarted: msg`Not started`,
  inProgress: msg`In progress`,
  completed: msg`Completed`,
  waitingOnOthers: msg`Waiting on others`,
  deferred: msg`Deferred`,
};

export const importanceLabels: Readonly<Record<Importance, MessageDescriptor>> = {
  low: msg`Low`,
  normal: msg`Normal`,
  high: msg`High`,
};

export const sensitivityLabels: Readonly<Record<Sensitivity, MessageDescriptor>> = {
  normal: msg`Normal`,
  personal: msg`Personal`,
  private: msg`Private`,
  confidential: msg`Confidential`,
};
