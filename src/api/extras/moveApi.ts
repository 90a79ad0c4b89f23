import type { Place, Task, TaskFolder } from '../../domain/task/task.ts';
import { outlookRest } from '../../wire/outlook/outlookDialects.ts';
import { decodeResponse } from '../taskApi.ts';
import type { Repeatability, SendRequest } from '../transport.ts';

type Post = { repeatability?: Repeatability; ifMatch?: string };

/** Moves, which no dialect has: ids, attachments and links are kept. Every method throws ApiError. */
export type MoveApi = {
  task: (task: Place, toFolderId: string, options?: Post) => Promise<Task>;
  folder: (folder: Place, toGroupKey: string, options?: Post) => Promise<TaskFolder>;
};

const root = '/threefold/v1';
const part = encodeURIComponent;
const mailboxOf = ({ mailbox }: Place) => (mailbox === 'me' ? root : `${root}/users/${part(mailbox)}`);

export function createMoveApi(send: SendRequest): MoveApi {
  return {
    async task(task, toFolderId, options) {
      const path = `${mailboxOf(task)}/tasks/${part(task.id)}/move`;
      const { json } = await send({ method: 'POST', path, body: { DestinationId: toFolderId }, ...options });
      return decodeResponse(() => outlookRest.task.decode(json));
    },
    async folder(folder, toGroupKey, options) {
      const path = `${mailboxOf(folder)}/taskfolders/${part(folder.id)}/move`;
      const { json } = await send({ method: 'POST', path, body: { DestinationGroupKey: toGroupKey }, ...options });
      return decodeResponse(() => outlookRest.folder.decode(json));
    },
  };
}
