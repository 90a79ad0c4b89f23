import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../db/isPostgres.ts';
import type { Tables } from '../db/tables.ts';
import { countedTables, type CountedTable } from './usageTables.ts';

/** `bytes` of the row called `row`, or any other expression of a counted table. */
export const ofRow = (expression: string, row: string): string => expression.replaceAll('$', row);

/** Entries and bytes of a row by part: `[column of counters, expression]`. */
export function countsOf({ parts, items, bytes }: CountedTable, row: string): readonly (readonly [string, string])[] {
  return parts.flatMap(([part, condition]) => {
    const when = (value: string) =>
      condition === 'true'
        ? `(${ofRow(value, row)})`
        : `case when ${ofRow(`${condition} then ${value}`, row)} else 0 end`;
    const counted = [[`${part}_bytes`, when(bytes)]] as const;
    return items === 0 ? counted : [[`${part}_items`, when(String(items))] as const, ...counted];
  });
}

/**
 * Triggers that keep the account of every mailbox and of every guest: in the database, so that no code path, cascade or
 * purge can forget it.
 */
export async function createUsageTriggers(db: Kysely<Tables>, tables = countedTables): Promise<void> {
  const texts = tables.flatMap(isPostgres(db) ? postgresTriggers : sqliteTriggers);
  for (const text of texts) await sql.raw(text).execute(db);
}

/** Removes the triggers of tables that a migration counts in another way. */
export async function dropUsageTriggers(db: Kysely<Tables>, tables: readonly CountedTable[]): Promise<void> {
  const names = tables.flatMap(({ table }) => ['insert', 'delete', 'update'].map((event) => `${table}_used_${event}`));
  const drop = (name: string) =>
    isPostgres(db) ? `drop function if exists ${name}() cascade` : `drop trigger if exists ${name}`;
  for (const name of names) await sql.raw(drop(name)).execute(db);
}

function sqliteTriggers(counted: CountedTable): readonly string[] {
  const { table, columns } = counted;
  const add = (row: string, sign: '+' | '-') => {
    const sums = countsOf(counted, row).map(([column, value]) => `${column} = ${column} ${sign} ${value}`);
    return `update counters set ${sums.join(', ')} where account_id = ${row}.account_id;`;
  };
  const isOther = ['account_id', ...columns].map((column) => `old.${column} is not new.${column}`);
  const { join, leave } = sqliteShare(counted);
  return [
    `create trigger ${table}_used_insert after insert on ${table} begin ${add('new', '+')} ${join} end`,
    `create trigger ${table}_used_delete after delete on ${table} begin ${add('old', '-')} ${leave} end`,
    ...(columns.length === 0
      ? []
      : [
          `create trigger ${table}_used_update after update of ${['account_id', ...columns].join(', ')} on ${table}
             when ${isOther.join(' or ')}
             begin ${add('old', '-')} ${add('new', '+')} ${leave} ${join} end`,
        ]),
  ];
}

/** What a row adds to the share of its guest, and takes from it. */
function sqliteShare({ guest, items, bytes }: CountedTable): { join: string; leave: string } {
  if (guest === undefined) return { join: '', leave: '' };
  const taken = [`items = items - ${items}`, `bytes = bytes - (${ofRow(bytes, 'old')})`];
  return {
    join: `insert into guest_usage (account_id, guest_id, items, bytes)
      select new.account_id, new.${guest}, ${items}, ${ofRow(bytes, 'new')} where new.${guest} is not null
      on conflict (account_id, guest_id) do update set items = items + excluded.items, bytes = bytes + excluded.bytes;`,
    leave: `update guest_usage set ${taken.join(', ')} where account_id = old.account_id and guest_id = old.${guest};`,
  };
}

/** Once a statement, not once a row: each change of a counter row in a transaction makes the next one slower. */
function postgresTriggers(counted: CountedTable): readonly string[] {
  const { table } = counted;
  return (
    [
      ['insert', [['added', 1]], 'new table as added'],
      ['delete', [['removed', -1]], 'old table as removed'],
      [
        'update',
        [
          ['added', 1],
          ['removed', -1],
        ],
        'old table as removed new table as added',
      ],
    ] as const
  ).flatMap(([event, rows, referencing]) => [
    `create function ${table}_used_${event}() returns trigger language plpgsql as $$ begin
       ${postgresCounters(counted, rows)} ${postgresShares(counted, rows, event === 'delete')}
       return null; end $$`,
    `create trigger ${table}_used_${event} after ${event} on ${table} referencing ${referencing}
       for each statement execute function ${table}_used_${event}()`,
  ]);
}

type ChangedRows = readonly (readonly ['added' | 'removed', 1 | -1])[];

function postgresCounters(counted: CountedTable, rows: ChangedRows): string {
  const columns = countsOf(counted, 'r').map(([column]) => column);
  const values = ([from, sign]: ChangedRows[number]) => {
    const each = countsOf(counted, 'r').map(([column, value]) => `(${sign}) * (${value}) as ${column}`);
    return `select r.account_id, ${each.join(', ')} from ${from} as r`;
  };
  const sums = columns.map((column) => `sum(${column}) as ${column}`).join(', ');
  const changes = `select account_id, ${sums} from (${rows.map(values).join(' union all ')}) as each_row group by 1`;
  return `update counters as c set ${columns.map((column) => `${column} = c.${column} + d.${column}`).join(', ')}
    from (${changes}) as d
    where c.account_id = d.account_id and (${columns.map((column) => `d.${column} <> 0`).join(' or ')});`;
}

/** A deletion only updates: the account of the mailbox may be gone. */
function postgresShares({ guest, items, bytes }: CountedTable, rows: ChangedRows, isDeletion: boolean): string {
  if (guest === undefined) return '';
  const values = ([from, sign]: ChangedRows[number]) =>
    `select r.account_id, r.${guest} as guest_id, (${sign}) * ${items} as items, (${sign}) * (${ofRow(bytes, 'r')}) as bytes
       from ${from} as r where r.${guest} is not null`;
  const changes = `select account_id, guest_id, sum(items) as items, sum(bytes) as bytes
    from (${rows.map(values).join(' union all ')}) as each_row group by 1, 2 having sum(items) <> 0 or sum(bytes) <> 0`;
  if (isDeletion)
    return `update guest_usage as g set items = g.items + d.items, bytes = g.bytes + d.bytes from (${changes}) as d
      where g.account_id = d.account_id and g.guest_id = d.guest_id;`;
  return `insert into guest_usage as g (account_id, guest_id, items, bytes) ${changes}
    on conflict (account_id, guest_id) do update set items = g.items + excluded.items, bytes = g.bytes + excluded.bytes;`;
}
