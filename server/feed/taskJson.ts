import { CompiledQuery } from 'kysely';
import type { Task } from '../../src/domain/task/task.ts';
import type { Dialect, Spelling } from '../../src/wire/dialect.ts';
import { outlookRest, taskFields, type TaskFieldKind } from '../../src/wire/outlook/outlookDialects.ts';
import { oldestFirst } from '../query/compileOrder.ts';
import { numberedParameters, type SqlText } from '../query/sqlText.ts';
import { hasRoom } from '../db/statementGuard.ts';
import type { Db } from '../db/tables.ts';

/**
 * SQLite writes the JSON of a page itself, in UTC, from the dialect's field table; building objects first takes 2.5
 * times as long (docs/performance.md#rows-as-json-in-sql). A test checks that the codec gives the same.
 */
export type TaskPageQuery = {
  accountId: string;
  /** The folder, which the caller has checked; absent for every folder of the mailbox. */
  folderId?: string | undefined;
  owner: string;
  /** `https://host/api/v2.0/Users('oid@tid')`, without a final slash. */
  userUrl: string;
  top: number;
  skip: number;
  /** The members to write; undefined for all. */
  select?: ReadonlySet<keyof Task> | undefined;
  /** v2 by default. */
  dialect?: Dialect | undefined;
  /** The compiled $filter and $orderby; oldest first by default. */
  where?: SqlText | undefined;
  order?: string | undefined;
  /** The index to use, from `chooseIndex`. */
  route?: string | undefined;
  /** Fails with RowsTooLarge when the page is too long for one string. SQLite only. */
  isBounded?: boolean | undefined;
};

export type TaskJsonPage = { json: string; hasMore: boolean };

export async function taskPageJson(read: Db, page: TaskPageQuery): Promise<TaskJsonPage> {
  const place = page.folderId ?? page.accountId;
  const text = pageText(page);
  const filterValues = page.where?.values ?? [];
  const { userUrl, owner, top, skip, accountId } = page;
  const values = [userUrl, owner, place, top, skip, top + skip, accountId, ...filterValues];
  const { rows } = await read.executeQuery<{ json: string; more: number }>(CompiledQuery.raw(text, values));
  const [row] = rows;
  return { json: row?.json ?? '[]', hasMore: row?.more === 1 };
}

/** SQL by selected members: few in practice, and bounded in case a client tries every combination. */
const texts = new Map<string, string>();

/**
 * Parameters: 1 user URL, 2 owner, 3 place, 4 page size, 5 rows to skip, 6 the sum of both, 7 account, then the
 * filter's.
 */
function pageText({
  folderId,
  select,
  dialect = outlookRest,
  where,
  order = oldestFirst,
  route = '',
  isBounded = false,
}: TaskPageQuery): string {
  const place = folderId === undefined ? 'account_id' : 'folder_id';
  const fields = selectedFields(select);
  const key = [dialect.name, place, route, isBounded, where?.text, order, ...fields.map(({ name }) => name)].join();
  const cached = texts.get(key);
  if (cached !== undefined) return cached;
  const filterSql = where === undefined ? '' : ` and ${numberedParameters(where, 8)}`;
  const rows = `from tasks${route} where ${place} = ?3 and account_id = ?7 and deleted_at is null${filterSql} order by ${order}`;
  const text = `
    select json_group_array(${taskObjectSql(fields, dialect)}) as json,
      case when count(*) < ?4 then 0 else exists (select 1 ${rows} limit 1 offset ?6) end as more,
      ?1 as url, ?2 as owner
    from (select * ${rows} limit ?4 offset ?5)${isBounded ? ` where ${hasRoom('octet_length(body)')}` : ''}`;
  if (texts.size >= 200) texts.clear();
  texts.set(key, text);
  return text;
}

/** The fields to write: `$select` may leave out all but the id (docs/protocol.md#query-options-and-paging). */
export function selectedFields(select: ReadonlySet<keyof Task> | undefined): typeof taskFields {
  return taskFields.filter(({ member }) => member === 'id' || (select?.has(member) ?? true));
}

