import { useLingui } from '@lingui/react/macro';
import type {
  ContactItem,
  EmailAddress,
  EventItem,
  MessageItem,
  OutlookItem,
  PostalAddress,
} from '../../../../domain/task/outlookItem.ts';
import { instantOf, localOf, toDay } from '../../../../domain/time/time.ts';
import { useItemTimeLabels } from './itemTimeLabels.ts';

/** A field of an item: its label and its values, one a line. */
export type ItemField = { label: string; lines: readonly string[] };

/** The labelled fields of an item, without those that are empty. */
export function useItemFields(): (item: OutlookItem) => readonly ItemField[] {
  const eventFields = useEventFields();
  const messageFields = useMessageFields();
  const contactFields = useContactFields();
  return (item) => {
    const fields =
      item.kind === 'event' ? eventFields(item) : item.kind === 'message' ? messageFields(item) : contactFields(item);
    return fields
      .map(({ label, lines }) => ({ label, lines: lines.filter((line) => line !== '') }))
      .filter(({ lines }) => lines.length > 0);
  };
}

function useEventFields(): (event: EventItem) => readonly ItemField[] {
  const { t } = useLingui();
  const { zone, eventTime } = useItemTimeLabels();
  return (event) => {
    const { start, end, location, organizer, attendees, categories, isReminderOn, reminderMinutes } = event;
    const isInOtherZone = start !== null && !event.isAllDay && localOf(instantOf(start), zone) !== start.local;
    const there =
      start === null ? '' : `${start.local.slice(11, 16)}${end === null ? '' : `–${end.local.slice(11, 16)}`}`;
    const showAs: Record<EventItem['showAs'], string> = {
      unknown: '',
      free: t`Free`,
      tentative: t`Tentative`,
      busy: '',
      oof: t`Away`,
      workingElsewhere: t`Working elsewhere`,
    };
    return [
      { label: t`When`, lines: [eventTime(event), isInOtherZone ? t`${there} in ${start.zone}` : ''] },
      { label: t`Repeats`, lines: [event.recurrence === null ? '' : t`Yes, as the event’s file says`] },
      { label: t`Where`, lines: [location?.displayName ?? '', ...addressLines(location?.address ?? null)] },
      { label: t`Organizer`, lines: [personLabel(organizer)] },
      { label: t`People`, lines: attendees.map(personLabel) },
      { label: t`Shown as`, lines: [showAs[event.showAs]] },
      { label: t`Reminder`, lines: [isReminderOn ? t`${reminderMinutes ?? 15} minutes before` : ''] },
      { label: t`Categories`, lines: [categories.join(', ')] },
    ];
  };
}

function useMessageFields(): (message: MessageItem) => readonly ItemField[] {
  const { t } = useLingui();
  const { moment } = useItemTimeLabels();
  return (message) => {
    const sent = message.sentAt ?? message.receivedAt;
    return [
      { label: t`From`, lines: [personLabel(message.from ?? message.sender)] },
      { label: t`To`, lines: message.toRecipients.map(personLabel) },
      { label: t`Cc`, lines: message.ccRecipients.map(personLabel) },
      { label: t`Bcc`, lines: message.bccRecipients.map(personLabel) },
      { label: t`Reply to`, lines: message.replyTo.map(personLabel) },
      { label: t`Sent`, lines: [sent === null ? '' : moment(sent)] },
      {
        label: t`Importance`,
        lines: [message.importance === 'high' ? t`High` : message.importance === 'low' ? t`Low` : ''],
      },
      { label: t`Categories`, lines: [message.categories.join(', ')] },
    ];
  };
}

function useContactFields(): (contact: ContactItem) => readonly ItemField[] {
  const { t } = useLingui();
  const { day } = useItemTimeLabels();
  return (contact) => {
    const names = [contact.title, contact.givenName, contact.middleName, contact.surname, contact.generation];
    return [
      { label: t`Name`, lines: [names.filter((name) => name !== null).join(' ')] },
      { label: t`Nickname`, lines: [contact.nickName ?? ''] },
      { label: t`Company`, lines: [contact.companyName ?? '', contact.department ?? ''] },
      { label: t`Job`, lines: [contact.jobTitle ?? ''] },
      { label: t`Mail`, lines: contact.emailAddresses.map(({ address }) => address) },
      { label: t`Mobile`, lines: [contact.mobilePhone ?? ''] },
      { label: t`Work phone`, lines: contact.businessPhones },
      { label: t`Home phone`, lines: contact.homePhones },
      { label: t`Messaging`, lines: contact.imAddresses },
      { label: t`Work address`, lines: addressLines(contact.businessAddress) },
      { label: t`Home address`, lines: addressLines(contact.homeAddress) },
      { label: t`Other address`, lines: addressLines(contact.otherAddress) },
      { label: t`Web`, lines: [contact.homePage ?? ''] },
      {
        label: t`Birthday`,
        lines: [contact.birthday === null ? '' : day(toDay(contact.birthday))],
      },
      { label: t`Categories`, lines: [contact.categories.join(', ')] },
    ];
  };
}

function personLabel(person: EmailAddress | null): string {
  if (person === null) return '';
  return person.name === '' || person.name === person.address ? person.address : `${person.name} <${person.address}>`;
}

function addressLines(address: PostalAddress | null): readonly string[] {
  if (address === null) return [];
  const { street, city, state, postalCode, countryOrRegion } = address;
  return [street, [postalCode, city].filter((part) => part !== '').join(' '), state, countryOrRegion];
}
