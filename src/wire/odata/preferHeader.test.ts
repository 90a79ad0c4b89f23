import { expect, test } from 'vitest';
import { readPrefer } from './preferHeader.ts';

const none = { tracksChanges: false, continuesOnError: false, returnsMinimal: false };

test.each([
  [null, {}],
  ['', {}],
  [
    'outlook.timezone="Pacific Standard Time"',
    { timeZone: { name: 'Pacific Standard Time', zone: 'America/Los_Angeles' } },
  ],
  ['Outlook.TimeZone = europe/paris', { timeZone: { name: 'europe/paris', zone: 'Europe/Paris' } }],
  [
    'outlook.timezone=W. Europe Standard Time',
    { timeZone: { name: 'W. Europe Standard Time', zone: 'Europe/Berlin' } },
  ],
  [
    'odata.maxpagesize=1, odata.track-changes,outlook.body-content-type="text"',
    { maxPageSize: 1, tracksChanges: true, bodyContentType: 'text' },
  ],
  [
    'odata.maxpagesize=0, IdType="ImmutableId", return=minimal; x=1, odata.continue-on-error',
    { returnsMinimal: true, continuesOnError: true },
  ],
])('%s', (header, preferences) => {
  expect(readPrefer(header)).toEqual({ ...none, ...preferences });
});

test('an unknown zone is rejected', () => {
  expect(() => readPrefer('outlook.timezone="Mars, Olympus"')).toThrow(
    expect.objectContaining({
      code: 'TimeZoneNotSupportedException',
      message:
        "A valid TimeZone value must be specified. The following TimeZone value is not supported: 'Mars, Olympus'.",
    }),
  );
});
