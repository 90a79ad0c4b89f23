import { freeBusyStatuses } from '../../domain/task/outlookItem.ts';
import type { ContactItem, EventItem, OutlookItem, MessageItem } from '../../domain/task/outlookItem.ts';
import { importances, sensitivities } from '../../domain/task/task.ts';
import { limits } from '../../domain/limits.ts';
import { instantOf, localOf } from '../../domain/time/time.ts';
import type { ZonedTime } from '../../domain/time/time.ts';
import { resolveZoneName } from './dateTimeCodec.ts';
import type { Json, JsonObject, Spelling, ResponseView } from '../dialect.ts';
import {
  attendeeCodec,
  emailAddressCodec,
  instantCodec,
  listCodec,
  locationCodec,
  nullableCodec,
  postalAddressCodec,
  recipientCodec,
  integerCodec,
} from './itemValueCodecs.ts';
import type { ItemValueCodec } from './itemValueCodecs.ts';
import { isObject, unknownMemberError, WireError } from '../jsonReader.ts';
import type { ReadContext } from '../jsonReader.ts';
import {
  recurrenceRequestCodec,
  bodyCodec,
  nullableTextCodec,
  textCodec,
  textListCodec,
  categoriesCodec,
  limitedTextCodec,
  booleanCodec,
  enumCodec,
  zonedTimeCodec,
} from './valueCodecs.ts';
import { keysOf } from '../../domain/objectKeys.ts';

type Fields<T> = {
  readonly [M in Exclude<keyof T, 'kind'>]: { name: string; value: ItemValueCodec<T[M]>; camel?: string };
};

const importance = enumCodec(importances, 'normal');
const people = listCodec(recipientCodec);
const maybePerson = nullableCodec(recipientCodec);
const maybeAddress = nullableCodec(postalAddressCodec);
const maybeInstant = nullableCodec(instantCodec);

const message: Fields<MessageItem> = {
  subject: { name: 'Subject', value: limitedTextCodec(limits.subject) },
  body: { name: 'Body', value: bodyCodec },
  from: { name: 'From', value: maybePerson },
  sender: { name: 'Sender', value: maybePerson },
  toRecipients: { name: 'ToRecipients', value: people },
  ccRecipients: { name: 'CcRecipients', value: people },
  bccRecipients: { name: 'BccRecipients', value: people },
  replyTo: { name: 'ReplyTo', value: people },
  sentAt: { name: 'SentDateTime', value: maybeInstant },
  receivedAt: { name: 'ReceivedDateTime', value: maybeInstant },
  importance: { name: 'Importance', value: importance },
  categories: { name: 'Categories', value: categoriesCodec },
  internetMessageId: { name: 'InternetMessageId', value: nullableTextCodec },
  isRead: { name: 'IsRead', value: booleanCodec },
};

const event: Fields<EventItem> = {
  subject: { name: 'Subject', value: limitedTextCodec(limits.subject) },
  body: { name: 'Body', value: bodyCodec },
  start: { name: 'Start', value: zonedTimeCodec },
  end: { name: 'End', value: zonedTimeCodec },
  isAllDay: { name: 'IsAllDay', value: booleanCodec },
  location: { name: 'Location', value: nullableCodec(locationCodec) },
  organizer: { name: 'Organizer', value: maybePerson },
  attendees: { name: 'Attendees', value: listCodec(attendeeCodec) },
  recurrence: { name: 'Recurrence', value: recurrenceRequestCodec },
  importance: { name: 'Importance', value: importance },
  sensitivity: { name: 'Sensitivity', value: enumCodec(sensitivities, 'normal') },
  showAs: { name: 'ShowAs', value: enumCodec(freeBusyStatuses, 'busy') },
  categories: { name: 'Categories', value: categoriesCodec },
  isReminderOn: { name: 'IsReminderOn', value: booleanCodec },
  reminderMinutes: { name: 'ReminderMinutesBeforeStart', value: nullableCodec(integerCodec) },
  uid: { name: 'ICalUId', value: nullableTextCodec },
};

const contact: Fields<ContactItem> = {
  displayName: { name: 'DisplayName', value: textCodec },
  givenName: { name: 'GivenName', value: nullableTextCodec },
  middleName: { name: 'MiddleName', value: nullableTextCodec },
  surname: { name: 'Surname', value: nullableTextCodec },
  title: { name: 'Title', value: nullableTextCodec },
  generation: { name: 'Generation', value: nullableTextCodec },
  nickName: { name: 'NickName', value: nullableTextCodec },
  companyName: { name: 'CompanyName', value: nullableTextCodec },
  department: { name: 'Department', value: nullableTextCodec },
  jobTitle: { name: 'JobTitle', value: nullableTextCodec },
  emailAddresses: { name: 'EmailAddresses', value: listCodec(emailAddressCodec) },
  imAddresses: { name: 'ImAddresses', value: textListCodec },
  businessPhones: { name: 'BusinessPhones', value: textListCodec },
  homePhones: { name: 'HomePhones', value: textListCodec },
  mobilePhone: { name: 'MobilePhone1', camel: 'mobilePhone', value: nullableTextCodec },
  businessAddress: { name: 'BusinessAddress', value: maybeAddress },
  homeAddress: { name: 'HomeAddress', value: maybeAddress },
  otherAddress: { name: 'OtherAddress', value: maybeAddress },
  homePage: { name: 'BusinessHomePage', value: nullableTextCodec },
  birthday: { name: 'Birthday', value: maybeInstant },
  notes: { name: 'PersonalNotes', value: limitedTextCodec(limits.body) },
  categories: { name: 'Categories', value: categoriesCodec },
};

