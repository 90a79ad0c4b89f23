import { parseFileComponents, textOf as rawText, textsOf } from './ical/contentLines.ts';
import type { FileProperty } from './ical/contentLines.ts';
import type { ContactItem, PostalAddress } from '../../domain/task/outlookItem.ts';
import { isDay } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { ItemFileResult } from './itemReader.ts';

/** Properties that a contact item cannot hold. */
const unsupportedProperties = new Set(
  'photo logo sound key member geo related role anniversary gender lang tz fburl caluri caladruri xml agent mailer'.split(
    ' ',
  ),
);
/** Numbers that are none of a person to call. */
const otherNumbers = ['fax', 'pager', 'modem', 'bbs', 'telex', 'isdn', 'x400'];
const singleNames = ['n', 'fn', 'org', 'nickname', 'title', 'bday', 'note'];
const maxPhones = 2;

/** The contacts of a vCard file (RFC 6350, or versions 3.0 and 2.1), if items can hold everything in it. */
export function readContacts(text: string): ItemFileResult {
  const parsed = parseFileComponents(text.replace(/^\uFEFF/, ''));
  if (parsed === undefined || parsed.strays.length > 0) return { kind: 'unreadable' };
  const cards = parsed.components;
  if (cards.length === 0 || cards.some(({ name }) => name !== 'vcard')) return { kind: 'unreadable' };
  if (cards.some(({ components }) => components.length > 0)) return { kind: 'holdsMore' };
  const contacts = cards.map(({ properties }) => contactOf(properties));
  return contacts.every((contact) => contact !== null) ? { kind: 'items', items: contacts } : { kind: 'holdsMore' };
}

function contactOf(properties: readonly FileProperty[]): ContactItem | null {
  const all = (name: string) => properties.filter((property) => property.name === name);
  const value = (name: string) => textOf(all(name)[0]) || null;
  const [surname, givenName, middleName, title, generation] = listOf(all('n')[0]);
  const [companyName, department] = listOf(all('org')[0]);
  const phones = all('tel').map((property) => ({ number: numberOf(property), types: typesOf(property) }));
  const mobile = phones.filter(({ types }) => types.includes('cell') || types.includes('mobile'));
  const home = phones.filter((phone) => !mobile.includes(phone) && phone.types.includes('home'));
  const business = phones.filter((phone) => !mobile.includes(phone) && !home.includes(phone));
  const addresses = all('adr').map((property) => ({ place: placeOf(property), types: typesOf(property) }));
  const [work, homeAddress, other] = ['work', 'home', ''].map((type) =>
    addresses.filter(({ types }) =>
      type === '' ? !types.includes('work') && !types.includes('home') : types.includes(type),
    ),
  );
  const birthday = birthdayOf(all('bday')[0]);
  const isMore =
    properties.some(({ name }) => unsupportedProperties.has(name)) ||
    phones.some(({ types }) => otherNumbers.some((type) => types.includes(type))) ||
    singleNames.some((name) => all(name).length > 1) ||
    birthday === undefined ||
    mobile.length > 1 ||
    Math.max(business.length, home.length) > maxPhones ||
    [work, homeAddress, other].some((places = []) => places.length > 1) ||
    all('url').length > 1;
  if (isMore) return null;
  return {
    kind: 'contact',
    displayName: value('fn') ?? [givenName, surname].filter((name) => name !== undefined && name !== '').join(' '),
    givenName: givenName || null,
    middleName: middleName || null,
    surname: surname || null,
    title: title || null,
    generation: generation || null,
    nickName: value('nickname'),
    companyName: companyName || null,
    department: department || null,
    jobTitle: value('title'),
    emailAddresses: all('email').map((property) => ({ name: textOf(property), address: textOf(property) })),
    imAddresses: all('impp').map(textOf),
    businessPhones: business.map(({ number }) => number),
    homePhones: home.map(({ number }) => number),
    mobilePhone: mobile[0]?.number ?? null,
    businessAddress: work?.[0]?.place ?? null,
    homeAddress: homeAddress?.[0]?.place ?? null,
    otherAddress: other?.[0]?.place ?? null,
    homePage: value('url'),
    birthday,
    notes: value('note') ?? '',
    categories: all('categories').flatMap((property) => textsOf(property).map((name) => name.trim())),
  };
}

const textOf = (property: FileProperty | undefined) => rawText(property).trim();

/** The components of a structured value (`N`, `ORG`, `ADR`). */
function listOf(property: FileProperty | undefined): readonly string[] {
  return textsOf(property, ';').map((part) => part.trim());
}

const numberOf = (property: FileProperty) => textOf(property).replace(/^tel:/i, '');

function typesOf({ parameters }: FileProperty): readonly string[] {
  return (parameters.get('type') ?? []).flatMap((word) => word.toLowerCase().split(','));
}

function placeOf(property: FileProperty): PostalAddress {
  const [box = '', extended = '', road = '', city = '', state = '', postalCode = '', countryOrRegion = ''] =
    listOf(property);
  const street = [box, extended, road].filter((part) => part !== '').join(', ');
  return { street, city, state, postalCode, countryOrRegion };
}

/** Null without a birthday; undefined for one without a year, which an item cannot hold. */
function birthdayOf(property: FileProperty | undefined): Instant | null | undefined {
  const value = textOf(property);
  if (value === '') return null;
  const day = /^\d{8}$/.test(value) ? value.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3') : value.slice(0, 10);
  return isDay(day) ? `${day}T00:00:00.000Z` : undefined;
}
