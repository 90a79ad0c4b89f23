import type { Instant } from '../../domain/time/time.ts';
import { readOffsetTime, writeOffsetTime } from './dateTimeCodec.ts';
import type { JsonObject, Spelling } from '../dialect.ts';
import { isObject, readValue, textSchema, textListSchema, WireError } from '../jsonReader.ts';

/** How far an upload has come (docs/protocol.md#upload-sessions). */
export type UploadSession = {
  /** Where the pieces go; said once, when the session is made. It needs no token: whoever knows it may upload. */
  url?: string;
  expiresAt: Instant;
  /** The byte the service waits for; null when it has them all. */
  next: number | null;
};

export function encodeUploadSession({ url, expiresAt, next }: UploadSession, { member }: Spelling): JsonObject {
  return {
    ...(url !== undefined && { [member('UploadUrl')]: url }),
    [member('ExpirationDateTime')]: writeOffsetTime(expiresAt, {}),
    [member('NextExpectedRanges')]: next === null ? [] : [`${next}-`],
  };
}

export function decodeUploadSession(json: unknown, { member }: Spelling): UploadSession {
  if (!isObject(json)) throw new WireError('RequestBodyRead', 'An upload session must be an object.', '');
  const at = member('NextExpectedRanges');
  const [range] = readValue(textListSchema, json[at] ?? [], at);
  // Graph writes `0-`, `0-99` and, for mail, a bare number.
  const next = range === undefined ? null : Number(/^\d{1,15}/.exec(range)?.[0]);
  if (Number.isNaN(next)) throw new WireError('RequestBodyRead', `Cannot read the value of '${at}'.`, at);
  const url = json[member('UploadUrl')];
  return {
    ...(url !== undefined && { url: readValue(textSchema, url, member('UploadUrl')) }),
    expiresAt: readOffsetTime(json[member('ExpirationDateTime')], member('ExpirationDateTime'), { isRequest: false }),
    next,
  };
}
