import { listOf, parseJson } from '../testing/json.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { Recurrence, Task } from '../../src/domain/task/task.ts';
import { importances, sensitivities, taskStatuses, weekIndexes } from '../../src/domain/task/task.ts';
import { weekdays, addMs } from '../../src/domain/time/time.ts';
import { graphBeta, outlookRest, taskFields } from '../../src/wire/outlook/outlookDialects.ts';
import { folderRow, taskRow, writeMailbox } from '../db/mailboxTransaction.ts';
import { insertTask, taskOf } from '../mailbox/taskRows.ts';
import { taskPageJson } from './taskJson.ts';
import { annId, startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const text = fc.string({ unit: 'binary', maxLength: 40 });
const instant = fc.integer({ min: 0, max: 13_000_000_000_000 }).map((ms) => addMs('1970-01-01T00:00:00.000Z', ms));
const maybe = fc.option(instant, { nil: null });
const count = fc.integer({ min: 1, max: 99 });
const days = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });
const pattern: fc.Arbitrary<Recurrence['pattern']> = fc.oneof(
  fc.record({ type: fc.constant('daily' as const), interval: count }),
  fc.record({
    type: fc.constant('weekly' as const),
    interval: count,
    daysOfWeek: days,
    firstDayOfWeek: fc.constantFrom(...weekdays),
  }),
  fc.record({ type: fc.constant('absoluteMonthly' as const), interval: count, dayOfMonth: count }),
  fc.record({
    type: fc.constant('relativeMonthly' as const),
    interval: count,
    daysOfWeek: days,
    index: fc.constantFrom(...weekIndexes),
  }),
  fc.record({ type: fc.constant('absoluteYearly' as const), interval: count, month: count, dayOfMonth: count }),
  fc.record({
    type: fc.constant('relativeYearly' as const),
    interval: count,
    month: count,
    daysOfWeek: days,
    index: fc.constantFrom(...weekIndexes),
  }),
);
const from = { startDate: fc.constant('2026-05-04'), zone: fc.constantFrom('Eastern Standard Time', 'Europe/Paris') };
const range: fc.Arbitrary<Recurrence['range']> = fc.oneof(
  fc.record({ type: fc.constant('noEnd' as const), startDate: from.startDate }),
  fc.record({ type: fc.constant('noEnd' as const), ...from }),
  fc.record({ type: fc.constant('endDate' as const), endDate: fc.constant('2026-06-01'), ...from }),
  fc.record({ type: fc.constant('numbered' as const), numberOfOccurrences: count, ...from }),
);
type StoredMembers = Omit<
  EditableTask,
  'id' | 'folderId' | 'etag' | 'changeKey' | 'dateZone' | 'reminderZone' | 'assignedTo' | 'owner'
>;
const task: fc.Arbitrary<StoredMembers> = fc.record({
  subject: text,
  body: fc.record({ contentType: fc.constantFrom('text' as const, 'html' as const), content: text }),
  categories: fc.array(text, { maxLength: 3 }),
  importance: fc.constantFrom(...importances),
  sensitivity: fc.constantFrom(...sensitivities),
  status: fc.constantFrom(...taskStatuses),
  start: maybe,
  due: maybe,
  completed: maybe,
  reminder: maybe,
  isReminderOn: fc.boolean(),
  hasAttachments: fc.boolean(),
  recurrence: fc.option(fc.record({ pattern, range }), { nil: null }),
  createdAt: instant,
  modifiedAt: instant,
});

const owner = 'Ann "the owner" Example';
const userUrl = "http://localhost:4100/api/v2.0/Users('oid@tid')";
let made = 0;

/** Stores the task as the only one of a folder. */
async function store(members: StoredMembers): Promise<{ id: string; folderId: string }> {
  const { db, clock } = { db: service.database.db, clock: service.clock };
  return writeMailbox(db, { accountId: annId }, clock.now(), async (write) => {
    const folder = await folderRow(write.trx, write, 'Tasks');
    await write.trx.deleteFrom('tasks').execute();
    const id = `task${(made += 1)}`;
    const rest = { etag: '', changeKey: '', dateZone: null, reminderZone: null, assignedTo: null, owner };
    await insertTask(write, { ...rest, ...members, id, folderId: folder.id });
    return { id, folderId: folder.id };
  });
}

test('SQLite writes the same JSON as the codec', async () => {
  await fc.assert(
    fc.asyncProperty(task, async (members) => {
      const { id, folderId } = await store(members);
      const stored = taskOf(await taskRow(service.database.read, { accountId: annId }, id), owner);
      for (const dialect of [outlookRest, graphBeta]) {
        const page = { accountId: annId, folderId, owner, userUrl, top: 10, skip: 0, dialect };
        const { json } = await taskPageJson(service.database.read, page);
        const address = dialect === outlookRest ? { '@odata.id': `${userUrl}/Tasks('${id}')` } : {};
        const expected = { ...address, ...dialect.task.encode(stored) };
        const [first] = listOf(parseJson(json));
        expect(first).toEqual(expected);
        expect(Object.keys(first ?? {})).toEqual(Object.keys(expected));
      }
    }),
    { numRuns: 300 },
  );
});

test('selected members are written, and no others', async () => {
  const { folderId } = await store(fc.sample(task, 1).reduce((first) => first));
  const members = taskFields.map(({ member }) => member);
  await fc.assert(
    fc.asyncProperty(fc.subarray(members), async (chosen) => {
      const select = new Set<keyof Task>(chosen);
      const page = { accountId: annId, folderId, owner, userUrl, top: 10, skip: 0, select };
      const { json } = await taskPageJson(service.database.read, page);
      const shown = taskFields.filter(({ member }) => member === 'id' || select.has(member)).map(({ name }) => name);
      expect(Object.keys(listOf(parseJson(json))[0] ?? {})).toEqual(['@odata.id', '@odata.etag', ...shown]);
    }),
    { numRuns: 100 },
  );
});
