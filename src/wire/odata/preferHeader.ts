import { resolveZoneName } from '../outlook/dateTimeCodec.ts';

/** The `Prefer` headers of a request (docs/protocol.md#headers). */
export type Preferences = {
  /** The zone name as sent, which the response repeats, and the IANA zone it stands for. */
  timeZone?: { name: string; zone: string };
  bodyContentType?: 'text' | 'html';
  maxPageSize?: number;
  tracksChanges: boolean;
  continuesOnError: boolean;
  returnsMinimal: boolean;
};

/** Commas inside quotes do not separate. */
const preference = /([^\s,;="]+)\s*(?:=\s*(?:"([^"]*)"|([^,;]*)))?(?:;[^,]*)?/g;

/**
 * Reads one or more `Prefer` headers joined by commas; null without any. Names match in any letter case, values may be
 * unquoted, unknown preferences are ignored.
 * @throws WireError TimeZoneNotSupportedException for an unknown zone (docs/protocol.md#zone-names).
 */
export function readPrefer(header: string | null | undefined): Preferences {
  const preferences = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of (header ?? '').matchAll(preference)) {
    // The first of two equal preferences counts (RFC 7240 §2).
    if (!preferences.has(name.toLowerCase())) preferences.set(name.toLowerCase(), (quoted ?? bare).trim());
  }
  const zone = preferences.get('outlook.timezone');
  const body = preferences.get('outlook.body-content-type')?.toLowerCase();
  const size = preferences.get('odata.maxpagesize');
  return {
    ...(zone !== undefined && { timeZone: { name: zone, zone: resolveZoneName(zone, 'Prefer') } }),
    ...((body === 'text' || body === 'html') && { bodyContentType: body }),
    ...(size !== undefined && /^[1-9]\d{0,8}$/.test(size) && { maxPageSize: Number(size) }),
    tracksChanges: preferences.has('odata.track-changes'),
    continuesOnError: preferences.has('odata.continue-on-error'),
    returnsMinimal: preferences.get('return')?.toLowerCase() === 'minimal',
  };
}
