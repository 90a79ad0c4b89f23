import { trimEndOf } from '../../domain/text/trimText.ts';
import { canonicalZone, instantOf, localOf, offsetText, parseDateTime } from '../../domain/time/time.ts';
import { limits } from '../../domain/limits.ts';
import type { Instant, ZonedTime } from '../../domain/time/time.ts';
import type { Json, Spelling, ResponseView } from '../dialect.ts';
import { isObject, readText, readMembers, WireError, memberPath } from '../jsonReader.ts';
import type { ReadContext } from '../jsonReader.ts';

/** Reads a DateTimeTimeZone; null and `{}` both mean no date (docs/protocol.md#text-formats). */
export function readZonedTime(json: unknown, path: string, reading: ReadContext): ZonedTime | null {
  if (json === null || (isObject(json) && Object.keys(json).length === 0)) return null;
  const members = readMembers(json, 'DateTimeTimeZone', ['DateTime', 'TimeZone'], { path, reading });
  const text = readText(members.DateTime, memberPath(path, 'DateTime', reading), reading, limits.dateTime);
  const parsed = parseDateTime(text);
  if (parsed === undefined) throw invalidDateTime(text, memberPath(path, 'DateTime', reading));
  const name =
    members.TimeZone === null
      ? 'UTC'
      : readText(members.TimeZone, memberPath(path, 'TimeZone', reading), reading, limits.zoneName);
  const zone = resolveZoneName(name, memberPath(path, 'TimeZone', reading));
  // A time with an offset is an instant: convert it to the zone given beside it.
  return { local: parsed.instant === undefined ? parsed.local : localOf(parsed.instant, zone), zone };
}

/** Reads a DateTimeOffset; UTC when the offset is missing. */
export function readOffsetTime(json: unknown, path: string, reading: Pick<ReadContext, 'isRequest'>): Instant {
  const text = readText(json, path, reading, limits.dateTime);
  const parsed = parseDateTime(text);
  if (parsed === undefined) throw invalidDateTime(text, path);
  return parsed.instant ?? instantOf({ local: parsed.local, zone: 'UTC' });
}

/** Always seven fraction digits and no offset (docs/protocol.md#text-formats). */
export function writeZonedTime(instant: Instant, view: ResponseView, spelling: Spelling): Json {
  const { name, zone } = zoneOf(view);
  return { [spelling.member('DateTime')]: `${localOf(instant, zone)}0000`, [spelling.member('TimeZone')]: name };
}

/** Without trailing zeros in the fraction; with `Z`, or the offset of the requested zone. */
export function writeOffsetTime(instant: Instant, view: ResponseView): string {
  const { zone } = zoneOf(view);
  const local = trimEndOf(trimEndOf(localOf(instant, zone), '0'), '.');
  return `${local}${zone === 'UTC' ? 'Z' : offsetText(instant, zone)}`;
}

export function resolveZoneName(name: string, path: string): string {
  const zone = canonicalZone(name);
  if (zone !== undefined) return zone;
  const message = `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`;
  throw new WireError('TimeZoneNotSupportedException', message, path);
}

function zoneOf({ zone: name = 'UTC' }: ResponseView): { name: string; zone: string } {
  return { name, zone: resolveZoneName(name, 'Prefer') };
}

function invalidDateTime(text: string, path: string): WireError {
  return new WireError('InvalidDateTime', `The value '${text}' of parameter 'DateTime' is invalid.`, path);
}
