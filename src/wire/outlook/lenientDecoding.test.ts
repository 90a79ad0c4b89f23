import { describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import { graphBeta, outlookRest } from './outlookDialects.ts';
import { WireError } from '../jsonReader.ts';

const v2 = (json: unknown) => outlookRest.task.decodePatch(json);
const beta = (json: unknown) => graphBeta.task.decodePatch(json);

function failureOf(run: () => unknown): Pick<WireError, 'code' | 'message' | 'path'> {
  try {
    run();
  } catch (error) {
    if (error instanceof WireError) return { code: error.code, message: error.message, path: error.path };
    throw error;
  }
  throw new Error('It was read without a complaint');
}

describe('imprecise input of existing clients', () => {
  test.each<[string, unknown, unknown]>([
    [
      'completion as a client toolkit sends it',
      { status: 'completed', isReminderOn: false },
      { status: 'completed', isReminderOn: false },
    ],
    ['{} as no date', { status: 'notStarted', completedDateTime: {} }, { status: 'notStarted', completed: null }],
    [
      'Z beside UTC',
      { dueDateTime: { dateTime: '2026-05-04T10:00:00.000Z', timeZone: 'UTC' } },
      { due: { local: '2026-05-04T10:00:00.000', zone: 'UTC' } },
    ],
    [
      'Z beside another zone: the instant counts',
      { dueDateTime: { dateTime: '2026-05-04T02:00:00Z', timeZone: 'Pacific Standard Time' } },
      { due: { local: '2026-05-03T19:00:00.000', zone: 'America/Los_Angeles' } },
    ],
    [
      'an offset',
      { dueDateTime: { dateTime: '2026-05-04T00:00:00+02:00', timeZone: 'Europe/Paris' } },
      { due: { local: '2026-05-04T00:00:00.000', zone: 'Europe/Paris' } },
    ],
    [
      'no zone is UTC',
      { dueDateTime: { dateTime: '2026-05-04' } },
      { due: { local: '2026-05-04T00:00:00.000', zone: 'UTC' } },
    ],
    [
      'a null zone is UTC',
      { dueDateTime: { dateTime: '2026-05-04', timeZone: null } },
      { due: { local: '2026-05-04T00:00:00.000', zone: 'UTC' } },
    ],
    [
      'zone names in any letter case',
      { startDateTime: { dateTime: '2026-05-04T09:30', timeZone: 'europe/PARIS' } },
      { start: { local: '2026-05-04T09:30:00.000', zone: 'Europe/Paris' } },
    ],
    [
      'enums in any letter case',
      { status: 'WaitingOnOthers', importance: 'HIGH' },
      { status: 'waitingOnOthers', importance: 'high' },
    ],
    ['booleans as text', { isReminderOn: 'True' }, { isReminderOn: true }],
    [
      'null for members that are never null',
      { importance: null, status: null, subject: null, categories: null },
      {
        importance: 'normal',
        status: 'notStarted',
        subject: '',
        categories: [],
      },
    ],
    ['a body without a type', { body: { content: 'x' } }, { body: { contentType: 'text', content: 'x' } }],
    ['a null body', { body: null }, { body: { contentType: 'text', content: '' } }],
    [
      'a body of HTML',
      { body: { contentType: 'HTML', content: null } },
      { body: { contentType: 'html', content: '' } },
    ],
    [
      'read-only members and annotations',
      {
        '@odata.type': '#microsoft.graph.outlookTask',
        'dueDateTime@odata.type': '#x',
        id: 'x',
        parentFolderId: 'nowhere',
        owner: 3,
        hasAttachments: true,
        changeKey: null,
        createdDateTime: 'never',
        subject: 's',
      },
      { subject: 's' },
    ],
    ['nothing', {}, {}],
  ])('%s', (_, json, patch) => {
    expect(beta(json)).toEqual(patch);
  });

  test('whole numbers as text, and days in any letter case', () => {
    const recurrence = {
      pattern: { type: 'AbsoluteYearly', interval: '1', dayOfMonth: '04', month: '05' },
      range: { type: 'noend', startDate: '2026-05-04' },
    };
    expect(beta({ recurrence })).toEqual({
      recurrence: {
        pattern: { type: 'absoluteYearly', interval: 1, month: 5, dayOfMonth: 4 },
        range: { type: 'noEnd', startDate: '2026-05-04' },
      },
    });
    const weekly = { pattern: { type: 'weekly', interval: 2, daysOfWeek: ['Monday'] }, range: { type: 'noEnd' } };
    expect(beta({ recurrence: weekly })).toEqual({
      recurrence: {
        pattern: { type: 'weekly', interval: 2, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' },
        range: { type: 'noEnd' },
      },
    });
  });

  test('a recurrence of placeholder values is none', () => {
    const pattern = { Interval: 3, Month: 0, DayOfMonth: 0, DaysOfWeek: [], FirstDayOfWeek: 'Sunday', Index: 'First' };
    const range = { EndDate: '0001-01-01', NumberOfOccurrences: 0, RecurrenceTimeZone: '', StartDate: '2026-01-30' };
    const Recurrence = { Pattern: { Type: 'Daily', ...pattern }, Range: { Type: 'NoEnd', ...range } };
    expect(v2({ Recurrence })).toEqual({
      recurrence: { pattern: { type: 'daily', interval: 3 }, range: { type: 'noEnd', startDate: '2026-01-30' } },
    });
  });

  test('no recurrence is null', () => {
    expect([v2({ Recurrence: null }), v2({ Recurrence: {} })]).toEqual([{ recurrence: null }, { recurrence: null }]);
  });
});

describe('errors', () => {
  test('for a name that the type does not declare', () => {
    expect(failureOf(() => v2({ subject: 'x' }))).toEqual({
      code: 'RequestBodyRead',
      message:
        "The property 'subject' does not exist on type 'Microsoft.OutlookServices.Task'. Make sure to only use property " +
        'names that are defined by the type or mark the type as open type.',
      path: 'subject',
    });
    expect(failureOf(() => beta({ title: 'x' })).message).toContain("on type 'microsoft.graph.outlookTask'");
    expect(failureOf(() => beta({ body: { text: 'x' } }))).toMatchObject({
      code: 'RequestBodyRead',
      path: 'body.text',
    });
  });

  test('for a date', () => {
    const json = { DueDateTime: { DateTime: '2019-09-27T17:00--3:00', TimeZone: 'UTC' } };
    expect(failureOf(() => v2(json))).toEqual({
      code: 'InvalidDateTime',
      message: "The value '2019-09-27T17:00--3:00' of parameter 'DateTime' is invalid.",
      path: 'DueDateTime.DateTime',
    });
  });

  test('for a zone', () => {
    const json = { DueDateTime: { DateTime: '2019-09-27', TimeZone: 'Mars' } };
    expect(failureOf(() => v2(json))).toEqual({
      code: 'TimeZoneNotSupportedException',
      message: "A valid TimeZone value must be specified. The following TimeZone value is not supported: 'Mars'.",
      path: 'DueDateTime.TimeZone',
    });
  });

  test.each<[string, unknown, string]>([
    ['an array for an object', [], ''],
    ['no object at all', null, ''],
    ['a number for a text', { Subject: 3 }, 'Subject'],
    ['a text for a list', { Categories: 'x' }, 'Categories'],
    ['an unknown status', { Status: 'Done' }, 'Status'],
    ['a text for a Boolean', { IsReminderOn: 'yes' }, 'IsReminderOn'],
    ['a text for a date', { DueDateTime: '2026-05-04' }, 'DueDateTime'],
    ['a date without a time', { DueDateTime: { TimeZone: 'UTC' } }, 'DueDateTime.DateTime'],
    ['a pattern without a type', { Recurrence: { Pattern: {}, Range: {} } }, 'Recurrence.Pattern.Type'],
    [
      'a fraction of an interval',
      { Recurrence: { Pattern: { Type: 'Daily', Interval: 1.5 }, Range: { Type: 'NoEnd' } } },
      'Recurrence.Pattern.Interval',
    ],
    [
      'a monthly pattern without its day',
      { Recurrence: { Pattern: { Type: 'AbsoluteMonthly', Interval: 1 }, Range: { Type: 'NoEnd' } } },
      'Recurrence.Pattern.DayOfMonth',
    ],
    [
      'a numbered range without a number',
      { Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'Numbered' } } },
      'Recurrence.Range.NumberOfOccurrences',
    ],
  ])('for %s', (_, json, path) => {
    expect(failureOf(() => v2(json))).toMatchObject({ code: 'RequestBodyRead', path });
  });

  test('for a member in the wrong type', () => {
    expect(failureOf(() => v2({ Attachments: [{ Name: 'x' }] })).code).toBe('ErrorInvalidProperty');
    expect(failureOf(() => beta({ singleValueExtendedProperties: [{}] })).code).toBe('ErrorInvalidProperty');
    expect(v2({ Attachments: [] })).toEqual({});
  });

  test.each<[string, Dialect['folder'], unknown]>([
    ['a folder', outlookRest.folder, { Name: 7 }],
    ['a folder', graphBeta.folder, { name: '  ' }],
    ['a group', outlookRest.group, { Name: null }],
  ])('for %s without a name', (_, codec, json) => {
    expect(failureOf(() => codec.decodePatch(json)).code).toBe('ErrorInvalidRequest');
  });

  test('none for a folder that is sent back without its name', () => {
    expect(outlookRest.folder.decodePatch({ IsDefaultFolder: true })).toEqual({});
    expect(outlookRest.folder.encodePatch({})).toEqual({});
  });

  test('for a folder member that does not exist', () => {
    expect(failureOf(() => outlookRest.folder.decodePatch({ Title: 'x' })).message).toContain(
      "'Title' does not exist on type 'Microsoft.OutlookServices.TaskFolder'",
    );
  });

  test('for a response without a required member; other members of a response are ignored', () => {
    const answer = { Id: 'x', CreatedDateTime: '2026-01-01T00:00:00Z', LastModifiedDateTime: '2026-01-01T00:00:00Z' };
    expect(outlookRest.task.decode({ ...answer, Mood: 'good' })).toMatchObject({
      id: 'x',
      etag: '',
      subject: '',
      due: null,
    });
    expect(failureOf(() => outlookRest.task.decode({ ...answer, Id: null })).path).toBe('Id');
    expect(failureOf(() => outlookRest.task.decode({ ...answer, CreatedDateTime: null })).path).toBe('CreatedDateTime');
    expect(failureOf(() => outlookRest.task.decode('gone')).path).toBe('');
  });
});

test.each(['2026-02-30', '2026-13-01', '0000-01-01', '9999-99-99', 'never'])(
  'an end date %s of a series is refused',
  (EndDate) => {
    const Range = { Type: 'EndDate', StartDate: '2026-01-01', EndDate };
    const failure = failureOf(() => v2({ Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range } }));
    expect(failure).toMatchObject({ code: 'RequestBodyRead', path: 'Recurrence.Range.EndDate' });
  },
);
