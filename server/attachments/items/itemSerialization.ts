import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailAddress, OutlookItem, MessageItem } from '../../../src/domain/task/outlookItem.ts';
import { weekdayOf, type Instant, dateOf } from '../../../src/domain/time/time.ts';
import { eventToICalendar } from './iCalendarEvent.ts';
import { contactToVCard } from './vCardContact.ts';

export type SerializedItem = { bytes: Uint8Array<ArrayBuffer>; type: string; extension: string };

/** Converts an item to the file format of other programs: MIME, iCalendar or vCard. */
export async function serializeItem(
  item: OutlookItem,
  made: { id: string; modified_at: Instant },
): Promise<SerializedItem> {
  switch (item.kind) {
    case 'message':
      return { bytes: await messageBytes(item, made), type: 'message/rfc822', extension: '.eml' };
    case 'event':
      return {
        bytes: Buffer.from(eventToICalendar(item, made)),
        type: 'text/calendar; charset=utf-8',
        extension: '.ics',
      };
    case 'contact':
      return { bytes: Buffer.from(contactToVCard(item)), type: 'text/vcard; charset=utf-8', extension: '.vcf' };
  }
}

async function messageBytes(
  message: MessageItem,
  { id, modified_at: modifiedAt }: { id: string; modified_at: Instant },
): Promise<Uint8Array<ArrayBuffer>> {
  const { body, importance, categories } = message;
  const composer = new MailComposer({
    from: mailAddress(message.from ?? message.sender),
    sender: mailAddress(message.sender),
    to: all(message.toRecipients),
    cc: all(message.ccRecipients),
    bcc: all(message.bccRecipients),
    replyTo: all(message.replyTo),
    subject: message.subject,
    date: mailDate(message.sentAt ?? message.receivedAt ?? modifiedAt),
    messageId: message.internetMessageId ?? `<${id}@threefold.invalid>`,
    ...(body.contentType === 'html' ? { html: body.content } : { text: body.content }),
    headers: {
      ...(importance !== 'normal' && { Importance: importance }),
      ...(categories.length > 0 && { Keywords: categories.join(', ') }),
    },
    // The text is untrusted: it must not make the service read a file or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mail = composer.compile();
  mail.keepBcc = true;
  return new Uint8Array(await mail.build());
}

function mailAddress(person: EmailAddress | null) {
  if (person === null || person.address === '') return undefined;
  const { name, address } = person;
  return { name: name === address ? '' : name, address };
}

function all(people: readonly EmailAddress[]) {
  return people.flatMap((person) => mailAddress(person) ?? []);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu, 01 Dec 2016 22:27:13 +0000` (RFC 5322 §3.3). */
function mailDate(instant: Instant): string {
  const weekday = weekdayOf(dateOf(instant, 'UTC'));
  const name = weekday.charAt(0).toUpperCase() + weekday.slice(1, 3);
  const [year, month, day] = instant.slice(0, 10).split('-');
  return `${name}, ${day} ${months[Number(month) - 1]} ${year} ${instant.slice(11, 19)} +0000`;
}
