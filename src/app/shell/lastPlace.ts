import { appUrls } from '../../domain/urls/appUrls.ts';
import { persistence } from '../persistence.ts';

const nameOf = (account: string) => `last-place:${account}`;

/** Stores the address of the last list for the next start. */
export const saveLastPlace = (account: string, address: string): void => persistence.save(nameOf(account), address);

/** The target of `/`: the last place, or Today. Anything but a path of this app is ignored. */
export function lastPlace(account: string): string {
  const stored = persistence.read(nameOf(account));
  return stored !== null && /^\/[\w%~.-]+(\/[\w%~.-]+)*$/.test(stored) ? stored : appUrls.view('today');
}
