import { canonicalZone, dateOf, instantOf, isDay, midnightOf, zonedDay } from '../../domain/time/time.ts';
import type { Instant, ZonedTime } from '../../domain/time/time.ts';
import type { JcalComponent, JcalProperty } from './jcal.ts';

/** The zones of one calendar. */
export type CalendarZones = {
  /** Zone of the mailbox, used for times without a zone. */
  mailboxZone: string;
  /** The IANA zone of a TZID; undefined for an unknown name. */
  zoneOf: (tzid: string) => string | undefined;
};

/**
 * Reads IANA and Windows names, also with a prefix as in `/example.org/America/New_York`, and names whose VTIMEZONE
 * states a location (X-LIC-LOCATION).
 */
export function readCalendarZones(components: readonly JcalComponent[], mailboxZone: string): CalendarZones {
  const textOf = (properties: readonly JcalProperty[], name: string) => {
    const value = properties.find(([key]) => key === name)?.[3];
    return typeof value === 'string' ? value : '';
  };
  const located = new Map(
    components.flatMap(([name, properties]) =>
      name === 'vtimezone' ? [[textOf(properties, 'tzid'), textOf(properties, 'x-lic-location')] as const] : [],
    ),
  );
  return {
    mailboxZone,
    zoneOf(tzid) {
      const parts = tzid.split('/').filter((part) => part !== '');
      const tails = parts.map((_, from) => parts.slice(from).join('/')).slice(0, 8);
      for (const name of [located.get(tzid) ?? '', ...tails]) {
        const zone = name === '' ? undefined : canonicalZone(name);
        if (zone !== undefined) return zone;
      }
      return undefined;
    },
  };
}

/** A day as written; a time becomes the day of its own zone (else the mailbox's). */
export function readIcalDay(
  [, { tzid }, type, value]: JcalProperty,
  { mailboxZone, zoneOf }: CalendarZones,
): ZonedTime | undefined {
  if (typeof value !== 'string') return undefined;
  const day = value.slice(0, 10);
  if (!isDay(day)) return undefined;
  if (type === 'date') return zonedDay(day, mailboxZone);
  if (value.endsWith('Z')) return zonedDay(dateOf(`${value.slice(0, 19)}.000Z`, mailboxZone), mailboxZone);
  return zonedDay(day, zoneOf(tzid ?? '') ?? mailboxZone);
}

/** The instant and the zone it is written in; of a day, its midnight. Undefined for an invalid time. */
export function readIcalMoment(
  [, { tzid }, type, value]: JcalProperty,
  { mailboxZone, zoneOf }: CalendarZones,
): { at: Instant; zone: string } | undefined {
  if (typeof value !== 'string') return undefined;
  const day = value.slice(0, 10);
  if (!isDay(day)) return undefined;
  if (type === 'date') return { at: midnightOf(zonedDay(day, mailboxZone)), zone: mailboxZone };
  const time = value.slice(11, 19);
  if (!/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time)) return undefined;
  if (value.endsWith('Z')) return { at: `${day}T${time}.000Z`, zone: mailboxZone };
  const zone = zoneOf(tzid ?? '') ?? mailboxZone;
  return { at: instantOf({ local: `${day}T${time}.000`, zone }), zone };
}
