import { canonicalZone } from '../../../domain/time/time.ts';
import { windowsZones } from '../../../domain/time/windowsZones.ts';

/** IANA names with their names in words: 'Europe/Paris' is also "Central European Time". */
export type TimeZoneOption = { id: string; place: string; region: string };

/** Every zone that the browser knows, and `current`, which the browser may spell differently. */
export function allTimeZones(current: string): readonly TimeZoneOption[] {
  const names = Intl.supportedValuesOf('timeZone');
  return [...new Set([...names, 'UTC', current])].toSorted().map(zoneOf);
}

function zoneOf(id: string): TimeZoneOption {
  const words = id.replaceAll('_', ' ').split('/');
  return { id, place: words.at(-1) ?? id, region: words.slice(0, -1).join(' · ') };
}

/**
 * Zones whose city or region contains every word of the text, in any order; cities that begin with it come first.
 * Windows names match, too: "Pacific Standard" and "Romance Standard Time".
 */
export function searchTimeZones(zones: readonly TimeZoneOption[], text: string): readonly TimeZoneOption[] {
  const words = text
    .toLocaleLowerCase()
    .split(/[\s/_]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return zones;
  const full = (zone: TimeZoneOption) => `${zone.region} ${zone.place}`.toLocaleLowerCase();
  const starts = (zone: TimeZoneOption) => zone.place.toLocaleLowerCase().startsWith(words.join(' '));
  const has = (name: string) => words.every((word) => name.toLocaleLowerCase().includes(word));
  const meant = new Set([
    canonicalZone(text.trim()),
    ...windowsZones.filter(([windows]) => has(windows)).map(([, iana]) => canonicalZone(iana)),
  ]);
  return zones
    .filter((zone) => meant.has(zone.id) || words.every((word) => full(zone).includes(word)))
    .toSorted((a, b) => Number(starts(b)) - Number(starts(a)));
}
