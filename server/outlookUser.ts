import { createHash } from 'node:crypto';
import { windowsZones } from '../src/domain/windowsZones.ts';
import { offsetText, type Instant } from '../src/domain/time.ts';
import { foldText } from './query/fold.ts';
import { always, expressionOf } from './query/sqlText.ts';
import { shownTo } from './sharing/access.ts';
import type { Db, Mailbox } from './store.ts';

/** What Graph's outlookUser answers besides tasks (wire.md §3). */

export type ZoneName = { alias: string; displayName: string };

/**
 * The zones of the table of wire.md §7.4. Windows zones are shown with their standard offset, `(UTC-08:00) Pacific`; IANA
 * names show themselves, as Graph's do.
 * @param now for the year whose rules say what the standard offset is.
 */
export function supportedZones(standard: 'windows' | 'iana', now: Instant): readonly ZoneName[] {
  if (standard === 'iana') {
    return [...new Set(windowsZones.map(([, iana]) => iana))].map((name) => ({ alias: name, displayName: name }));
  }
  return windowsZones.map(([windows, iana]) => ({
    alias: windows,
    displayName: `(UTC${standardOffset(iana, now)}) ${windows.replace(' Standard Time', '')}`,
  }));
}

/** Daylight saving time is ahead of standard time, wherever its summer is. */
function standardOffset(zone: string, now: Instant): string {
  const year = now.slice(0, 4);
  const [january = '', july = ''] = ['01', '07'].map((month) => offsetText(`${year}-${month}-01T00:00:00.000Z`, zone));
  return minutesOf(january) <= minutesOf(july) ? january : july;
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}

export type Category = { id: string; displayName: string; color: string };

/** Outlook has so many colours for categories, preset0 to preset24. */
const presets = 25;

/**
 * The names that the account's tasks use, as categories. There is no master list to edit: id and colour follow from the
 * name, so they are the same tomorrow and on every device. Names that differ in letter case are one category.
 */
export async function masterCategories(read: Db, { accountId, guestId }: Mailbox): Promise<readonly Category[]> {
  const shown = guestId === undefined ? always : shownTo(guestId);
  const lists = await read
    .selectFrom('tasks')
    .select('categories')
    .distinct()
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .where(expressionOf(shown))
    .execute();
  const names = new Map<string, string>();
  for (const { categories } of lists) {
    for (const name of JSON.parse(categories) as string[]) {
      const key = foldText(name);
      const known = names.get(key);
      if (known === undefined || name < known) names.set(key, name);
    }
  }
  const sorted = [...names].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, name]) => {
    const hash = createHash('sha256').update(`${accountId}\n${key}`).digest();
    const colour = createHash('sha256').update(key).digest().readUInt32BE(0) % presets;
    return { id: guidOf(hash), displayName: name, color: `preset${colour}` };
  });
}

/** A GUID of the kind that is made of a hash (RFC 9562, version 8). */
function guidOf(hash: Buffer): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
