import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../../data/account/useTimeZone.ts';
import type {
  ContactItem,
  EmailAddress,
  EventItem,
  OutlookItem,
  MessageItem,
  PostalAddress,
} from '../../../../domain/task/outlookItem.ts';
import { addDays, addMs, dateOf, instantOf, localOf } from '../../../../domain/time/time.ts';
import type { Day, ZonedTime } from '../../../../domain/time/time.ts';
import { clockLabel, dateLabel, shortDay } from '../../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';

/** A field of an item: its name and what it says; several lines where it has several values. */
export type ItemField = { label: string; lines: readonly string[] };

/** Items in words: one line for the list, and every field for whoever looks inside. */
export function useItemLabels() {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();

  const kinds: Record<OutlookItem['kind'], string> = { event: t`Event`, message: t`Message`, contact: t`Contact` };

  /** Seen from the mailbox's zone; a whole day is the day it says, wherever that was. */
  function dayIn(time: ZonedTime, isAllDay: boolean): Day {
    return isAllDay ? (time.local.slice(0, 10) as Day) : dateOf(instantOf(time), zone);
  }

  function when({ start, end, isAllDay }: EventItem): string {
    if (start === null) return '';
    const first = dayIn(start, isAllDay);
    if (isAllDay) {
      const last = end === null ? first : addDays(dayIn(end, true), -1);
      return last <= first
        ? shortDay(first, today, locale)
        : `${shortDay(first, today, locale)} – ${shortDay(last, today, locale)}`;
    }
    const from = `${shortDay(first, today, locale)} ${clockLabel(instantOf(start), zone, locale)}`;
    if (end === null || instantOf(end) === instantOf(start)) return from;
    const until = clockLabel(instantOf(end), zone, locale);
    // Midnight at its end still belongs to the day.
    const last = dateOf(addMs(instantOf(end), -1), zone);
    return last === first ? `${from}–${until}` : `${from} – ${shortDay(last, today, locale)} ${until}`;
  }

  function moment(instant: string): string {
    return `${shortDay(dateOf(instant, zone), today, locale)} ${clockLabel(instant, zone, locale)}`;
  }

  function inShort(item: OutlookItem): readonly string[] {
    const said: Record<OutlookItem['kind'], () => readonly string[]> = {
      event: () => (item.kind === 'event' ? [when(item), item.location?.displayName ?? ''] : []),
      message: () => {
        if (item.kind !== 'message') return [];
        const sent = item.sentAt ?? item.receivedAt;
        return [item.from?.address ?? '', sent === null ? '' : dateLabel(dateOf(sent, zone), today, locale)];
      },
      contact: () =>
        item.kind === 'contact'
          ? [item.companyName ?? '', item.emailAddresses[0]?.address ?? item.mobilePhone ?? '']
          : [],
    };
    return [kinds[item.kind], ...said[item.kind]()].filter((word) => word !== '');
  }

  function fieldsOfEvent(event: EventItem): readonly ItemField[] {
    const { start, end, location, organizer, attendees, categories, isReminderOn, reminderMinutes } = event;
    const isElsewhere = start !== null && !event.isAllDay && localOf(instantOf(start), zone) !== start.local;
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
      { label: t`When`, lines: [when(event), isElsewhere ? t`${there} in ${start.zone}` : ''] },
      { label: t`Repeats`, lines: [event.recurrence === null ? '' : t`Yes, as the event’s file says`] },
      { label: t`Where`, lines: [location?.displayName ?? '', ...placeLines(location?.address ?? null)] },
      { label: t`Organizer`, lines: [personIn(organizer)] },
      { label: t`People`, lines: attendees.map(personIn) },
      { label: t`Shown as`, lines: [showAs[event.showAs]] },
      { label: t`Reminder`, lines: [isReminderOn ? t`${reminderMinutes ?? 15} minutes before` : ''] },
      { label: t`Categories`, lines: [categories.join(', ')] },
    ];
  }

  function fieldsOfMessage(message: MessageItem): readonly ItemField[] {
    const sent = message.sentAt ?? message.receivedAt;
    return [
      { label: t`From`, lines: [personIn(message.from ?? message.sender)] },
      { label: t`To`, lines: message.toRecipients.map(personIn) },
      { label: t`Cc`, lines: message.ccRecipients.map(personIn) },
      { label: t`Bcc`, lines: message.bccRecipients.map(personIn) },
      { label: t`Reply to`, lines: message.replyTo.map(personIn) },
      { label: t`Sent`, lines: [sent === null ? '' : moment(sent)] },
      {
        label: t`Importance`,
        lines: [message.importance === 'high' ? t`High` : message.importance === 'low' ? t`Low` : ''],
      },
      { label: t`Categories`, lines: [message.categories.join(', ')] },
    ];
  }

  function fieldsOfContact(contact: ContactItem): readonly ItemField[] {
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
      { label: t`Work address`, lines: placeLines(contact.businessAddress) },
      { label: t`Home address`, lines: placeLines(contact.homeAddress) },
      { label: t`Other address`, lines: placeLines(contact.otherAddress) },
      { label: t`Web`, lines: [contact.homePage ?? ''] },
      {
        label: t`Birthday`,
        lines: [contact.birthday === null ? '' : dateLabel(contact.birthday.slice(0, 10) as Day, today, locale)],
      },
      { label: t`Categories`, lines: [contact.categories.join(', ')] },
    ];
  }

  /** What the item says, without the fields that say nothing. */
  function fieldsOf(item: OutlookItem): readonly ItemField[] {
    const fields =
      item.kind === 'event'
        ? fieldsOfEvent(item)
        : item.kind === 'message'
          ? fieldsOfMessage(item)
          : fieldsOfContact(item);
    return fields
      .map(({ label, lines }) => ({ label, lines: lines.filter((line) => line !== '') }))
      .filter(({ lines }) => lines.length > 0);
  }

  return { kinds, inShort, fieldsOf };
}

function personIn(person: EmailAddress | null): string {
  if (person === null) return '';
  return person.name === '' || person.name === person.address ? person.address : `${person.name} <${person.address}>`;
}

function placeLines(place: PostalAddress | null): readonly string[] {
  if (place === null) return [];
  const { street, city, state, postalCode, countryOrRegion } = place;
  return [street, [postalCode, city].filter((part) => part !== '').join(' '), state, countryOrRegion];
}
