import ICAL from 'ical.js';
import { printableLine, printableText } from '../../../src/wire/files/ical/printableText.ts';
import type { ContactItem, PostalAddress } from '../../../src/domain/task/outlookItem.ts';

type Property = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];

/** A contact as a vCard 4.0 (RFC 6350). */
export function contactToVCard(contact: ContactItem): string {
  const { givenName, surname, middleName, title, generation, companyName, department, birthday } = contact;
  const full = [givenName, surname].filter((name) => name !== null).join(' ');
  const properties: Property[] = [
    ['version', {}, 'text', '4.0'],
    [
      'fn',
      {},
      'text',
      printableText(contact.displayName || full || companyName || contact.emailAddresses[0]?.address || '?'),
    ],
    ['n', {}, 'text', [surname, givenName, middleName, title, generation].map((name) => printableText(name ?? ''))],
    ...text('nickname', contact.nickName),
    ...(companyName === null && department === null
      ? []
      : [
          [
            'org',
            {},
            'text',
            [companyName ?? '', ...(department === null ? [] : [department])].map(printableText),
          ] satisfies Property,
        ]),
    ...text('title', contact.jobTitle),
    ...contact.emailAddresses.map(({ address }): Property => ['email', {}, 'text', printableText(address)]),
    ...contact.imAddresses.map((address): Property => ['impp', {}, 'uri', printableLine(address)]),
    ...contact.businessPhones.map((number) => phone('work', number)),
    ...contact.homePhones.map((number) => phone('home', number)),
    ...(contact.mobilePhone === null ? [] : [phone('cell', contact.mobilePhone)]),
    ...address('work', contact.businessAddress),
    ...address('home', contact.homeAddress),
    ...address('', contact.otherAddress),
    ...(contact.homePage === null ? [] : [['url', {}, 'uri', printableLine(contact.homePage)] satisfies Property]),
    ...(birthday === null ? [] : [['bday', {}, 'date', birthday.slice(0, 10)] satisfies Property]),
    ...text('note', contact.notes === '' ? null : contact.notes),
    ...(contact.categories.length === 0
      ? []
      : [['categories', {}, 'text', ...contact.categories.map(printableText)] satisfies Property]),
  ];
  return `${ICAL.stringify(['vcard', properties, []])}\r\n`;
}

function text(name: string, value: string | null): Property[] {
  return value === null ? [] : [[name, {}, 'text', printableText(value)]];
}

function phone(type: string, number: string): Property {
  return ['tel', { type }, 'text', printableText(number)];
}

function address(type: string, value: PostalAddress | null): Property[] {
  if (value === null) return [];
  const { street, city, state, postalCode, countryOrRegion } = value;
  return [
    [
      'adr',
      type === '' ? {} : { type },
      'text',
      ['', '', street, city, state, postalCode, countryOrRegion].map(printableText),
    ],
  ];
}
