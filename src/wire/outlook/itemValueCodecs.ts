import * as v from 'valibot';
import { attendeeTypes } from '../../domain/task/outlookItem.ts';
import type { Attendee, EmailAddress, ItemLocation, PostalAddress } from '../../domain/task/outlookItem.ts';
import { limits } from '../../domain/limits.ts';
import type { Instant } from '../../domain/time/time.ts';
import { readOffsetTime, writeOffsetTime } from './dateTimeCodec.ts';
import type { JsonObject, Spelling } from '../dialect.ts';
import { checkLength, readText, readValue, readMembers, integerSchema, memberPath, enumSchema } from '../jsonReader.ts';
import type { ReadContext } from '../jsonReader.ts';
import type { ValueCodec } from './valueCodecs.ts';

/** The codec of one member of an item; unlike a task's, it is never queried in SQL and has no kind. */
export type ItemValueCodec<T> = Pick<ValueCodec<T>, 'read' | 'write'>;

const list = v.array(v.unknown(), 'Expected a list');

/** The codec of a list; null is an empty list. */
export function listCodec<T>(entry: ItemValueCodec<T>): ItemValueCodec<readonly T[]> {
  return {
    read(json, path, reading) {
      if (json === null) return [];
      const values = readValue(list, json, path);
      if (reading.isRequest) checkLength(values, path, limits.list);
      return values.map((value, at) => entry.read(value, `${path}[${at}]`, reading));
    },
    write: (values, writing) => values.map((value) => entry.write(value, writing)),
  };
}

/**
 * The codec of an optional value; `{}` is none, too, because generated clients send it for null
 * (docs/protocol.md#text-formats).
 */
export function nullableCodec<T>(inner: ItemValueCodec<T>): ItemValueCodec<T | null> {
  return {
    read: (json, path, reading) => (isNothing(json) ? null : inner.read(json, path, reading)),
    write: (value, writing) => (value === null ? null : inner.write(value, writing)),
  };
}

function isNothing(json: unknown): boolean {
  return json === null || (typeof json === 'object' && Object.keys(json).length === 0);
}

export const integerCodec: ItemValueCodec<number> = {
  read: (json, path) => readValue(integerSchema, json, path),
  write: (value) => value,
};

export const instantCodec: ItemValueCodec<Instant> = {
  read: readOffsetTime,
  write: (value, { view }) => writeOffsetTime(value, view),
};

export const emailAddressCodec: ItemValueCodec<EmailAddress> = {
  read(json, path, reading) {
    const values = readMembers(json, 'EmailAddress', ['Name', 'Address'], { path, reading });
    const address = textOr(values.Address, memberPath(path, 'Address', reading), reading);
    return { name: textOr(values.Name, memberPath(path, 'Name', reading), reading) || address, address };
  },
  write: ({ name, address }, { spelling }) => addressJson(name, address, spelling),
};

/** The codec of a recipient, which contains an address. */
export const recipientCodec: ItemValueCodec<EmailAddress> = {
  read(json, path, reading) {
    const values = readMembers(json, 'Recipient', ['EmailAddress'], { path, reading });
    return emailAddressCodec.read(values.EmailAddress ?? {}, memberPath(path, 'EmailAddress', reading), reading);
  },
  write: ({ name, address }, { spelling }) => ({
    [spelling.member('EmailAddress')]: addressJson(name, address, spelling),
  }),
};

const attendeeType = enumSchema(attendeeTypes);

export const attendeeCodec: ItemValueCodec<Attendee> = {
  read(json, path, reading) {
    const names = ['EmailAddress', 'Type', 'Status', 'ProposedNewTime'] as const;
    const values = readMembers(json, 'Attendee', names, { path, reading });
    return {
      ...emailAddressCodec.read(values.EmailAddress ?? {}, memberPath(path, 'EmailAddress', reading), reading),
      type: values.Type === null ? 'required' : readValue(attendeeType, values.Type, memberPath(path, 'Type', reading)),
    };
  },
  write: ({ name, address, type }, { spelling }) => ({
    [spelling.member('EmailAddress')]: addressJson(name, address, spelling),
    [spelling.member('Type')]: spelling.value(type),
  }),
};

const postalMembers = ['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode'] as const;

export const postalAddressCodec: ItemValueCodec<PostalAddress> = {
  read(json, path, reading) {
    // v2 and Graph beta declare a type and a post office box, too; the app does not show them.
    const values = readMembers(json, 'PhysicalAddress', [...postalMembers, 'Type', 'PostOfficeBox'], { path, reading });
    const at = (name: (typeof postalMembers)[number]) => textOr(values[name], memberPath(path, name, reading), reading);
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

const maybeAddress = nullableCodec(postalAddressCodec);

export const locationCodec: ItemValueCodec<ItemLocation> = {
  read(json, path, reading) {
    const values = readMembers(json, 'Location', locationMembers, { path, reading });
    return {
      displayName: textOr(values.DisplayName, memberPath(path, 'DisplayName', reading), reading),
      address: maybeAddress.read(values.Address, memberPath(path, 'Address', reading), reading),
    };
  },
  write: ({ displayName, address }, writing) => ({
    [writing.spelling.member('DisplayName')]: displayName,
    [writing.spelling.member('Address')]: maybeAddress.write(address, writing),
  }),
};

function textOr(json: unknown, path: string, reading: ReadContext): string {
  return json === null ? '' : readText(json, path, reading, limits.text);
}

function addressJson(name: string, address: string, spelling: Spelling): JsonObject {
  return { [spelling.member('Name')]: name, [spelling.member('Address')]: address };
}
