// Writes src/domain/time/windowsZones.ts from the CLDR table in the windows-iana package. Run it by hand after an update of
// that package: node scripts/windowsZones.mjs
import { writeFileSync } from 'node:fs';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';

// Territory 001 is the world: the zone of a Windows name when no country is given.
const rows = WINDOWS_TO_IANA_MAP.filter((row) => row.territory === '001').map((row) => [row.windowsName, row.iana[0]]);

const source = `// Written by scripts/windowsZones.mjs from Unicode CLDR windowsZones; do not edit by hand.

/** Every Windows zone, from west to east, with its IANA zone. */
export const windowsZones: readonly (readonly [windows: string, iana: string])[] = [
${rows.map(([windows, iana]) => `  ['${windows}', '${iana}'],`).join('\n')}
];

/** Names that Windows still has, but CLDR does not list: old programs and files contain them. */
const oldNames = [
  ['Armenian Standard Time', 'Asia/Yerevan'],
  ['Kamchatka Standard Time', 'Asia/Kamchatka'],
  ['Mexico Standard Time', 'America/Mexico_City'],
  ['Mexico Standard Time 2', 'America/Chihuahua'],
  ['Mid-Atlantic Standard Time', 'Etc/GMT+2'],
] as const;

const ianaByWindows = new Map([...oldNames, ...windowsZones].map(([windows, iana]) => [windows.toLowerCase(), iana]));
// Engines say UTC where CLDR says Etc/UTC.
const windowsByIana = new Map([['utc', 'UTC'], ...windowsZones.map(([windows, iana]) => [iana.toLowerCase(), windows] as const)]);

/**
 * The IANA zone of a Windows name in any letter case, from CLDR's row for the territory 001
 * (docs/protocol.md#zone-names).
 */
export function ianaZoneOf(windowsName: string): string | undefined {
  return ianaByWindows.get(windowsName.toLowerCase());
}

/** The Windows name of an IANA zone in any letter case; undefined when no row for the territory 001 has it. */
export function windowsZoneOf(ianaName: string): string | undefined {
  return windowsByIana.get(ianaName.toLowerCase());
}
`;
writeFileSync(new URL('../src/domain/time/windowsZones.ts', import.meta.url), source);
