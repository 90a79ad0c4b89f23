import type { Instant } from '../../domain/time/time.ts';
import { readOffsetTime, writeOffsetTime } from './dateTimeCodec.ts';
import type { JsonObject, Spelling } from '../dialect.ts';
import { isObject, readValue, textSchema, textListSchema, WireError } from '../jsonReader.ts';

/** The progress of an upload (docs/protocol.md#upload-sessions). */
export type UploadSession = {
  /**
   * Where to send the pieces; only in the response that creates the session. It needs no token: whoever knows it may
   * upload.
   */
  url?: string;
  expiresAt: Instant;
  /** The first byte that the service still needs; null when it has all. */
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
  // Graph writes `0-`, `0-99` and, for mail, a plain number.
  const next = range === undefined ? null : Number(/^\d{1,15}/.exec(range)?.[0]);
  if (Number.isNaN(next)) throw new WireError('RequestBodyRead', `Cannot read the value of '${at}'.`, at);
  const url = json[member('UploadUrl')];
  return {
    ...(url !== undefined && { url: readValue(textSchema, url, member('UploadUrl')) }),
    expiresAt: readOffsetTime(json[member('ExpirationDateTime')], member('ExpirationDateTime'), { isRequest: false }),
    next,
  };
}
