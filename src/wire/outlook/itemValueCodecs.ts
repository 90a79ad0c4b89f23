import * as v from 'valibot';
import { attendeeTypes } from '../../domain/task/outlookItem.ts';
import type { Attendee, EmailAddress, Location, PostalAddress } from '../../domain/task/outlookItem.ts';
import type { Instant } from '../../domain/time/time.ts';
import { readOffset, writeOffset } from './dateTimeCodec.ts';
import type { JsonObject, Spelling } from '../dialect.ts';
import { read, readMembers, text, whole, within, wordOf } from '../jsonReader.ts';
import type { ValueCodec } from './valueCodecs.ts';

/** One member's value, both ways; unlike a task's it never becomes SQL and so has no kind. */
export type Shape<T> = Pick<ValueCodec<T>, 'read' | 'write'>;

const list = v.array(v.unknown(), 'Expected a list');

/** A list of whatever `one` is; null is an empty list. */
export function listOf<T>(one: Shape<T>): Shape<readonly T[]> {
  return {
    read: (json, path, reading) =>
      json === null ? [] : read(list, json, path).map((value, at) => one.read(value, `${path}[${at}]`, reading)),
    write: (values, writing) => values.map((value) => one.write(value, writing)),
  };
}

/** An optional value; `{}` is none too, because generated clients send it for null (docs/protocol.md#text-formats). */
export function orNull<T>(one: Shape<T>): Shape<T | null> {
  return {
    read: (json, path, reading) => (isNothing(json) ? null : one.read(json, path, reading)),
    write: (value, writing) => (value === null ? null : one.write(value, writing)),
  };
}

function isNothing(json: unknown): boolean {
  return json === null || (typeof json === 'object' && Object.keys(json).length === 0);
}

export const wholeNumber: Shape<number> = { read: (json, path) => read(whole, json, path), write: (value) => value };

export const instant: Shape<Instant> = { read: readOffset, write: (value, { view }) => writeOffset(value, view) };

export const emailAddress: Shape<EmailAddress> = {
  read(json, path, reading) {
    const given = readMembers(json, 'EmailAddress', ['Name', 'Address'], { path, reading });
    const address = textOr(given.Address, within(path, 'Address', reading));
    return { name: textOr(given.Name, within(path, 'Name', reading)) || address, address };
  },
  write: ({ name, address }, { spelling }) => addressJson(name, address, spelling),
};

/** A recipient wraps an address. */
export const recipient: Shape<EmailAddress> = {
  read(json, path, reading) {
    const given = readMembers(json, 'Recipient', ['EmailAddress'], { path, reading });
    return emailAddress.read(given.EmailAddress ?? {}, within(path, 'EmailAddress', reading), reading);
  },
  write: ({ name, address }, { spelling }) => ({
    [spelling.member('EmailAddress')]: addressJson(name, address, spelling),
  }),
};

const attendeeType = wordOf(attendeeTypes);

export const attendee: Shape<Attendee> = {
  read(json, path, reading) {
    const names = ['EmailAddress', 'Type', 'Status', 'ProposedNewTime'] as const;
    const given = readMembers(json, 'Attendee', names, { path, reading });
    return {
      ...emailAddress.read(given.EmailAddress ?? {}, within(path, 'EmailAddress', reading), reading),
      type: given.Type === null ? 'required' : read(attendeeType, given.Type, within(path, 'Type', reading)),
    };
  },
  write: ({ name, address, type }, { spelling }) => ({
    [spelling.member('EmailAddress')]: addressJson(name, address, spelling),
    [spelling.member('Type')]: spelling.value(type),
  }),
};

const postalMembers = ['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode'] as const;

export const postalAddress: Shape<PostalAddress> = {
  read(json, path, reading) {
    // v2 and Graph beta have members beyond these five, a kind and a box; nothing here shows them.
    const given = readMembers(json, 'PhysicalAddress', [...postalMembers, 'Type', 'PostOfficeBox'], { path, reading });
    const at = (name: (typeof postalMembers)[number]) => textOr(given[name], within(path, name, reading));
    return {
      street: at('Street'),
      city: at('City'),
      state: at('State'),
      countryOrRegion: at('CountryOrRegion'),
      postalCode: at('PostalCode'),
    };
  },
  write: (value, { spelling }) => ({
    [spelling.member('Street')]: value.street,
    [spelling.member('City')]: value.city,
    [spelling.member('State')]: value.state,
    [spelling.member('CountryOrRegion')]: value.countryOrRegion,
    [spelling.member('PostalCode')]: value.postalCode,
  }),
};

const locationMembers = [
  'DisplayName',
  'Address',
  'Coordinates',
  'LocationEmailAddress',
  'LocationUri',
  'LocationType',
  'UniqueId',
  'UniqueIdType',
] as const;

const maybeAddress = orNull(postalAddress);

export const location: Shape<Location> = {
  read(json, path, reading) {
    const given = readMembers(json, 'Location', locationMembers, { path, reading });
    return {
      displayName: textOr(given.DisplayName, within(path, 'DisplayName', reading)),
      address: maybeAddress.read(given.Address, within(path, 'Address', reading), reading),
    };
  },
  write: ({ displayName, address }, writing) => ({
    [writing.spelling.member('DisplayName')]: displayName,
    [writing.spelling.member('Address')]: maybeAddress.write(address, writing),
  }),
};

function textOr(json: unknown, path: string): string {
  return json === null ? '' : read(text, json, path);
}

function addressJson(name: string, address: string, spelling: Spelling): JsonObject {
  return { [spelling.member('Name')]: name, [spelling.member('Address')]: address };
}
