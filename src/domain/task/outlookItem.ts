import type { TaskBody, Importance, RecurrenceRequest, Sensitivity } from './task.ts';
import type { Instant, ZonedTime } from '../time/time.ts';

/**
 * The content of an item attachment (docs/protocol.md#attachments): the parts of a message, event or contact that its
 * file formats can express.
 */
export type OutlookItem = MessageItem | EventItem | ContactItem;

export type EmailAddress = { name: string; address: string };

export type PostalAddress = {
  street: string;
  city: string;
  state: string;
  countryOrRegion: string;
  postalCode: string;
};

export type ItemLocation = { displayName: string; address: PostalAddress | null };

export const attendeeTypes = ['required', 'optional', 'resource'] as const;
export type Attendee = EmailAddress & { type: (typeof attendeeTypes)[number] };

export const freeBusyStatuses = ['unknown', 'free', 'tentative', 'busy', 'oof', 'workingElsewhere'] as const;

export type MessageItem = {
  kind: 'message';
  subject: string;
  body: TaskBody;
  from: EmailAddress | null;
  sender: EmailAddress | null;
  toRecipients: readonly EmailAddress[];
  ccRecipients: readonly EmailAddress[];
  bccRecipients: readonly EmailAddress[];
  replyTo: readonly EmailAddress[];
  sentAt: Instant | null;
  receivedAt: Instant | null;
  importance: Importance;
  categories: readonly string[];
  internetMessageId: string | null;
  isRead: boolean;
};

export type EventItem = {
  kind: 'event';
  subject: string;
  body: TaskBody;
  start: ZonedTime | null;
  end: ZonedTime | null;
  isAllDay: boolean;
  location: ItemLocation | null;
  organizer: EmailAddress | null;
  attendees: readonly Attendee[];
  recurrence: RecurrenceRequest | null;
  importance: Importance;
  sensitivity: Sensitivity;
  showAs: (typeof freeBusyStatuses)[number];
  categories: readonly string[];
  isReminderOn: boolean;
  reminderMinutes: number | null;
  uid: string | null;
};

export type ContactItem = {
  kind: 'contact';
  displayName: string;
  givenName: string | null;
  middleName: string | null;
  surname: string | null;
  title: string | null;
  generation: string | null;
  nickName: string | null;
  companyName: string | null;
  department: string | null;
  jobTitle: string | null;
  emailAddresses: readonly EmailAddress[];
  imAddresses: readonly string[];
  businessPhones: readonly string[];
  homePhones: readonly string[];
  mobilePhone: string | null;
  businessAddress: PostalAddress | null;
  homeAddress: PostalAddress | null;
  otherAddress: PostalAddress | null;
  homePage: string | null;
  birthday: Instant | null;
  notes: string;
  categories: readonly string[];
};
