import { shares, type Share } from '../sync/shares.ts';

export type { Share } from '../sync/shares.ts';

/** What was shared with the app under this id; undefined when it has become a task already. Rejects when the device refuses. */
export const readShare = (id: string): Promise<Share | undefined> => shares.read(id);

/** To be called once what it became is saved. */
export const forgetShare = (id: string): Promise<void> => shares.remove(id);
