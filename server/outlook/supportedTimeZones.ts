import { windowsZones } from '../../src/domain/time/windowsZones.ts';
import { offsetText, type Instant } from '../../src/domain/time/time.ts';
import { zonePlaces } from './zonePlaces.ts';

/** Members of Graph's outlookUser besides tasks (docs/protocol.md#endpoints-of-beta). */

export type TimeZoneName = { alias: string; displayName: string };

/**
 * The zones of docs/protocol.md#zone-names. Windows zones have a display name with their standard offset, `(UTC-08:00)
 * Pacific Time (US & Canada)`; IANA zones have their own name, as in Graph.
 * @param now selects the year whose rules give the standard offset.
 */
export function supportedTimeZones(standard: 'windows' | 'iana', now: Instant): readonly TimeZoneName[] {
  if (standard === 'iana') {
    return [...new Set(windowsZones.map(([, iana]) => iana))].map((name) => ({ alias: name, displayName: name }));
  }
  return windowsZones.map(([windows, iana]) => ({
    alias: windows,
    displayName: `(UTC${windows === 'UTC' ? '' : standardOffset(iana, now)}) ${zonePlaces[windows] ?? windows}`,
  }));
}

/** The smaller of the two offsets of a year: daylight saving time is always ahead. */
function standardOffset(zone: string, now: Instant): string {
  const year = now.slice(0, 4);
  const [january = '', july = ''] = ['01', '07'].map((month) => offsetText(`${year}-${month}-01T00:00:00.000Z`, zone));
  return minutesOf(january) <= minutesOf(july) ? january : july;
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}