/** SQL that turns a row of `tasks` into the JSON of a task. Parameters: 1 user URL, 2 owner. */
export function taskObjectSql(fields: typeof taskFields, { name: dialect, spelling }: Dialect = outlookRest): string {
  const members = fields.map(
    ({ member, name, kind }) => `'${spelling.member(name)}', ${valueText(member, kind, spelling)}`,
  );
  const id = dialect === 'outlookRest' ? [`'@odata.id', ?1 || '/Tasks(''' || id || ''')'`] : [];
  const etag = `'@odata.etag', 'W/"' || seq || '"'`;
  return `json_object(${[...id, etag, ...members].join(', ')})`;
}

/** The column of each member. SQL text here is constant, never from a request. */
const columns: Readonly<Record<Exclude<keyof Task, 'body' | 'recurrence'>, string>> = {
  id: 'id',
  folderId: 'folder_id',
  changeKey: 'cast(seq as text)',
  etag: 'null',
  createdAt: 'created_at',
  modifiedAt: 'modified_at',
  subject: 'subject',
  categories: 'json(categories)',
  importance: 'importance',
  sensitivity: 'sensitivity',
  status: 'status',
  start: 'start_at',
  due: 'due_at',
  completed: 'completed_at',
  reminder: 'reminder_at',
  isReminderOn: 'is_reminder_on',
  hasAttachments: 'has_attachments',
  owner: '?2',
  assignedTo: 'null',
};

function valueText(member: keyof Task, kind: TaskFieldKind, spelling: Spelling): string {
  if (member === 'body') return bodyText(spelling);
  if (member === 'recurrence') return recurrenceText(spelling);
  const column = columns[member];
  switch (kind) {
    case 'enum':
      return spellingSql(column, spelling);
    case 'offset':
      // Drops trailing zeros of the fraction (docs/protocol.md#text-formats).
      return `rtrim(rtrim(substr(${column}, 1, 23), '0'), '.') || 'Z'`;
    case 'zoned': {
      const members = { DateTime: `substr(${column}, 1, 23) || '0000'`, TimeZone: `'UTC'` };
      return `case when ${column} is null then null else ${jsonText(members, spelling)} end`;
    }
    case 'bool':
      return `json(case ${column} when 1 then 'true' else 'false' end)`;
    default:
      return column;
  }
}

function jsonText(members: Readonly<Record<string, string>>, { member }: Spelling): string {
  const pairs = Object.entries(members).map(([name, value]) => `'${member(name)}', ${value}`);
  return `json_object(${pairs.join(', ')})`;
}

/** SQL that spells a value such as `notStarted` for the dialect. */
function spellingSql(text: string, { value }: Spelling): string {
  return value('word') === 'word' ? text : `upper(substr(${text}, 1, 1)) || substr(${text}, 2)`;
}

function bodyText(spelling: Spelling): string {
  const type = `case body_type when 'html' then '${spelling.value('html')}' else '${spelling.value('text')}' end`;
  return jsonText({ ContentType: type, Content: 'body' }, spelling);
}

/**
 * SQL of a PatternedRecurrence with placeholders for members that its type does not use (docs/protocol.md#recurrence).
 */
function recurrenceText(spelling: Spelling): string {
  const at = (path: string) => `json_extract(recurrence, '$.${path}')`;
  const or = (path: string, filler: string) => `coalesce(${at(path)}, ${filler})`;
  const spellSql = (text: string) => spellingSql(text, spelling);
  const days = `(select json_group_array(${spellSql('value')}) from json_each(recurrence, '$.pattern.daysOfWeek'))`;
  const pattern = {
    Type: spellSql(at('pattern.type')),
    Interval: at('pattern.interval'),
    Month: or('pattern.month', '0'),
    DayOfMonth: or('pattern.dayOfMonth', '0'),
    DaysOfWeek: days,
    FirstDayOfWeek: spellSql(or('pattern.firstDayOfWeek', `'sunday'`)),
    Index: spellSql(or('pattern.index', `'first'`)),
  };
  const range = {
    Type: spellSql(at('range.type')),
    StartDate: at('range.startDate'),
    EndDate: or('range.endDate', `'0001-01-01'`),
    RecurrenceTimeZone: at('range.zone'),
    NumberOfOccurrences: or('range.numberOfOccurrences', '0'),
  };
  const whole = jsonText({ Pattern: jsonText(pattern, spelling), Range: jsonText(range, spelling) }, spelling);
  return `case when recurrence is null then null else ${whole} end`;
}
