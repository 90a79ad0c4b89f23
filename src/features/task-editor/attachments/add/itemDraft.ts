import * as v from 'valibot';
import { isDay, midnightOf, addDays, instantOf, zonedDay } from '../../../../domain/time/time.ts';
import type {
  ContactItem,
  EmailAddress,
  EventItem,
  OutlookItem,
  MessageItem,
} from '../../../../domain/task/outlookItem.ts';
import type { Day, ZonedTime } from '../../../../domain/time/time.ts';

/** The fields of the form for a new item; days as `2027-03-17`, times as `14:30`. */
export type ItemDraft = {
  kind: OutlookItem['kind'];
  title: string;
  text: string;
  day: Day | null;
  from: string;
  until: string;
  isAllDay: boolean;
  place: string;
  people: string;
  sender: string;
  mail: string;
  phone: string;
  company: string;
};

const textOr = (fallback: string) => v.fallback(v.string(), fallback);
const isStoredDay = (value: unknown) => typeof value === 'string' && isDay(value);

/** Drafts of other versions of the app may lack a field, hold something else in it, or have more. */
const draftSchema = v.looseObject({
  kind: v.fallback(v.picklist(['event', 'message', 'contact']), 'event'),
  title: textOr(''),
  text: textOr(''),
  day: v.fallback(v.nullable(v.custom<Day>(isStoredDay)), null),
  from: textOr('09:00'),
  until: textOr('10:00'),
  isAllDay: v.fallback(v.boolean(), false),
  place: textOr(''),
  people: textOr(''),
  sender: textOr(''),
  mail: textOr(''),
  phone: textOr(''),
  company: textOr(''),
});

/** The draft as it was stored; an empty field for each that cannot be read. */
export function parseItemDraft(text: string | undefined): ItemDraft {
  return v.parse(v.fallback(draftSchema, v.parse(draftSchema, {})), jsonOf(text ?? '{}'));
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Not a draft of this form.
    return undefined;
  }
}

export type ItemDraftProblem = 'title' | 'day' | 'time' | 'order';

/** The first reason why the draft cannot be attached; null when it can. */
export function itemDraftProblem(fields: ItemDraft, zone: string): ItemDraftProblem | null {
  if (fields.title.trim() === '') return 'title';
  if (fields.kind !== 'event') return null;
  if (fields.day === null || !isDay(fields.day)) return 'day';
  // An incomplete time is empty.
  if (!fields.isAllDay && (fields.from === '' || fields.until === '')) return 'time';
  const { start, end } = timesOf(fields, fields.day, zone);
  return instantOf(end) < instantOf(start) ? 'order' : null;
}

/** The item that a draft without problems describes. */
export function itemFromDraft(fields: ItemDraft, zone: string, today: Day): OutlookItem {
  switch (fields.kind) {
    case 'event':
      return eventOf(fields, zone, today);
    case 'message':
      return messageOf(fields, zone);
    case 'contact':
      return contactOf(fields);
  }
}

function timesOf({ isAllDay, from, until }: ItemDraft, day: Day, zone: string): { start: ZonedTime; end: ZonedTime } {
  if (isAllDay) return { start: zonedDay(day, zone), end: zonedDay(addDays(day, 1), zone) };
  return { start: { local: `${day}T${from}:00.000`, zone }, end: { local: `${day}T${until}:00.000`, zone } };
}

function eventOf(fields: ItemDraft, zone: string, today: Day): EventItem {
  const { title, text, place, people, isAllDay } = fields;
  return {
    kind: 'event',
    subject: title.trim(),
    body: { contentType: 'text', content: text },
    ...timesOf(fields, fields.day ?? today, zone),
    isAllDay,
    location: place.trim() === '' ? null : { displayName: place.trim(), address: null },
    organizer: null,
    attendees: addressesIn(people).map((person) => ({ ...person, type: 'required' })),
    recurrence: null,
    importance: 'normal',
    sensitivity: 'normal',
    showAs: 'busy',
    categories: [],
    isReminderOn: false,
    reminderMinutes: null,
    uid: null,
  };
}

function messageOf({ title, text, sender, people, day }: ItemDraft, zone: string): MessageItem {
  const [from = null] = addressesIn(sender);
  return {
    kind: 'message',
    subject: title.trim(),
    body: { contentType: 'text', content: text },
    from,
    sender: from,
    toRecipients: addressesIn(people),
    ccRecipients: [],
    bccRecipients: [],
    replyTo: [],
    sentAt: day === null ? null : midnightOf(zonedDay(day, zone)),
    receivedAt: null,
    importance: 'normal',
    categories: [],
    internetMessageId: null,
    isRead: true,
  };
}

function contactOf({ title, text, mail, phone, company }: ItemDraft): ContactItem {
  const nothing = { title: null, middleName: null, generation: null, nickName: null, department: null, jobTitle: null };
  const names = title.trim().split(/\s+/);
  return {
    kind: 'contact',
    ...nothing,
    displayName: title.trim(),
    givenName: names.length > 1 ? names.slice(0, -1).join(' ') : null,
    surname: names.at(-1) ?? null,
    companyName: company.trim() || null,
    emailAddresses: addressesIn(mail),
    imAddresses: [],
    businessPhones: [],
    homePhones: [],
    mobilePhone: phone.trim() || null,
    businessAddress: null,
    homeAddress: null,
    otherAddress: null,
    homePage: null,
    birthday: null,
    notes: text,
    categories: [],
  };
}

/** Parses `Ada <ada@example.com>, bob@example.com`. Text without an address is kept as a name. */
function addressesIn(text: string): readonly EmailAddress[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, name, address] = /^([^<>]*)<([^<>]+)>$/.exec(part) ?? [undefined, part, part];
      return { name: (name ?? '').trim() || (address ?? part), address: address ?? part };
    });
}
