import { freeBusyWords } from '../../domain/task/outlookItem.ts';
import type { Contact, Event, Item, Message } from '../../domain/task/outlookItem.ts';
import { importances, sensitivities } from '../../domain/task/task.ts';
import { instantOf, localOf } from '../../domain/time/time.ts';
import type { ZonedTime } from '../../domain/time/time.ts';
import { zoneNamed } from './dateTimeCodec.ts';
import type { Json, JsonObject, Spelling, View } from '../dialect.ts';
import {
  attendee,
  emailAddress,
  instant,
  listOf,
  location,
  orNull,
  postalAddress,
  recipient,
  wholeNumber,
} from './itemValueCodecs.ts';
import type { Shape } from './itemValueCodecs.ts';
import { isObject, unknownMember, WireError } from '../jsonReader.ts';
import type { Reading } from '../jsonReader.ts';
import {
  askedRecurrence,
  itemBody,
  nullableText,
  plainText,
  textList,
  truth,
  wordIn,
  zonedTime,
} from './valueCodecs.ts';

type Fields<T> = { readonly [M in Exclude<keyof T, 'kind'>]: { name: string; value: Shape<T[M]>; camel?: string } };

const importance = wordIn(importances, 'normal');
const people = listOf(recipient);
const maybePerson = orNull(recipient);
const maybeAddress = orNull(postalAddress);
const maybeInstant = orNull(instant);

const message: Fields<Message> = {
  subject: { name: 'Subject', value: plainText },
  body: { name: 'Body', value: itemBody },
  from: { name: 'From', value: maybePerson },
  sender: { name: 'Sender', value: maybePerson },
  toRecipients: { name: 'ToRecipients', value: people },
  ccRecipients: { name: 'CcRecipients', value: people },
  bccRecipients: { name: 'BccRecipients', value: people },
  replyTo: { name: 'ReplyTo', value: people },
  sentAt: { name: 'SentDateTime', value: maybeInstant },
  receivedAt: { name: 'ReceivedDateTime', value: maybeInstant },
  importance: { name: 'Importance', value: importance },
  categories: { name: 'Categories', value: textList },
  internetMessageId: { name: 'InternetMessageId', value: nullableText },
  isRead: { name: 'IsRead', value: truth },
};

const event: Fields<Event> = {
  subject: { name: 'Subject', value: plainText },
  body: { name: 'Body', value: itemBody },
  start: { name: 'Start', value: zonedTime },
  end: { name: 'End', value: zonedTime },
  isAllDay: { name: 'IsAllDay', value: truth },
  location: { name: 'Location', value: orNull(location) },
  organizer: { name: 'Organizer', value: maybePerson },
  attendees: { name: 'Attendees', value: listOf(attendee) },
  recurrence: { name: 'Recurrence', value: askedRecurrence },
  importance: { name: 'Importance', value: importance },
  sensitivity: { name: 'Sensitivity', value: wordIn(sensitivities, 'normal') },
  showAs: { name: 'ShowAs', value: wordIn(freeBusyWords, 'busy') },
  categories: { name: 'Categories', value: textList },
  isReminderOn: { name: 'IsReminderOn', value: truth },
  reminderMinutes: { name: 'ReminderMinutesBeforeStart', value: orNull(wholeNumber) },
  uid: { name: 'ICalUId', value: nullableText },
};

const contact: Fields<Contact> = {
  displayName: { name: 'DisplayName', value: plainText },
  givenName: { name: 'GivenName', value: nullableText },
  middleName: { name: 'MiddleName', value: nullableText },
  surname: { name: 'Surname', value: nullableText },
  title: { name: 'Title', value: nullableText },
  generation: { name: 'Generation', value: nullableText },
  nickName: { name: 'NickName', value: nullableText },
  companyName: { name: 'CompanyName', value: nullableText },
  department: { name: 'Department', value: nullableText },
  jobTitle: { name: 'JobTitle', value: nullableText },
  emailAddresses: { name: 'EmailAddresses', value: listOf(emailAddress) },
  imAddresses: { name: 'ImAddresses', value: textList },
  businessPhones: { name: 'BusinessPhones', value: textList },
  homePhones: { name: 'HomePhones', value: textList },
  mobilePhone: { name: 'MobilePhone1', camel: 'mobilePhone', value: nullableText },
  businessAddress: { name: 'BusinessAddress', value: maybeAddress },
  homeAddress: { name: 'HomeAddress', value: maybeAddress },
  otherAddress: { name: 'OtherAddress', value: maybeAddress },
  homePage: { name: 'BusinessHomePage', value: nullableText },
  birthday: { name: 'Birthday', value: maybeInstant },
  notes: { name: 'PersonalNotes', value: plainText },
  categories: { name: 'Categories', value: textList },
};

/**
 * Members that the types declare and a copy does not keep: the mail server's own, and what no file format of an item can
 * say. A client may attach an item just as it read it, so they are taken and left out.
 */
