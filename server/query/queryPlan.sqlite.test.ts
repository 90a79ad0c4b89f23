import { valuesOf } from '../testing/json.ts';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import { readOptions } from '../../src/wire/odata/odata.ts';
import { annId, startService, type Service } from '../testing/testService.ts';
import { taskQueryFields } from './queryFields.ts';
import { compileFilter, indexConditionsOf, sqliteElements } from './compileFilter.ts';
import { compileOrder, orderedBy } from './compileOrder.ts';
import { parseFilter } from './filterParser.ts';
import { chooseIndex } from './queryPlan.ts';
import { always } from './sqlText.ts';

const scope = {
  fields: taskQueryFields,
  owner: 'Ann Example',
  spelling: outlookRest.spelling,
  elementsOf: sqliteElements,
};

let service: Service;
beforeAll(async () => {
  service = await startService();
  const { db } = service.database;
  await service.send('POST', '/me/tasks', {
    Subject: 'Rare',
    DueDateTime: { DateTime: '2026-05-01', TimeZone: 'UTC' },
  });
  const row = await db.selectFrom('tasks').selectAll().executeTakeFirstOrThrow();
  for (let n = 0; n < 600; n += 1) {
    const status = n < 590 ? ('completed' as const) : ('notStarted' as const);
    const other = { ...row, id: `${row.id}${n}`, subject_key: 'common', due_at: '2026-04-01T00:00:00.000Z', status };
    await db.insertInto('tasks').values(other).execute();
  }
});
afterAll(() => service.close());

function queryOf(filter: string | undefined, order = '') {
  const parsed = filter === undefined ? undefined : parseFilter(filter);
  const { orderBy = [] } = readOptions(`$orderby=${order}`, outlookRest);
  return {
    where: parsed === undefined ? always : compileFilter(parsed, scope),
    keys: parsed === undefined ? [] : indexConditionsOf(parsed, scope),
    ...(orderBy.length > 0 && { order: compileOrder(orderBy, scope), orderedBy: orderedBy(orderBy, scope) }),
  };
}

test.each([
  [undefined, '', 'tasks_by_account'],
  ["Subject eq 'rare'", '', 'tasks_by_subject_key'],
  ["'rare' eq Subject", '', 'tasks_by_subject_key'],
  ["Subject eq 'common'", '', 'tasks_by_account'],
  ["Subject eq 'common' and DueDateTime/DateTime ge '2026-05-01'", '', 'tasks_by_due_at'],
  ["Subject eq 'common' or DueDateTime/DateTime ge '2026-05-01'", '', 'tasks_by_account'],
  ["not (DueDateTime/DateTime ge '2026-05-01')", '', 'tasks_by_account'],
  ["Subject ne 'common'", '', 'tasks_by_account'],
  ['LastModifiedDateTime gt 2036-01-02T03:04:05Z', '', 'tasks_by_modified_at'],
  // Old mailboxes have few open tasks among many completed ones.
  ["Status ne 'Completed'", '', 'tasks_by_status'],
  ["Status eq 'Completed'", '', 'tasks_by_account'],
  ['HasAttachments eq true', '', 'tasks_by_account'],
  ['DueDateTime eq null', '', 'tasks_by_due_at'],
  [undefined, 'DueDateTime desc', 'tasks_by_due_at'],
  [undefined, 'Subject', 'tasks_by_subject_key'],
  [undefined, 'CreatedDateTime', 'tasks_by_account'],
  [undefined, 'Subject,DueDateTime', ''],
  [undefined, 'Importance', ''],
  ["Subject eq 'rare'", 'DueDateTime', 'tasks_by_subject_key'],
])('%s, ordered by "%s", uses %s', async (filter, order, index) => {
  const { read } = service.database;
  const route = await chooseIndex(read, { accountId: annId }, queryOf(filter, order));
  expect(route.replace(' indexed by ', '')).toBe(index);
  // The same in a folder; and the chosen index does not change the result.
  const list = async (path: string) => {
    const query = [
      ['$filter', filter],
      ['$orderby', order || undefined],
      ['$top', '1000'],
      ['$select', 'Id'],
    ]
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
      .join('&');
    const { status, body } = await service.send('GET', `${path}?${query}`);
    expect(status).toBe(200);
    return valuesOf(body).map(({ Id }) => Id);
  };
  const { where } = queryOf(filter);
  const found = await list('/me/tasks');
  expect(await list("/me/taskfolders('Tasks')/tasks")).toEqual(found);
  expect(found.length).toBe(await countWhere(where));
});

async function countWhere({ text, values }: { text: string; values: readonly (string | number)[] }): Promise<number> {
  const query = CompiledQuery.raw(`select count(*) as n from tasks where deleted_at is null and ${text}`, [...values]);
  const { rows } = await service.database.read.executeQuery<{ n: number }>(query);
  return rows[0]?.n ?? -1;
}

test('an order with an index needs no sorting', async () => {
  for (const order of [
    'DueDateTime',
    'DueDateTime desc',
    'LastModifiedDateTime desc',
    'Subject',
    'CreatedDateTime desc',
  ]) {
    const query = queryOf(undefined, order);
    const { read } = service.database;
    const route = await chooseIndex(read, { accountId: annId }, query);
    const text = `explain query plan select * from tasks${route} where account_id = ? and deleted_at is null order by ${query.order}`;
    const { rows } = await read.executeQuery<{ detail: string }>(CompiledQuery.raw(text, [annId]));
    expect(rows.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE');
  }
});
