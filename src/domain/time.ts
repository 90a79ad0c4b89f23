/** An instant as ISO text in UTC with three fraction digits, '2026-03-29T00:00:00.000Z': it sorts as time. */
export type Instant = string;

/** A calendar day with no clock, '2026-03-29'. It compares as text. */
export type Day = string & { readonly day: true };

/** A wall-clock reading and the IANA zone it was read in: '2026-03-29T02:30:00.000', 'Europe/Paris'. */
export type ZonedTime = { local: string; zone: string };

/** "Now" is an argument: everything that depends on the time is given one of these. */
export type Clock = { now(): Instant; today(zone: string): Day };
