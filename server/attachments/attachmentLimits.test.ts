import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { startService, type Service } from '../testing/testService.ts';
let service: Service;
let place: string;
beforeEach(async () => {
  service = await startService();
  const task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
  place = `/me/tasks('${task}')/attachments`;
});
afterEach(() => service.close());

const ofSize = (size: number) =>
  `{"@odata.type":"#x.FileAttachment","Name":"large","ContentBytes":"${Buffer.alloc(size, 7).toString('base64')}"}`;
const quiet = { Prefer: 'return=minimal' };
const held = async () => {
  const rows = await service.database.db.selectFrom('attachment_contents').select('size').execute();
  return rows.reduce((sum, { size }) => sum + size, 0);
};

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
});
