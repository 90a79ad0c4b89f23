import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  addDays,
  addMonths,
  addMs,
  canonicalZone,
  dateOf,
  dayOf,
  daysBetween,
  instantOf,
  isDay,
  isInstant,
  localOf,
  midnightOf,
  offsetText,
  parseDateTime,
  startOfWeek,
  systemClock,
  toDay,
  weekdayOf,
  zonedDay,
} from './time.ts';
import type * as Time from './time.ts';
import { ianaZoneOf, windowsZoneOf } from './windowsZones.ts';

const zoned = (local: string, name: string) => ({ local, zone: canonicalZone(name) ?? name });

/** No conversion may depend on the zone of the machine. */
const machineZones = ['UTC', 'America/New_York', 'Europe/Paris', 'Asia/Kolkata', 'Australia/Lord_Howe'];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the dates of Microsoft’s documentation', () => {
  test.each([
    ['2016-04-23T18:00:00', 'Pacific Standard Time', '2016-04-23T07:00:00.000Z'],
    ['2016-04-26T09:00:00', 'Eastern Standard Time', '2016-04-26T04:00:00.000Z'],
    ['2016-05-03T09:00:00', 'Eastern Standard Time', '2016-05-03T04:00:00.000Z'],
    ['2016-05-06T16:00:00', 'Eastern Standard Time', '2016-05-06T04:00:00.000Z'],
    ['2026-12-24T08:00:00', 'Eastern Standard Time', '2026-12-24T05:00:00.000Z'],
    ['2026-05-04T00:00:00', 'India Standard Time', '2026-05-03T18:30:00.000Z'],
    ['2026-05-04T23:59:00', 'Tokyo Standard Time', '2026-05-03T15:00:00.000Z'],
    ['2026-03-10T00:00:00', 'UTC', '2026-03-10T00:00:00.000Z'],
    // Midnights that do not exist, and one that occurs twice.
    ['2026-03-29T10:00:00', 'Middle East Standard Time', '2026-03-28T22:00:00.000Z'],
    ['2026-04-24T10:00:00', 'Egypt Standard Time', '2026-04-23T22:00:00.000Z'],
    ['2026-09-06T10:00:00', 'Pacific SA Standard Time', '2026-09-06T04:00:00.000Z'],
    ['2026-11-01T10:00:00', 'Cuba Standard Time', '2026-11-01T04:00:00.000Z'],
  ])('%s in %s is stored as %s', (local, zone, stored) => {
    expect(midnightOf(zoned(local, zone))).toBe(stored);
  });

  test.each([
    ['2016-05-03T04:00:00.000Z', 'Pacific Standard Time', '2016-05-02T21:00:00.000'],
    ['2016-05-06T04:00:00.000Z', 'Eastern Standard Time', '2016-05-06T00:00:00.000'],
    ['2026-03-10T00:00:00.000Z', 'Pacific Standard Time', '2026-03-09T17:00:00.000'],
  ])('%s is read in %s as %s', (instant, zone, local) => {
    expect(localOf(instant, canonicalZone(zone)!)).toBe(local);
  });

  test('a date written in Eastern and read in Pacific keeps its day, although the clock there shows the day before', () => {
    expect(dayOf('2016-05-03T04:00:00.000Z', 'America/Los_Angeles')).toBe('2016-05-03');
    expect(dateOf('2016-05-03T04:00:00.000Z', 'America/Los_Angeles')).toBe('2016-05-02');
  });
});

