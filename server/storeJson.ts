import { CompiledQuery } from 'kysely';
import type { Task } from '../src/domain/task.ts';
import { taskFields, type TaskFieldKind } from '../src/wire/outlook.ts';
import type { Db } from './store.ts';

/**
 * Hot reads: SQLite itself writes the JSON of a page, in UTC, from the dialect's own field table. Building objects first
 * costs 2.5 times as much (stack.md §4). That it says the same as the codec is a test's promise, not a reader's.
 */
export type PageQuery = {
  accountId: string;
  /** Absent: every folder of the mailbox. The caller has checked that the folder is the account's. */
  folderId?: string;
  owner: string;
  /** `https://host/api/v2.0/Users('oid@tid')`, no slash at the end. */
  userUrl: string;
  top: number;
  skip: number;
  /** Members to show; undefined shows all. */
  select?: ReadonlySet<keyof Task>;
};

export type JsonPage = { json: string; hasMore: boolean };

export async function taskPageJson(read: Db, page: PageQuery): Promise<JsonPage> {
  const place = page.folderId ?? page.accountId;
  const text = pageText(page.folderId === undefined ? 'account_id' : 'folder_id', page.select);
  const values = [page.userUrl, page.owner, place, page.top, page.skip, page.top + page.skip];
  const { rows } = await read.executeQuery<{ json: string; more: number }>(CompiledQuery.raw(text, values));
  const [row] = rows;
  return { json: row?.json ?? '[]', hasMore: row?.more === 1 };
}

/** Texts by what they show: few in practice, and a bound in case somebody tries every combination. */
const texts = new Map<string, string>();

/** Parameters: 1 user URL, 2 owner, 3 place, 4 page size, 5 rows to skip, 6 the two together. */
function pageText(place: 'account_id' | 'folder_id', select: ReadonlySet<keyof Task> | undefined): string {
  const fields = shownFields(select);
  const key = [place, ...fields.map(({ name }) => name)].join();
  const known = texts.get(key);
  if (known !== undefined) return known;
  const rows = `from tasks where ${place} = ?3 and deleted_at is null order by created_at desc, id desc`;
  const text = `
    select json_group_array(${objectText(fields)}) as json,
      case when count(*) < ?4 then 0 else exists (select 1 ${rows} limit 1 offset ?6) end as more,
      ?1 as url, ?2 as owner
    from (select * ${rows} limit ?4 offset ?5)`;
  if (texts.size >= 200) texts.clear();
  texts.set(key, text);
  return text;
}

/** The fields an answer shows: `$select` may leave out all but the id (wire.md §13). */
export function shownFields(select: ReadonlySet<keyof Task> | undefined): typeof taskFields {
  return taskFields.filter(({ member }) => member === 'id' || (select?.has(member) ?? true));
}

/** SQL that makes a row of `tasks` the JSON of a task. Parameters: 1 user URL, 2 owner. */
export function objectText(fields: typeof taskFields): string {
  const members = fields.map(({ member, name, kind }) => `'${name}', ${valueText(member, kind)}`);
  const id = `'@odata.id', ?1 || '/Tasks(''' || id || ''')'`;
  const etag = `'@odata.etag', 'W/"' || seq || '"'`;
  return `json_object(${[id, etag, ...members].join(', ')})`;
}

/** Where each member lives. Text here is ours, never a caller's. */
const columns: Readonly<Record<keyof Task, string>> = {
  id: 'id',
  folderId: 'folder_id',
  changeKey: 'cast(seq as text)',
  etag: 'null',
  createdAt: 'created_at',
  modifiedAt: 'modified_at',
  subject: 'subject',
  body: `json_object('ContentType', case body_type when 'html' then 'HTML' else 'Text' end, 'Content', body)`,
  categories: 'json(categories)',
  importance: 'importance',
  sensitivity: 'sensitivity',
  status: 'status',
  start: 'start_at',
  due: 'due_at',
  completed: 'completed_at',
  reminder: 'reminder_at',
  isReminderOn: 'is_reminder_on',
  recurrence: recurrenceText(),
  hasAttachments: 'has_attachments',
  owner: '?2',
  assignedTo: 'null',
};

function valueText(member: keyof Task, kind: TaskFieldKind): string {
  const column = columns[member];
  switch (kind) {
    case 'enum':
      return pascal(column);
    case 'offset':
      // Trailing zeros of the fraction are dropped (wire.md §7.3).
      return `rtrim(rtrim(substr(${column}, 1, 23), '0'), '.') || 'Z'`;
    case 'zoned':
      return `case when ${column} is null then null else
        json_object('DateTime', substr(${column}, 1, 23) || '0000', 'TimeZone', 'UTC') end`;
    case 'bool':
      return `json(case ${column} when 1 then 'true' else 'false' end)`;
    default:
      return column;
  }
}

/** `notStarted` as v2 spells it. */
function pascal(text: string): string {
  return `upper(substr(${text}, 1, 1)) || substr(${text}, 2)`;
}

function ruleText(path: string): string {
  return `json_extract(recurrence, '$.${path}')`;
}

/** PatternedRecurrence with the fillers of members its type does not use (wire.md §10). */
function recurrenceText(): string {
  const at = ruleText;
  const or = (path: string, filler: string) => `coalesce(${at(path)}, ${filler})`;
  const days = `(select json_group_array(${pascal('value')}) from json_each(recurrence, '$.pattern.daysOfWeek'))`;
  return `case when recurrence is null then null else json_object(
    'Pattern', json_object('Type', ${pascal(at('pattern.type'))}, 'Interval', ${at('pattern.interval')},
      'Month', ${or('pattern.month', '0')}, 'DayOfMonth', ${or('pattern.dayOfMonth', '0')}, 'DaysOfWeek', ${days},
      'FirstDayOfWeek', ${pascal(or('pattern.firstDayOfWeek', `'sunday'`))},
      'Index', ${pascal(or('pattern.index', `'first'`))}),
    'Range', json_object('Type', ${pascal(at('range.type'))}, 'StartDate', ${at('range.startDate')},
      'EndDate', ${or('range.endDate', `'0001-01-01'`)}, 'RecurrenceTimeZone', ${at('range.zone')},
      'NumberOfOccurrences', ${or('range.numberOfOccurrences', '0')})) end`;
}
