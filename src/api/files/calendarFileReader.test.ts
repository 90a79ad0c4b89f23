import { expect, test } from 'vitest';
import { readCalendarFile } from './calendarFileReader.ts';

const zone = 'Europe/Paris';
const options = { zone, now: '2026-03-18T09:00:00.000Z', language: 'en' };
const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const read = (...lines: string[]) => readCalendarFile(new Blob([calendar(...lines)]), options);
const day = (text: string) => ({ local: `${text}T00:00:00.000`, zone });

test('tasks keep their series, reminder and places', async () => {
  const found = await read(
    'BEGIN:VTODO',
    'SUMMARY:Renew passport\\, both',
    'DESCRIPTION:Photos\\nForm',
    'LOCATION:Town hall',
    'URL:https://a.example/',
    'DTSTART;VALUE=DATE:20260901',
    'DUE;TZID=America/New_York:20260930T233000',
    'RRULE:FREQ=YEARLY',
    'BEGIN:VALARM',
    'TRIGGER;RELATED=END:PT0S',
    'END:VALARM',
    'END:VTODO',
  );
  expect(found).toMatchObject({
    isWhole: true,
    tasks: [
      {
        patch: {
          subject: 'Renew passport, both',
          body: { contentType: 'text', content: 'Town hall\n\nPhotos\nForm\n\nhttps://a.example/' },
          start: day('2026-09-01'),
          due: day('2026-09-30'),
          recurrence: { pattern: { type: 'absoluteYearly' } },
          reminder: { local: '2026-10-01T05:30:00.000', zone },
        },
      },
    ],
  });
});

test('a calendar that says more than its tasks hold is not whole', async () => {
  const todo = (...lines: string[]) => ['BEGIN:VTODO', 'SUMMARY:A', ...lines, 'END:VTODO'];
  expect((await read(...todo('COMMENT:x'))).isWhole).toBe(false);
  expect((await read(...todo('ATTACH:https://a.example/'))).isWhole).toBe(false);
  expect((await read(...todo())).isWhole).toBe(true);
});

test('an event is due on its first day; any other text has no tasks', async () => {
  const event = ['BEGIN:VEVENT', 'SUMMARY:Fitting', 'LOCATION:Oak Street', 'DTSTART:20260930T223000Z', 'END:VEVENT'];
  expect(await read(...event)).toEqual({
    isWhole: false,
    tasks: [
      {
        patch: { subject: 'Fitting', body: { contentType: 'text', content: 'Oak Street' }, due: day('2026-10-01') },
        attachments: [],
      },
    ],
  });
  expect(await readCalendarFile(new Blob(['not a calendar']), options)).toEqual({ tasks: [], isWhole: false });
});