describe('wall clocks at a clock change', () => {
  test.each([
    ['a gap moves forward', '2026-03-29T02:30:00.000', 'Europe/Paris', '2026-03-29T01:30:00.000Z'],
    ['an overlap is the first', '2026-10-25T02:30:00.000', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    ['a gap in America', '2026-03-08T02:30:00.000', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['an overlap in America', '2026-11-01T01:30:00.000', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['half an hour on Lord Howe', '2026-10-04T02:15:00.000', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['a day that Samoa skipped', '2011-12-30T00:00:00.000', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s', (_, local, zone, instant) => {
    expect(instantOf({ local, zone })).toBe(instant);
  });

  test('the offset changes at the exact second', () => {
    expect(offsetText('2026-03-29T00:59:59.999Z', 'Europe/Paris')).toBe('+01:00');
    expect(offsetText('2026-03-29T01:00:00.000Z', 'Europe/Paris')).toBe('+02:00');
    expect(offsetText('2026-11-01T05:59:59.999Z', 'America/New_York')).toBe('-04:00');
    expect(offsetText('2026-11-01T06:00:00.000Z', 'America/New_York')).toBe('-05:00');
    expect(offsetText('2026-05-01T00:00:00.000Z', 'America/St_Johns')).toBe('-02:30');
  });
});

const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Paris',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
);
const days = fc.integer({ min: 0, max: 36_500 }).map((n) => addDays(toDay('1975-01-01'), n));
const instants = fc.integer({ min: 0, max: 3_000_000_000 }).map((s) => addMs('1975-01-01T00:00:00.000Z', s * 1000));

/** The machine's zone is read when the module loads and kept in its caches, so each machine gets its own copy of it. */
async function timeOn(machine: string): Promise<typeof Time> {
  vi.stubEnv('TZ', machine);
  expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(canonicalZone(machine));
  vi.resetModules();
  return await import('./time.ts');
}

describe.each(machineZones)('on a machine in %s', (machine) => {
  test('a day is the same after storing and reading', async () => {
    const time = await timeOn(machine);
    fc.assert(
      fc.property(days, zones, (date, zone) => {
        // Kiritimati skipped a day, which cannot be stored.
        fc.pre(time.localOf(time.atMidnight(date, zone), zone).startsWith(date));
        expect(time.dayOf(time.atMidnight(date, zone), zone)).toBe(date);
        expect(time.dateOf(time.atMidnight(date, zone), zone)).toBe(date);
      }),
      { numRuns: 300 },
    );
  });

  test('no earlier instant belongs to the day', async () => {
    const time = await timeOn(machine);
    fc.assert(
      fc.property(days, zones, (date, zone) => {
        const first = time.atMidnight(date, zone);
        expect(time.dateOf(time.addMs(first, -1), zone) < date).toBe(true);
        expect(time.dateOf(first, zone) >= date).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('an instant is the same after conversion to a wall clock and back; of an hour that occurs twice, it is the first', async () => {
    const time = await timeOn(machine);
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const again = time.instantOf({ local: time.localOf(instant, zone), zone });
        expect(time.localOf(again, zone)).toBe(time.localOf(instant, zone));
        expect(again <= instant).toBe(true);
        expect(time.msBetween(again, instant)).toBeLessThanOrEqual(2 * 3_600_000);
      }),
      { numRuns: 300 },
    );
  });

  test('the wall clock agrees with Intl, also around every clock change', async () => {
    const time = await timeOn(machine);
    const near = fc.oneof(
      instants,
      // Europe and America change their clocks; Morocco goes back in the hour that a machine in Paris skips.
      fc.integer({ min: -7200, max: 7200 }).map((s) => time.addMs('2022-03-27T01:00:00.000Z', s * 1000)),
      fc.integer({ min: -7200, max: 7200 }).map((s) => time.addMs('2026-03-29T01:00:00.000Z', s * 1000)),
      fc.integer({ min: -7200, max: 7200 }).map((s) => time.addMs('2026-11-01T06:00:00.000Z', s * 1000)),
    );
    fc.assert(
      fc.property(near, zones, (instant, zone) => {
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        expect(time.localOf(instant, zone).slice(0, 19).replace('T', ' ')).toBe(format.format(new Date(instant)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00.000Z'],
  ])('%s begins in %s at %s', async (date, zone, instant) => {
    const time = await timeOn(machine);
    expect(time.atMidnight(toDay(date), zone)).toBe(instant);
  });
});

describe('days', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-06-30', -18, '2024-12-30'],
  ])('%s and %i months', (from, count, to) => {
    expect(addMonths(toDay(from), count)).toBe(to);
  });

  test('adding and counting are inverse', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -40_000, max: 40_000 }), (date, count) => {
        expect(daysBetween(date, addDays(date, count))).toBe(count);
      }),
    );
  });

  test('weeks begin on the given day', () => {
    expect(weekdayOf(toDay('2026-11-21'))).toBe('saturday');
    expect(startOfWeek(toDay('2026-11-21'), 'sunday')).toBe('2026-11-15');
    expect(startOfWeek(toDay('2026-11-21'), 'monday')).toBe('2026-11-16');
    expect(startOfWeek(toDay('2026-11-21'), 'saturday')).toBe('2026-11-21');
    expect(weekdayOf(toDay('1969-12-31'))).toBe('wednesday');
  });

  test('only days of the calendar are days', () => {
    expect(['2026-02-28', '2024-02-29', '1601-01-01'].every(isDay)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '0000-01-01', '2026-01-01T00:00', ''].some(isDay)).toBe(false);
  });

  test('only instants in the stored format are instants', () => {
    const isReal = (text: string) => {
      const ms = Date.parse(text);
      return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
    };
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
    const written = fc
      .integer({ min: Date.parse('0001-01-01T00:00:00.000Z'), max: Date.UTC(9999, 11, 31) })
      .map((ms) => new Date(ms).toISOString());
    const similar = fc
      .tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2), digits(3))
      .map(([y, mo, d, h, mi, s, ms]) => `${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);
    fc.assert(
      fc.property(fc.oneof(written, similar, fc.string()), (text) => {
        expect(isInstant(text)).toBe(isReal(text) && !text.startsWith('0000'));
      }),
    );
    const impossible = [
      '2026-02-29',
      '2100-02-29',
      '2026-04-31',
      '2026-00-01',
      '2026-01-00',
      '2026-01-32',
      '2026-13-01',
    ];
    expect(impossible.map((day) => `${day}T00:00:00.000Z`).filter(isInstant)).toEqual([]);
    const otherForms = [
      '2026-01-01',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.000',
      '2026-01-01T00:00:00.000+01:00',
    ];
    expect([...otherForms, '2026-01-01T24:00:00.000Z', ' 2026-01-01T00:00:00.000Z', 7, null].filter(isInstant)).toEqual(
      [],
    );
    expect(['2024-02-29', '2026-01-31', '2026-04-30'].every((day) => isInstant(`${day}T23:59:59.999Z`))).toBe(true);
  });

  test('text that begins with a day is read as that day', () => {
    expect([toDay('2026-02-28'), toDay('2026-02-28T12:00:00.000')]).toEqual(['2026-02-28', '2026-02-28']);
    expect(() => toDay('2026-02-29')).toThrow(RangeError);
    expect(() => toDay('soon')).toThrow(RangeError);
  });

  test('today depends on the zone', () => {
    const clock = systemClock(() => 1_795_300_000_000);
    expect(clock.now()).toBe('2026-11-21T22:26:40.000Z');
    expect(clock.today('America/New_York')).toBe('2026-11-21');
    expect(clock.today('Asia/Tokyo')).toBe('2026-11-22');
    expect(zonedDay(clock.today('Asia/Tokyo'), 'Asia/Tokyo')).toEqual(zoned('2026-11-22T00:00:00.000', 'Asia/Tokyo'));
  });
});

describe('the accepted text formats', () => {
  test.each([
    ['2016-04-26T09:00:00', '2016-04-26T09:00:00.000', undefined],
    ['2016-04-26T09:00:00.0000000', '2016-04-26T09:00:00.000', undefined],
    ['2016-04-26T09:00:00.12345678901', '2016-04-26T09:00:00.123', undefined],
    ['2016-04-26T09:00', '2016-04-26T09:00:00.000', undefined],
    ['2016-04-26', '2016-04-26T00:00:00.000', undefined],
    ['2026-05-04T10:00:00.000Z', '2026-05-04T10:00:00.000', '2026-05-04T10:00:00.000Z'],
    ['2026-05-04T00:00:00.00z', '2026-05-04T00:00:00.000', '2026-05-04T00:00:00.000Z'],
    ['2016-04-22T15:19:18.9526004-07:00', '2016-04-22T15:19:18.952', '2016-04-22T22:19:18.952Z'],
    ['2016-04-22T15:19:18+0530', '2016-04-22T15:19:18.000', '2016-04-22T09:49:18.000Z'],
  ])('%s', (text, local, instant) => {
    expect(parseDateTime(text)).toEqual(instant === undefined ? { local } : { local, instant });
  });

  test.each([
    ['2019-09-27T17:00--3:00'],
    ['2026-02-30T00:00:00'],
    ['2026-01-01T24:00:00'],
    ['2026-01-01T00:60:00'],
    ['2026-01-01T00:00:00+24:00'],
    ['0001-01-01T00:00:00'],
    ['9999-12-31T00:00:00'],
    ['tomorrow'],
    [''],
  ])('%s is not a time', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});

describe('zone names', () => {
  test.each([
    ['Pacific Standard Time', 'America/Los_Angeles'],
    ['w. europe standard time', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['europe/paris', 'Europe/Paris'],
    ['AMERICA/INDIANA/INDIANAPOLIS', canonicalZone('America/Indianapolis')],
  ])('%s', (name, zone) => {
    expect(canonicalZone(name)).toBe(zone);
  });

  test.each([
    ['Kamchatka Standard Time', 'Asia/Kamchatka'],
    ['mid-atlantic standard time', 'Etc/GMT+2'],
    ['Armenian Standard Time', 'Asia/Yerevan'],
    ['Mexico Standard Time', 'America/Mexico_City'],
    ['Mexico Standard Time 2', 'America/Chihuahua'],
  ])('%s, which Windows has and CLDR does not list', (name, zone) => {
    expect(canonicalZone(name)).toBe(zone);
  });

  test('an unknown name gives undefined', () => {
    expect(['', 'Mars Standard Time', '+05:30', 'Z', '../etc/passwd'].map(canonicalZone)).toEqual(
      Array(5).fill(undefined),
    );
  });

  test('Windows names convert both ways', () => {
    expect(ianaZoneOf('EASTERN standard time')).toBe('America/New_York');
    expect(windowsZoneOf('america/new_york')).toBe('Eastern Standard Time');
    expect(windowsZoneOf('UTC')).toBe('UTC');
    expect(windowsZoneOf('Europe/Nowhere')).toBeUndefined();
  });
});
