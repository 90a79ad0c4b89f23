import { isSameAddress } from '../../domain/task/folderSharing.ts';

/** Addresses as people type and paste them: parted by commas, semicolons or spaces, each once. */
export function addressesIn(text: string): readonly string[] {
  const all = text.split(/[\s,;]+/).filter((each) => each !== '');
  return all.filter((each, index) => all.findIndex((other) => isSameAddress(other, each)) === index);
}

export type AddressProblem = 'none' | 'notOne' | 'own' | 'known';

/** Why nobody can be invited by this address; the service decides about the rest. */
export function addressProblem(address: string, own: string, known: readonly string[]): AddressProblem {
  if (!/^[^@\s]+@[^@\s]+$/.test(address)) return 'notOne';
  if (isSameAddress(address, own)) return 'own';
  return known.some((each) => isSameAddress(each, address)) ? 'known' : 'none';
}