const everywhere = 'Id ChangeKey CreatedDateTime LastModifiedDateTime Attachments HasAttachments BodyPreview WebLink';
const ignored: Readonly<Record<Item['kind'], ReadonlySet<string>>> = {
  message: words(
    'ConversationId ConversationIndex Flag InferenceClassification IsDeliveryReceiptRequested IsDraft ' +
      'IsReadReceiptRequested InternetMessageHeaders ParentFolderId UniqueBody MeetingMessageType UnsubscribeData ' +
      'UnsubscribeEnabled MentionsPreview Mentions',
  ),
  event: words(
    'Calendar CancelledOccurrences ExceptionOccurrences HideAttendees Instances IsCancelled IsDraft IsOnlineMeeting ' +
      'IsOrganizer Locations OccurrenceId OnlineMeeting OnlineMeetingProvider OnlineMeetingUrl OriginalEndTimeZone ' +
      'OriginalStart OriginalStartTimeZone ResponseRequested ResponseStatus SeriesMasterId TransactionId Type Uid ' +
      'AllowNewTimeProposals UId',
  ),
  contact: words(
    'AssistantName Children FileAs Flag Gender Initials IsFavorite Manager OfficeLocation ParentFolderId Phones Photo ' +
      'PostalAddresses Profession SpouseName Websites WeddingAnniversary YomiCompanyName YomiGivenName YomiSurname ' +
      'PrimaryEmailAddress SecondaryEmailAddress TertiaryEmailAddress',
  ),
};

function words(text: string): ReadonlySet<string> {
  return new Set(`${everywhere} ${text}`.split(' '));
}

export type ItemCodec = {
  /** The Item of a request or an answer. Its `@odata.type` says which kind it is, with or without `#`. */
  decode: (json: unknown, path: string, isRequest: boolean) => Item;
  /** The item for an answer; for a request, without a view, which keeps times in the zones they were said in. */
  encode: (item: Item, view?: View) => JsonObject;
};

/** The content of an item attachment, both ways (docs/protocol.md#attachments). */
export function itemCodec(spelling: Spelling): ItemCodec {
  return {
    decode(json, path, isRequest) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', `Cannot read the value of '${path}'.`, path);
      const kind = kindOf(json['@odata.type']);
      const given = { json, path, reading: { spelling, isRequest } };
      switch (kind) {
        case 'message':
          return { kind, ...membersFrom<Message>(message, kind, given) };
        case 'event':
          return { kind, ...membersFrom<Event>(event, kind, given) };
        case 'contact':
          return { kind, ...membersFrom<Contact>(contact, kind, given) };
        case undefined:
          throw wrongType(json['@odata.type'], path);
      }
    },
    encode(item, view) {
      const writing = { spelling, view: view ?? {} };
      switch (item.kind) {
        case 'message':
          return membersOf(item, message, writing);
        case 'event':
          return membersOf(view === undefined ? item : seenFrom(item, view), event, writing);
        case 'contact':
          return membersOf(item, contact, writing);
      }
    },
  };
}

const typeNames = { message: 'Message', event: 'Event', contact: 'Contact' } as const;

/** An event whose times are in the zone of an answer (docs/protocol.md#rules-for-dates). */
function seenFrom(event: Event, { zone: name = 'UTC' }: View): Event {
  const zone = zoneNamed(name, 'Prefer');
  const seen = (time: ZonedTime | null) => time && { local: `${localOf(instantOf(time), zone)}0000`, zone: name };
  return { ...event, start: seen(event.start), end: seen(event.end) };
}

type Given = { json: Record<string, unknown>; path: string; reading: Reading };

function membersFrom<T extends Item>(fields: Fields<T>, kind: Item['kind'], { json, path, reading }: Given) {
  const { spelling, isRequest } = reading;
  const members = Object.keys(fields) as (keyof Fields<T>)[];
  const known = new Set([
    ...members.map((member) => nameOf(fields[member], spelling)),
    ...[...ignored[kind]].map(spelling.member),
  ]);
  const stranger = Object.keys(json).find((name) => !name.includes('@') && !known.has(name));
  if (isRequest && stranger !== undefined) throw unknownMember(stranger, spelling.type(typeNames[kind]), path);
  const read = members.map((member) => {
    const name = nameOf(fields[member], spelling);
    return [member, fields[member].value.read(json[name] ?? null, `${path}.${name}`, reading)];
  });
  return Object.fromEntries(read) as Omit<T, 'kind'>;
}

function membersOf<T extends Item>(
  item: T,
  fields: Fields<T>,
  writing: { spelling: Spelling; view: View },
): JsonObject {
  const { spelling } = writing;
  const members = Object.keys(fields) as (keyof Fields<T>)[];
  const json = members.map((member): [string, Json] => {
    const field = fields[member];
    return [nameOf(field, spelling), field.value.write(item[member], writing)];
  });
  return { '@odata.type': `#${spelling.type(typeNames[item.kind])}`, ...Object.fromEntries(json) };
}

function nameOf({ name, camel }: { name: string; camel?: string }, spelling: Spelling): string {
  const isCamel = spelling.member('A') === 'a';
  return isCamel ? (camel ?? spelling.member(name)) : name;
}

function kindOf(type: unknown): Item['kind'] | undefined {
  const word = typeof type === 'string' ? type.split('.').at(-1)?.toLowerCase().replace(/^#/, '') : undefined;
  return word === 'message' || word === 'event' || word === 'contact' ? word : undefined;
}

function wrongType(type: unknown, path: string): WireError {
  const at = `${path}.@odata.type`;
  return type === undefined
    ? new WireError('ErrorRequiredPropertyMissing', `Required property '${at}' is missing.`, at)
    : new WireError('RequestBodyRead', `The value of '${at}' must name a message, an event or a contact.`, at);
}
