import { expect, test } from 'vitest';
import { toDay } from '../../../../domain/time/time.ts';
import { parseItemDraft, itemFromDraft, itemDraftProblem, type ItemDraft } from './itemDraft.ts';

const zone = 'Europe/Paris';
const today = toDay('2027-03-16');
const form: ItemDraft = {
  kind: 'event',
  title: 'Showroom visit',
  text: 'Bring the plan',
  day: toDay('2027-03-17'),
  from: '10:00',
  until: '11:00',
  isAllDay: false,
  place: 'Mill Lane 4',
  people: 'Ada <ada@example.com>, bob@example.com',
  sender: '',
  mail: '',
  phone: '',
  company: '',
};

test('an event has its times in the mailbox’s zone, and its attendees', () => {
  expect(itemFromDraft(form, zone, today)).toMatchObject({
    kind: 'event',
    subject: 'Showroom visit',
    start: { local: '2027-03-17T10:00:00.000', zone },
    end: { local: '2027-03-17T11:00:00.000', zone },
    location: { displayName: 'Mill Lane 4' },
    attendees: [
      { name: 'Ada', address: 'ada@example.com', type: 'required' },
      { name: 'bob@example.com', address: 'bob@example.com', type: 'required' },
    ],
  });
  expect(itemFromDraft({ ...form, isAllDay: true }, zone, today)).toMatchObject({
    start: { local: '2027-03-17T00:00:00.000' },
    end: { local: '2027-03-18T00:00:00.000' },
  });
});

test.each([
  [{ title: ' ' }, 'title'],
  [{ day: null }, 'day'],
  [{ from: '' }, 'time'],
  [{ until: '09:00' }, 'order'],
  [{ until: '09:00', isAllDay: true }, null],
  [{ kind: 'contact', day: null }, null],
] as const)('a draft with %j has the problem %s', (change, problem) => {
  expect(itemDraftProblem({ ...form, ...change }, zone)).toBe(problem);
});

test('the last word of a contact’s name is the surname; a message is sent on its day', () => {
  expect(
    itemFromDraft({ ...form, kind: 'contact', title: 'Ada King Lovelace', phone: '3' }, zone, today),
  ).toMatchObject({
    displayName: 'Ada King Lovelace',
    givenName: 'Ada King',
    surname: 'Lovelace',
    mobilePhone: '3',
  });
  expect(itemFromDraft({ ...form, kind: 'message', sender: 'a@example.com' }, zone, today)).toMatchObject({
    from: { address: 'a@example.com' },
    sentAt: '2027-03-16T23:00:00.000Z',
    toRecipients: [{ name: 'Ada' }, {}],
  });
});

test('a stored draft opens with every field that can be read, whichever version wrote it', () => {
  const empty = parseItemDraft(undefined);
  expect(empty).toMatchObject({ kind: 'event', title: '', day: null, from: '09:00' });
  expect(parseItemDraft('{"title":"Lunch","day":"soon","isAllDay":"no"}')).toEqual({ ...empty, title: 'Lunch' });
  expect(parseItemDraft('{"kind":"poll","addedLater":1}')).toEqual({ ...empty, addedLater: 1 });
  expect([parseItemDraft('{'), parseItemDraft('[]'), parseItemDraft('7')]).toEqual([empty, empty, empty]);
});
