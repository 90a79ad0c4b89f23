import ICAL from 'ical.js';
import type { Sensitivity, TaskStatus, Task } from '../../../domain/task/task.ts';
import { dayOf } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { toRrule } from './rrule.ts';
import type { RruleParts } from './rrule.ts';
import { writeWholeFile } from '../fileModel.ts';
import type { TaskFileWriter, ExportedFolder } from '../fileModel.ts';
import { printableLine, printableText } from './printableText.ts';
import type { JcalComponent, JcalProperty } from './jcal.ts';

type Options = {
  /** Zone of the mailbox, in which days without a zone are meant. */
  zone: string;
  plainText: (html: string) => string;
};

const statusWords: Readonly<Record<TaskStatus, string>> = {
  notStarted: 'NEEDS-ACTION',
  inProgress: 'IN-PROCESS',
  completed: 'COMPLETED',
  waitingOnOthers: 'NEEDS-ACTION',
  deferred: 'NEEDS-ACTION',
};
const classes: Readonly<Record<Sensitivity, string>> = {
  normal: 'PUBLIC',
  personal: 'PRIVATE',
  private: 'PRIVATE',
  confidential: 'CONFIDENTIAL',
};
const priorities = { low: 9, normal: 5, high: 1 } as const;

/**
 * Writes tasks as VTODO components of one calendar (RFC 5545 §3.6.2). Values without a standard property go into
 * `X-THREEFOLD-…` properties, which other programs ignore. Links are included, files are not.
 * @param calendar name of the calendar, for an export of one folder.
 */
export function icalWriter({ zone, plainText, calendar }: Options & { calendar?: string | undefined }): TaskFileWriter {
  let place: JcalProperty = ['x-threefold-folder', {}, 'text', ''];
  // ical.js only writes whole components: the lines of an empty calendar enclose the tasks.
  const head: JcalProperty[] = [
    ['prodid', {}, 'text', '-//Threefold//Threefold//EN'],
    ['version', {}, 'text', '2.0'],
    ...(calendar === undefined ? [] : [['x-wr-calname', {}, 'text', printableText(calendar)] satisfies JcalProperty]),
  ];
  const end = 'END:VCALENDAR\r\n';
  return {
    head: () => ICAL.stringify(['vcalendar', head, []]).slice(0, -end.length),
    group: () => '',
    folder({ name, group }) {
      place = [
        'x-threefold-folder',
        group === '' ? {} : { 'x-group': printableText(group) },
        'text',
        printableText(name),
      ];
      return '';
    },
    task({ task, attachments }) {
      const links = attachments.flatMap(({ attachment }): JcalProperty[] =>
        attachment.kind === 'reference'
          ? [['attach', { filename: printableText(attachment.name) }, 'uri', printableLine(attachment.sourceUrl)]]
          : [],
      );
      const todo: JcalComponent = ['vtodo', [...propertiesOf(task, zone, plainText), ...links, place], alarmsOf(task)];
      return ICAL.stringify(todo);
    },
    end: () => end,
  };
}

export function writeIcal(folders: readonly ExportedFolder[], options: Options): string {
  const names = [...new Set(folders.map(({ name }) => name))];
  return writeWholeFile(icalWriter({ ...options, calendar: names.length === 1 ? names[0] : undefined }), folders);
}

function propertiesOf(task: Task, zone: string, plainText: Options['plainText']): JcalProperty[] {
  const { body, status, recurrence } = task;
  const day = (name: string, instant: Instant | null): JcalProperty[] =>
    instant === null ? [] : [[name, {}, 'date', dayOf(instant, zone)]];
  const isHtml = body.contentType === 'html';
  const text = isHtml ? plainText(body.content) : body.content;
  // Rules are counted from DTSTART; strict servers refuse one without it.
  const isDueAlone = recurrence !== null && task.start === null;
  const begins = isDueAlone ? task.due : task.start;
  return [
    ['uid', {}, 'text', `${task.id}@threefold.invalid`],
    ['dtstamp', {}, 'date-time', utc(task.modifiedAt)],
    ['created', {}, 'date-time', utc(task.createdAt)],
    ['last-modified', {}, 'date-time', utc(task.modifiedAt)],
    // Strict programs refuse empty texts.
    ...(task.subject === '' ? [] : [['summary', {}, 'text', printableText(task.subject)] satisfies JcalProperty]),
    ...(text === '' ? [] : [['description', {}, 'text', printableText(text)] satisfies JcalProperty]),
    ...(isHtml
      ? [['x-alt-desc', { fmttype: 'text/html' }, 'text', printableText(body.content)] satisfies JcalProperty]
      : []),
    ...day('dtstart', begins),
    ...(isDueAlone && begins !== null ? [['x-threefold-start', {}, 'text', 'none'] satisfies JcalProperty] : []),
    ...day('due', task.due),
    ...(task.completed === null ? [] : [['completed', {}, 'date-time', utc(task.completed)] satisfies JcalProperty]),
    ['status', {}, 'text', statusWords[status]],
    ...(status === 'waitingOnOthers' || status === 'deferred'
      ? [['x-threefold-status', {}, 'text', status] satisfies JcalProperty]
      : []),
    ...(status === 'completed' ? [['percent-complete', {}, 'integer', 100] satisfies JcalProperty] : []),
    ['class', {}, 'text', classes[task.sensitivity]],
    ...(task.sensitivity === 'personal'
      ? [['x-threefold-sensitivity', {}, 'text', 'personal'] satisfies JcalProperty]
      : []),
    ['priority', {}, 'integer', priorities[task.importance]],
    ...(task.categories.length === 0
      ? []
      : [['categories', {}, 'text', ...task.categories.map(printableText)] satisfies JcalProperty]),
    ...(recurrence === null ? [] : [['rrule', {}, 'recur', ruleOf(recurrence)] satisfies JcalProperty]),
  ];
}

function ruleOf({ pattern, range }: NonNullable<Task['recurrence']>): RruleParts {
  const parts = toRrule(pattern);
  if (range.type === 'numbered') return { ...parts, count: range.numberOfOccurrences };
  return range.type === 'endDate' ? { ...parts, until: range.endDate } : parts;
}

function alarmsOf(task: Task): JcalComponent[] {
  if (!task.isReminderOn || task.reminder === null) return [];
  const trigger: JcalProperty = ['trigger', {}, 'date-time', utc(task.reminder)];
  return [
    [
      'valarm',
      [
        ['action', {}, 'text', 'DISPLAY'],
        ['description', {}, 'text', printableText(task.subject) || 'Reminder'],
        trigger,
      ],
      [],
    ],
  ];
}

const utc = (instant: Instant) => `${instant.slice(0, 19)}Z`;
