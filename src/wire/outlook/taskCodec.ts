import { importances, sensitivities, taskStatuses } from '../../domain/task/task.ts';
import { limits } from '../../domain/limits.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';
import type { Codec, Json, Spelling } from '../dialect.ts';
import { isObject, unknownMemberError, WireError } from '../jsonReader.ts';
import type { KeptTexts, ReadContext } from '../jsonReader.ts';
import {
  recurrenceRequestCodec,
  bodyCodec,
  nullableTextCodec,
  offsetInstantCodec,
  textCodec,
  requiredTextCodec,
  categoriesCodec,
  limitedTextCodec,
  booleanCodec,
  fullRecurrenceCodec,
  enumCodec,
  zonedInstantCodec,
  zonedTimeCodec,
} from './valueCodecs.ts';
import type { ValueCodec, ValueKind } from './valueCodecs.ts';
import { keysOf, recordOf } from '../../domain/objectKeys.ts';

/** The members of a task in JSON; the etag is an annotation. */
type Member = Exclude<keyof Task, 'etag'>;
type PatchValues = Required<TaskPatch>;
type WritableMember = keyof PatchValues;

const status = enumCodec(taskStatuses, 'notStarted');
const importance = enumCodec(importances, 'normal');
const sensitivity = enumCodec(sensitivities, 'normal');

/** The name and codec of each member in a response, in the order of the documentation. */
const answers: { readonly [M in Member]: { name: string; value: ValueCodec<Task[M]> } } = {
  id: { name: 'Id', value: requiredTextCodec },
  createdAt: { name: 'CreatedDateTime', value: offsetInstantCodec },
  modifiedAt: { name: 'LastModifiedDateTime', value: offsetInstantCodec },
  changeKey: { name: 'ChangeKey', value: textCodec },
  categories: { name: 'Categories', value: categoriesCodec },
  assignedTo: { name: 'AssignedTo', value: nullableTextCodec },
  body: { name: 'Body', value: bodyCodec },
  completed: { name: 'CompletedDateTime', value: zonedInstantCodec },
  due: { name: 'DueDateTime', value: zonedInstantCodec },
  hasAttachments: { name: 'HasAttachments', value: booleanCodec },
  importance: { name: 'Importance', value: importance },
  isReminderOn: { name: 'IsReminderOn', value: booleanCodec },
  owner: { name: 'Owner', value: nullableTextCodec },
  folderId: { name: 'ParentFolderId', value: textCodec },
  recurrence: { name: 'Recurrence', value: fullRecurrenceCodec },
  reminder: { name: 'ReminderDateTime', value: zonedInstantCodec },
  sensitivity: { name: 'Sensitivity', value: sensitivity },
  start: { name: 'StartDateTime', value: zonedInstantCodec },
  status: { name: 'Status', value: status },
  subject: { name: 'Subject', value: textCodec },
};

/** The members that a POST or PATCH may set; others are ignored (docs/protocol.md#task). */
const requests: { readonly [M in WritableMember]: ValueCodec<PatchValues[M]> } = {
  categories: categoriesCodec,
  body: bodyCodec,
  completed: zonedTimeCodec,
  due: zonedTimeCodec,
  importance,
  isReminderOn: booleanCodec,
  recurrence: recurrenceRequestCodec,
  reminder: zonedTimeCodec,
  sensitivity,
  start: zonedTimeCodec,
  status,
  subject: limitedTextCodec(limits.subject),
};

/** Navigation properties: declared by the type, but never part of the task's body (docs/protocol.md#task). */
const navigations = ['Attachments', 'SingleValueExtendedProperties', 'MultiValueExtendedProperties'];

const members = keysOf(answers);
const writables = members.filter((member): member is WritableMember & Member => member in requests);

export type TaskFieldKind = ValueKind;

export type TaskField = {
  member: Member;
  /** The PascalCase name; `spelling.member(name)` gives a dialect's. */
  name: string;
  kind: TaskFieldKind;
  /** Whether POST and PATCH may set it. */
  writable: boolean;
};

/** The members of a task on the wire, in the order of the documentation. */
export const taskFields: readonly TaskField[] = members.map((member) => ({
  member,
  name: answers[member].name,
  kind: answers[member].value.kind,
  writable: member in requests,
}));

export function taskCodec(spelling: Spelling): Codec<Task, TaskPatch> {
  const names = namesIn(spelling);
  const known = new Set(Object.values(names));
  const closed = new Set(navigations.map(spelling.member));
  const writableByName = new Map(writables.map((member) => [names[member], member]));

  return {
    decode(json) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', 'A task must be an object.', '');
      const reading: ReadContext = { spelling, isRequest: false };
      const get = <M extends Member>(member: M): Task[M] => {
        const name = names[member];
        return answers[member].value.read(json[name] ?? null, name, reading);
      };
      const etag = json['@odata.etag'];
      return {
        id: get('id'),
        folderId: get('folderId'),
        changeKey: get('changeKey'),
        etag: typeof etag === 'string' ? etag : '',
        createdAt: get('createdAt'),
        modifiedAt: get('modifiedAt'),
        subject: get('subject'),
        body: get('body'),
        categories: get('categories'),
        importance: get('importance'),
        sensitivity: get('sensitivity'),
        status: get('status'),
        start: get('start'),
        due: get('due'),
        completed: get('completed'),
        reminder: get('reminder'),
        isReminderOn: get('isReminderOn'),
        recurrence: get('recurrence'),
        hasAttachments: get('hasAttachments'),
        owner: get('owner'),
        assignedTo: get('assignedTo'),
      };
    },

    encode(task, view = {}) {
      const writing = { spelling, view };
      const write = <M extends Member>(member: M, value: Task[M]) => answers[member].value.write(value, writing);
      const written = members.map((member): [string, Json] => [names[member], write(member, task[member])]);
      return { ...(task.etag !== '' && { '@odata.etag': task.etag }), ...Object.fromEntries(written) };
    },

    decodePatch(json, stored) {
      if (!isObject(json)) throw new WireError('RequestBodyRead', 'The body of the request must be an object.', '');
      const reading: ReadContext = {
        spelling,
        isRequest: true,
        ...(stored !== undefined && { kept: keptTextsOf(stored) }),
      };
      const patch: TaskPatch = {};
      for (const [name, value] of Object.entries(json)) {
        const member = writableByName.get(name);
        if (member !== undefined) Object.assign(patch, { [member]: requests[member].read(value, name, reading) });
        else if (!name.includes('@') && !known.has(name)) refuse(name, value);
      }
      return patch;
    },

    encodePatch(patch) {
      const writing = { spelling, view: {} };
      const write = <M extends WritableMember>(member: M, value: PatchValues[M]) =>
        requests[member].write(value, writing);
      const written = writables.flatMap((member): [string, Json][] => {
        const value = patch[member];
        return value === undefined ? [] : [[names[member], write(member, value)]];
      });
      return Object.fromEntries(written);
    },
  };

  function refuse(name: string, value: unknown): void {
    if (!closed.has(name)) throw unknownMemberError(name, spelling.type('Task'), '');
    if (value === null || (Array.isArray(value) && value.length === 0)) return;
    throw new WireError('ErrorInvalidProperty', `The property '${name}' cannot be set with the task.`, name);
  }
}

function keptTextsOf({ subject, body, categories }: Task): KeptTexts {
  return { texts: new Set([subject, body.content, ...categories]), entries: categories.length };
}

function namesIn(spelling: Spelling): Readonly<Record<Member, string>> {
  return recordOf(members, (member) => spelling.member(answers[member].name));
}
