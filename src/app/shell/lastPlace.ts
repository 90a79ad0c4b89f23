import { appUrls } from '../../domain/urls/appUrls.ts';
import { persistence } from '../persistence.ts';

const nameOf = (account: string) => `last-place:${account}`;

/** Keeps the address of the list that was looked at last, for the next start. */
export const saveLastPlace = (account: string, address: string): void => persistence.save(nameOf(account), address);

/** Where `/` leads: the last place, or Today. Only an address of this app is followed. */
export function lastPlace(account: string): string {
  const kept = persistence.read(nameOf(account));
  return kept !== null && /^\/[\w%~.-]+(\/[\w%~.-]+)*$/.test(kept) ? kept : appUrls.view('today');
}
