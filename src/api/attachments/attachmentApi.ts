import type { Attachment, NewAttachment } from '../../domain/task/attachment.ts';
import type { OutlookItem } from '../../domain/task/outlookItem.ts';
import type { Place } from '../../domain/task/task.ts';
import { attachmentCodec } from '../../wire/outlook/attachmentCodec.ts';
import type { Dialect } from '../../wire/dialect.ts';
import { readPage } from '../../wire/odata/odata.ts';
import { isObject } from '../../wire/jsonReader.ts';
import { followPages } from '../pageLinks.ts';
import { decodeResponse } from '../taskApi.ts';
import type { DownloadOptions, BinaryTransfer } from './binaryTransfer.ts';
import type { Repeatability, SendRequest } from '../transport.ts';

/** Attachments of tasks. Every method throws ApiError only. */
export type AttachmentApi = {
  /** The attachments without their bytes: opening a task must not download its files. */
  attachments: (task: Place, signal?: AbortSignal) => Promise<readonly Attachment[]>;
  attachment: (task: Place, id: string) => Promise<Attachment>;
  /** Attaches in one request; `content` is the bytes of a file. For files above `inlineLimit` use `uploadFile`. */
  addAttachment: (
    task: Place,
    attachment: NewAttachment,
    options?: { content?: Blob; repeatability?: Repeatability; signal?: AbortSignal },
  ) => Promise<Attachment>;
  /** The content of an item attachment, with times in `zone`. */
  attachedItem: (task: Place, id: string, zone: string, signal?: AbortSignal) => Promise<OutlookItem>;
  removeAttachment: (task: Place, id: string) => Promise<void>;
  /** The bytes of a file, or an item in its file format (MIME, iCalendar, vCard). References have none. */
  downloadAttachment: (task: Place, id: string, options?: DownloadOptions) => Promise<Blob>;
};

/** Separate from `createTaskApi` and loaded when a task is opened, because the first screen does not need it. */
export function createAttachmentApi(dialect: Dialect, send: SendRequest, transfer: BinaryTransfer): AttachmentApi {
  const { root, paths, spelling } = dialect;
  const codec = attachmentCodec(spelling);
  const query = `$select=${labelNames(dialect).join(',')}`;

  return {
    async attachments(task, signal) {
      const rows: Attachment[] = [];
      await followPages(`${root}${paths.attachments(task)}?${query}&$top=1000`, async (path) => {
        const { json } = await send({ method: 'GET', path, ...(signal === undefined ? {} : { signal }) });
        const { value, nextLink } = decodeResponse(() => readPage(json));
        rows.push(...decodeResponse(() => value.map(codec.decode)));
        return nextLink;
      });
      return rows;
    },

    async attachment(task, id) {
      const { json } = await send({ method: 'GET', path: `${root}${paths.attachment(task, id)}?${query}` });
      return decodeResponse(() => codec.decode(json));
    },

    async addAttachment(task, attachment, { content, repeatability, signal } = {}) {
      const body = codec.encodeNew(attachment, content === undefined ? '' : await base64Of(content));
      const { json } = await send({
        method: 'POST',
        path: root + paths.attachments(task),
        body,
        ...(repeatability === undefined ? {} : { repeatability }),
        ...(signal === undefined ? {} : { signal }),
      });
      return decodeResponse(() => codec.decode(json));
    },

    async attachedItem(task, id, zone, signal) {
      const expand = `$expand=${spelling.type('ItemAttachment')}/${spelling.member('Item')}`;
      const path = `${root}${paths.attachment(task, id)}?${expand}`;
      const { json } = await send({ method: 'GET', path, zone, ...(signal === undefined ? {} : { signal }) });
      const member = spelling.member('Item');
      return decodeResponse(() => codec.item.decode(isObject(json) ? json[member] : undefined, member, false));
    },

    async removeAttachment(task, id) {
      await send({ method: 'DELETE', path: root + paths.attachment(task, id) });
    },

    downloadAttachment: (task, id, options) =>
      transfer.download(`${root}${paths.attachment(task, id)}/$value`, options),
  };
}

/** All members except the content. Those of one type are qualified by its name, as strict servers require. */
function labelNames({ spelling: { member, type } }: Dialect): readonly string[] {
  const common = ['Id', 'LastModifiedDateTime', 'Name', 'ContentType', 'Size', 'IsInline'];
  const ofFile = ['ContentId', 'ContentLocation'];
  const ofLink = ['SourceUrl', 'ProviderType', 'ThumbnailUrl', 'PreviewUrl', 'Permission', 'IsFolder'];
  return [
    ...common.map(member),
    ...ofFile.map((name) => `${type('FileAttachment')}/${member(name)}`),
    ...ofLink.map((name) => `${type('ReferenceAttachment')}/${member(name)}`),
  ];
}

async function base64Of(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  // A multiple of three, so that the encoded pieces concatenate; and no more arguments than every browser accepts.
  const step = 3 * 8_192;
  let text = '';
  for (let at = 0; at < bytes.length; at += step) text += btoa(String.fromCharCode(...bytes.subarray(at, at + step)));
  return text;
}
