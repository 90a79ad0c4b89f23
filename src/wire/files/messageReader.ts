import PostalMime from 'postal-mime';
import type { Address, Email } from 'postal-mime';
import type { EmailAddress, MessageItem } from '../../domain/task/outlookItem.ts';
import type { Importance } from '../../domain/task/task.ts';
import { parseDateTime } from '../../domain/time/time.ts';
import type { ItemFileResult } from './itemReader.ts';

/** The message of a MIME file (RFC 5322), if an item can hold everything in it: no attached files and no signature. */
export async function readMessage(bytes: Blob): Promise<ItemFileResult> {
  let email: Email;
  try {
    email = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  } catch {
    return { kind: 'unreadable' };
  }
  const { from, to, subject, headers, attachments, html, text } = email;
  // Any text parses as a message of one paragraph.
  if (headers.length === 0 || (from === undefined && to === undefined && subject === undefined)) {
    return { kind: 'unreadable' };
  }
  const isSealed = /multipart\/(?:signed|encrypted)|pkcs7/i.test(headerOf(email, 'content-type'));
  if (attachments.length > 0 || isSealed) return { kind: 'holdsMore' };
  // A date that nobody can read would be lost.
  if (email.date !== undefined && parseDateTime(email.date)?.instant === undefined) return { kind: 'holdsMore' };
  const date = email.date === undefined ? undefined : parseDateTime(email.date)?.instant;
  const message: MessageItem = {
    kind: 'message',
    subject: subject ?? '',
    body:
      html === undefined || html === ''
        ? { contentType: 'text', content: text ?? '' }
        : { contentType: 'html', content: html },
    from: addressOf(from),
    sender: addressOf(email.sender),
    toRecipients: all(to),
    ccRecipients: all(email.cc),
    bccRecipients: all(email.bcc),
    replyTo: all(email.replyTo),
    sentAt: date ?? null,
    receivedAt: null,
    importance: importanceOf(email),
    categories: headerOf(email, 'keywords')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    internetMessageId: email.messageId ?? null,
    isRead: true,
  };
  return { kind: 'items', items: [message] };
}

function headerOf({ headers }: Email, key: string): string {
  return headers.find((header) => header.key === key)?.value ?? '';
}

function all(addresses: readonly Address[] = []): readonly EmailAddress[] {
  return addresses
    .flatMap((address) => address.group ?? [address])
    .map(({ name, address }) => ({ name: name === '' ? address : name, address }));
}

function addressOf(address: Address | undefined): EmailAddress | null {
  return address === undefined ? null : (all([address])[0] ?? null);
}

function importanceOf(email: Email): Importance {
  const importance = headerOf(email, 'importance').trim().toLowerCase();
  if (importance === 'high' || importance === 'low') return importance;
  const priority = Number.parseInt(headerOf(email, 'x-priority'), 10);
  return priority <= 2 ? 'high' : priority >= 4 ? 'low' : 'normal';
}
