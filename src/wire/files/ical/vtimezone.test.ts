import { describe, expect, test } from 'vitest';
import { readIcal } from './icalReader.ts';
import type { ImportedFile } from '../fileModel.ts';

const zone = 'Europe/Berlin';
const read = (...lines: readonly string[]) =>
  readIcal(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'), { zone });
const todo = (...lines: readonly string[]) => ['BEGIN:VTODO', 'UID:1', 'SUMMARY:Bins', ...lines, 'END:VTODO'];
const patchesOf = ({ folders }: ImportedFile) => folders.flatMap(({ tasks }) => tasks.map(({ patch }) => patch));

describe('zones of the file itself', () => {
  const observance = (name: string, from: string, to: string, ...rule: string[]) => [
    `BEGIN:${name}`,
    'DTSTART:16010101T020000',
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...rule,
    `END:${name}`,
  ];
  const remindedAt = (tzid: string, local: string, ...zoneLines: string[]) => {
    const alarm = ['BEGIN:VALARM', 'TRIGGER;RELATED=END:PT0S', 'END:VALARM'];
    const file = read(
      'BEGIN:VTIMEZONE',
      `TZID:${tzid}`,
      ...zoneLines,
      'END:VTIMEZONE',
      ...todo(`DUE;TZID=${tzid}:${local}`, ...alarm),
    );
    return [patchesOf(file)[0]?.reminder?.local.slice(0, 16), file.problems.length];
  };
  const pacific = [
    ...observance('STANDARD', '-0700', '-0800', 'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11'),
    ...observance('DAYLIGHT', '-0800', '-0700', 'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3'),
  ];

  test.each([
    ['Customized Time Zone', '20260610T090000', '2026-06-10T18:00'],
    ['Customized Time Zone', '20260110T090000', '2026-01-10T18:00'],
    ['Customized Time Zone', '20261231T235900', '2027-01-01T08:59'],
    // Skipped at two o'clock on 8 March; an hour that occurs twice on 1 November.
    ['Customized Time Zone', '20260308T023000', '2026-03-08T11:30'],
    ['Customized Time Zone', '20261101T013000', '2026-11-01T09:30'],
    // The offsets in the file hold even where its name is known.
    ['Asia/Tokyo', '20260610T090000', '2026-06-10T18:00'],
  ])('%s at %s', (tzid, local, reminder) => {
    expect(remindedAt(tzid, local, ...pacific)).toEqual([reminder, 0]);
  });

  test('a fixed offset, a list of dates, and a rule that ended', () => {
    expect(remindedAt('(GMT+09.00) Osaka', '20260610T090000', ...observance('STANDARD', '+0900', '+0900'))).toEqual([
      '2026-06-10T02:00',
      0,
    ]);
    const moscow = [
      ...observance('STANDARD', '+0400', '+0300', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20101031T000000Z'),
      ...observance('DAYLIGHT', '+0300', '+0400', 'RDATE:20110327T020000'),
      ...observance('STANDARD', '+0400', '+0300', 'RDATE:20141026T020000'),
    ];
    expect(remindedAt('Moscow', '20100701T120000', ...moscow)[0]).toBe('2010-07-01T11:00');
    expect(remindedAt('Moscow', '20260610T120000', ...moscow)).toEqual(['2026-06-10T11:00', 0]);
    expect(remindedAt('Moscow', '20120610T120000', ...moscow)).toEqual(['2012-06-10T10:00', 0]);
  });

  test('a zone that cannot be read is known by its name, or said', () => {
    const broken = observance('STANDARD', 'x', '-0800');
    expect(remindedAt('Asia/Tokyo', '20260610T090000', ...broken)).toEqual(['2026-06-10T02:00', 0]);
    expect(remindedAt('Customized', '20260610T090000', ...broken)).toEqual(['2026-06-10T09:00', 1]);
  });
});
