import { expect, it } from 'vitest';
import { attachmentInputsOfFile } from './itemFileDrafts.ts';

const message = (headers: string) =>
  new File([`From: ann@example.com\r\n${headers}\r\nContent-Type: text/plain\r\n\r\nHello\r\n`], 'note.eml');

it('a message is attached as an item when the service takes all of it, else as the file', async () => {
  const short = await attachmentInputsOfFile(message('To: bob@example.com\r\nSubject: Hello'), 'UTC');
  expect(short).toMatchObject({ keptAsFile: null, drafts: [{ kind: 'item', name: 'Hello' }] });
  const subject = await attachmentInputsOfFile(message(`To: bob@example.com\r\nSubject: ${'a'.repeat(300)}`), 'UTC');
  expect(subject).toMatchObject({ keptAsFile: 'holdsMore', drafts: [{ kind: 'file', name: 'note.eml' }] });
  const many = Array.from({ length: 501 }, (_, at) => `p${at}@example.com`).join(', ');
  const recipients = await attachmentInputsOfFile(message(`To: ${many}\r\nSubject: Hello`), 'UTC');
  expect(recipients).toMatchObject({ keptAsFile: 'holdsMore' });
});
