/** Programs of others that read exported calendars in the tests, from Debian's packages. */
import { spawnSync } from 'node:child_process';

export const foreignPackages = ['python3-icalendar', 'python3-vobject', 'python3-gi', 'gir1.2-ical-3.0'];

export const howToGetForeign = `Install them with: apt-get install ${foreignPackages.join(' ')}`;

const modules =
  'import icalendar, vobject, gi; gi.require_version("ICalGLib", "3.0"); from gi.repository import ICalGLib';

/** Debian's Python, if it has all of them: another Python does not see Debian's packages. */
export function findForeignPython() {
  const python = '/usr/bin/python3';
  return spawnSync(python, ['-c', modules]).status === 0 ? python : undefined;
}
