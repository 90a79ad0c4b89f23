/**
 * The zones that a reminder can be said in: the mailbox's first, then where this browser is, then the one in which a series
 * was set. One alone when they are all the same.
 */
export function reminderZones(mailbox: string, here: string, ofSeries: string | undefined): readonly string[] {
  return [...new Set([mailbox, here, ...(ofSeries === undefined ? [] : [ofSeries])])];
}