/**
 * Members that the types declare and an attached copy does not keep: those of the mail server, and those without a
 * counterpart in file formats. A client may attach an item just as it read it, so they are accepted and dropped.
 */
const everywhere = 'Id ChangeKey CreatedDateTime LastModifiedDateTime Attachments HasAttachments BodyPreview WebLink';
const ignored: Readonly<Record<OutlookItem['kind'], ReadonlySet<string>>> = {
  message: namesIn(
    'ConversationId ConversationIndex Flag InferenceClassification IsDeliveryReceiptRequested IsDraft ' +
      'IsReadReceiptRequested InternetMessageHeaders ParentFolderId UniqueBody MeetingMessageType UnsubscribeData ' +
      'UnsubscribeEnabled MentionsPreview Mentions',
  ),
  event: namesIn(
    'Calendar CancelledOccurrences ExceptionOccurrences HideAttendees Instances IsCancelled IsDraft IsOnlineMeeting ' +
      'IsOrganizer Locations OccurrenceId OnlineMeeting OnlineMeetingProvider OnlineMeetingUrl OriginalEndTimeZone ' +
      'OriginalStart OriginalStartTimeZone ResponseRequested ResponseStatus SeriesMasterId TransactionId Type Uid ' +
      'AllowNewTimeProposals UId',
  ),
  contact: namesIn(
    'AssistantName Children FileAs Flag Gender Initials IsFavorite Manager OfficeLocation ParentFolderId Phones Photo ' +
      'PostalAddresses Profession SpouseName Websites WeddingAnniversary YomiCompanyName YomiGivenName YomiSurname ' +
      'PrimaryEmailAddress SecondaryEmailAddress TertiaryEmailAddress',
  ),
};

function namesIn(text: string): ReadonlySet<string> {
  return new Set(`${everywhere} ${text}`.split(' '));
}

export type ItemCodec = {
  /** Reads the Item of a request or a response. Its `@odata.type` gives the kind, with or without `#`. */
  decode: (json: unknown, path: string, isRequest: boolean) => OutlookItem;
  /** Writes the item: for a response with a view; for a request without one, keeping times in their own zones. */
  encode: (item: OutlookItem, view?: ResponseView) => JsonObject;
};

/** The codec of item attachments (docs/protocol.md#attachments). */
export function itemCodec(spelling: Spelling): ItemCodec {
  return {
    decode(json, path, isRequest) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', `Cannot read the value of '${path}'.`, path);
      const kind = kindOf(json['@odata.type']);
      const given = { json, path, reading: { spelling, isRequest } };
      switch (kind) {
        case 'message':
          return { kind, ...membersFrom<MessageItem>(message, kind, given) };
        case 'event':
          return { kind, ...membersFrom<EventItem>(event, kind, given) };
        case 'contact':
          return { kind, ...membersFrom<ContactItem>(contact, kind, given) };
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
          return membersOf(view === undefined ? item : inZone(item, view), event, writing);
        case 'contact':
          return membersOf(item, contact, writing);
      }
    },
  };
}

const typeNames = { message: 'Message', event: 'Event', contact: 'Contact' } as const;

/** The event with its times in the zone of the response (docs/protocol.md#rules-for-dates). */
function inZone(event: EventItem, { zone: name = 'UTC' }: ResponseView): EventItem {
  const zone = resolveZoneName(name, 'Prefer');
  const seen = (time: ZonedTime | null) => time && { local: `${localOf(instantOf(time), zone)}0000`, zone: name };
  return { ...event, start: seen(event.start), end: seen(event.end) };
}

type ReadInput = { json: Record<string, unknown>; path: string; reading: ReadContext };

function membersFrom<T extends OutlookItem>(
  fields: Fields<T>,
  kind: OutlookItem['kind'],
  { json, path, reading }: ReadInput,
) {
  const { spelling, isRequest } = reading;
  const members = keysOf(fields);
  const known = new Set([
    ...members.map((member) => nameOf(fields[member], spelling)),
    ...[...ignored[kind]].map(spelling.member),
  ]);
  const unknown = Object.keys(json).find((name) => !name.includes('@') && !known.has(name));
  if (isRequest && unknown !== undefined) throw unknownMemberError(unknown, spelling.type(typeNames[kind]), path);
  const read = members.map((member) => {
    const name = nameOf(fields[member], spelling);
    return [member, fields[member].value.read(json[name] ?? null, `${path}.${name}`, reading)];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member was read by the codec its field names
  return Object.fromEntries(read) as Omit<T, 'kind'>;
}

function membersOf<T extends OutlookItem>(
  item: T,
  fields: Fields<T>,
  writing: { spelling: Spelling; view: ResponseView },
): JsonObject {
  const { spelling } = writing;
  const members = keysOf(fields);
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

function kindOf(type: unknown): OutlookItem['kind'] | undefined {
  const typeName = typeof type === 'string' ? type.split('.').at(-1)?.toLowerCase().replace(/^#/, '') : undefined;
  return typeName === 'message' || typeName === 'event' || typeName === 'contact' ? typeName : undefined;
}

function wrongType(type: unknown, path: string): WireError {
  const at = `${path}.@odata.type`;
  return type === undefined
    ? new WireError('ErrorRequiredPropertyMissing', `Required property '${at}' is missing.`, at)
    : new WireError('RequestBodyRead', `The value of '${at}' must name a message, an event or a contact.`, at);
}
