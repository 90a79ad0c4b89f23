import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { startService, type Service } from '../testing/testService.ts';
import { attachmentBytesOf } from './attachmentStore.ts';
import { annId } from '../testing/testService.ts';

const mailboxBytes = 40 * 1024 * 1024;
let service: Service;
let place: string;
beforeEach(async () => {
  service = await startService({ mailboxBytes });
  const task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
  place = `/me/tasks('${task}')/attachments`;
});
afterEach(() => service.close());

const ofSize = (size: number) =>
  `{"@odata.type":"#x.FileAttachment","Name":"large","ContentBytes":"${Buffer.alloc(size, 7).toString('base64')}"}`;
const quiet = { Prefer: 'return=minimal' };
const held = () => attachmentBytesOf(service.database.db, annId);

describe('size limits', () => {
  test('a file may have 25 MB and not a byte more', async () => {
    const made = await service.send('POST', place, ofSize(maxFileSize), quiet);
    expect(made.status).toBe(204);
    const label = (await service.send('GET', `${place}?$select=Size`)).body['value']?.[0];
    expect(label).toMatchObject({ Size: maxFileSize });
    const refused = await service.send('POST', place, ofSize(maxFileSize + 1), quiet);
    expect([refused.status, refused.body['error']]).toMatchObject([413, { code: 'ErrorAttachmentSizeLimitExceeded' }]);
    expect(await held()).toBe(maxFileSize);
    expect(await service.database.db.selectFrom('attachment_uploads').selectAll().execute()).toEqual([]);
  });

  test('an impossible Content-Length is rejected before the body is read', async () => {
    const headers = { ...quiet, 'Content-Length': String(40 * 1024 * 1024) };
    expect((await service.send('POST', place, '{}', headers)).status).toBe(413);
  });

  test('everything except the content must be small', async () => {
    const body = { '@odata.type': 'FileAttachment', Name: 'x'.repeat(5 * 1024 * 1024), ContentBytes: '' };
    expect((await service.send('POST', place, body)).body['error']).toMatchObject({ code: 'ErrorMessageSizeExceeded' });
  });

  test('the mailbox has a quota, and uploads count from their start', async () => {
    await service.send('POST', place, ofSize(15 * 1024 * 1024), quiet);
    const begin = (size: number) =>
      service.send('POST', `${place}/createUploadSession`, {
        AttachmentItem: { AttachmentType: 'file', Name: 'a', Size: size },
      });
    expect((await begin(20 * 1024 * 1024)).status).toBe(201);
    const full = await service.send('POST', place, ofSize(6 * 1024 * 1024), quiet);
    expect([full.status, full.body['error']]).toMatchObject([413, { code: 'ErrorAttachmentSizeLimitExceeded' }]);
    expect((await begin(6 * 1024 * 1024)).status).toBe(413);
    expect((await service.send('POST', place, ofSize(5 * 1024 * 1024), quiet)).status).toBe(204);
    expect(await held()).toBe(mailboxBytes);
  });
});
