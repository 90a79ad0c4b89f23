import { isSameEmailAddress } from '../../domain/task/folderSharing.ts';

/** Addresses as people type and paste them: parted by commas, semicolons or spaces, each once. */
export function parseEmailAddresses(text: string): readonly string[] {
  const all = text.split(/[\s,;]+/).filter((each) => each !== '');
  return all.filter((each, index) => all.findIndex((other) => isSameEmailAddress(other, each)) === index);
}

export type EmailAddressProblem = 'none' | 'notOne' | 'own' | 'known';

/** Why nobody can be invited by this address; the service decides about the rest. */
export function emailAddressProblem(address: string, own: string, known: readonly string[]): EmailAddressProblem {
  if (!/^[^@\s]+@[^@\s]+$/.test(address)) return 'notOne';
  if (isSameEmailAddress(address, own)) return 'own';
  return known.some((each) => isSameEmailAddress(each, address)) ? 'known' : 'none';
}
