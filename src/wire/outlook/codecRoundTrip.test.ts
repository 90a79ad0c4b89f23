import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importances, sensitivities, taskStatuses, weekIndexes } from '../../domain/task/task.ts';
import { weekdays, addMs } from '../../domain/time/time.ts';
import type { Recurrence, RecurrenceRequest, Task, TaskPatch } from '../../domain/task/task.ts';
import { graphBeta, outlookRest, taskFields } from './outlookDialects.ts';

const instant = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((s) => addMs('1970-01-01T00:00:00.000Z', s * 1000 + (s % 1000)));
const date = instant.map((text) => text.slice(0, 10));
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const interval = fc.integer({ min: 1, max: 99 });
const daysOfWeek = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });
const month = fc.integer({ min: 1, max: 12 });
const dayOfMonth = fc.integer({ min: 1, max: 31 });
const index = fc.constantFrom(...weekIndexes);
const type = <T extends string>(name: T) => fc.constant(name);
const pattern: fc.Arbitrary<Recurrence['pattern']> = fc.oneof(
  fc.record({ type: type('daily'), interval }),
  fc.record({ type: type('weekly'), interval, daysOfWeek, firstDayOfWeek: fc.constantFrom(...weekdays) }),
  fc.record({ type: type('absoluteMonthly'), interval, dayOfMonth }),
  fc.record({ type: type('relativeMonthly'), interval, daysOfWeek, index }),
  fc.record({ type: type('absoluteYearly'), interval, month, dayOfMonth }),
  fc.record({ type: type('relativeYearly'), interval, month, daysOfWeek, index }),
);
const zoneName = fc.constantFrom(
  'UTC',
  'Pacific Standard Time',
  'Europe/Paris',
  'india standard time',
  'Asia/Kathmandu',
);
const bare = { startDate: date };
const zoned = { startDate: date, zone: zoneName };
const range: fc.Arbitrary<Recurrence['range']> = fc.oneof(
  ...[bare, zoned].flatMap((common) => [
    fc.record({ type: type('noEnd'), ...common }),
    fc.record({ type: type('endDate'), endDate: date, ...common }),
    fc.record({ type: type('numbered'), numberOfOccurrences: fc.integer({ min: 1, max: 999 }), ...common }),
  ]),
);
const recurrence: fc.Arbitrary<Recurrence> = fc.record({ pattern, range });
const body = fc.record({ contentType: fc.constantFrom('text' as const, 'html' as const), content: fc.string() });
const task: fc.Arbitrary<Task> = fc.record({
  id: fc.string({ minLength: 1 }),
  folderId: fc.string(),
  changeKey: fc.string(),
  etag: fc.string(),
  createdAt: instant,
  modifiedAt: instant,
  subject: fc.string(),
  body,
  categories: fc.array(fc.string()),
  importance: fc.constantFrom(...importances),
  sensitivity: fc.constantFrom(...sensitivities),
  status: fc.constantFrom(...taskStatuses),
  start: some(instant),
  due: some(instant),
  completed: some(instant),
  reminder: some(instant),
  isReminderOn: fc.boolean(),
  recurrence: some(recurrence),
  hasAttachments: fc.boolean(),
  owner: some(fc.string()),
  assignedTo: some(fc.string()),
});
const wallClock = fc.record({
  local: instant.map((text) => text.slice(0, -1)),
  zone: fc.constantFrom('UTC', 'America/Los_Angeles', 'Europe/Paris'),
});
const patch: fc.Arbitrary<TaskPatch> = fc.record(
  {
    subject: fc.string(),
    body,
    categories: fc.array(fc.string()),
    importance: fc.constantFrom(...importances),
    sensitivity: fc.constantFrom(...sensitivities),
    status: fc.constantFrom(...taskStatuses),
    start: some(wallClock),
    due: some(wallClock),
    completed: some(wallClock),
    reminder: some(wallClock),
    isReminderOn: fc.boolean(),
    recurrence: some<RecurrenceRequest>(
      fc.oneof(recurrence, fc.record({ pattern, range: fc.record({ type: type('noEnd') }) })),
    ),
  },
  { requiredKeys: [] },
);
const sent = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe.each([outlookRest, graphBeta])('$name', (dialect) => {
  test('a written entity is read back equal', () => {
    fc.assert(
      fc.property(task, (value) => {
        expect(dialect.task.decode(sent(dialect.task.encode(value)))).toEqual(value);
      }),
    );
  });

  test('in any requested zone, except in an hour that occurs twice', () => {
    fc.assert(
      fc.property(task, zoneName, (value, zone) => {
        const once = dialect.task.decode(sent(dialect.task.encode(value, { zone })));
        expect(dialect.task.encode(once, { zone })).toEqual(dialect.task.encode(value, { zone }));
        expect({ ...once, start: null, due: null, completed: null, reminder: null }).toEqual({
          ...value,
          start: null,
          due: null,
          completed: null,
          reminder: null,
        });
      }),
    );
  });

  test('a patch is read back equal', () => {
    fc.assert(
      fc.property(patch, (value) => {
        expect(dialect.task.decodePatch(sent(dialect.task.encodePatch(value)))).toEqual(value);
      }),
    );
  });

  test('a response may be sent back as a patch of the writable members', () => {
    fc.assert(
      fc.property(task, (value) => {
        const names = Object.keys(dialect.task.decodePatch(sent(dialect.task.encode(value))));
        const writable = taskFields.filter((field) => field.writable).map((field) => field.member);
        expect(names).toEqual(writable);
      }),
    );
  });
});

test('the table names every member of a task except its etag, once', () => {
  const [sample] = fc.sample(task, 1);
  const members = Object.keys(sample ?? {}).filter((member) => member !== 'etag');
  expect(taskFields.map((field) => field.member).toSorted()).toEqual(members.toSorted());
});
