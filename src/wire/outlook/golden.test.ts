import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../dialect.ts';
import { readPage } from '../odata/odata.ts';
import { graphBeta, outlookRest } from './outlookDialects.ts';

/**
 * Samples of the public documentation without their misprints, which client and service must read and write
 * (docs/decisions/0003-one-codec-two-ends.md). graphBeta.*.json are the same samples in beta's spelling.
 */
const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
const files = import.meta.glob<JsonObject>('../fixtures/*.json', { eager: true, import: 'default' });

function golden(name: string): JsonObject {
  const json = files[`../fixtures/${name}.json`];
  if (json === undefined) throw new Error(`There is no fixture ${name}`);
  return json;
}

function membersOf(name: string): readonly JsonObject[] {
  return readPage(golden(name)).value.filter(isJsonObject);
}

/** Removes the annotations that the service adds, and fraction digits beyond the domain's milliseconds. */
function withoutEnvelope(json: JsonObject): JsonObject {
  const { '@odata.context': _context, '@odata.id': _id, ...entity } = json;
  const rounded = JSON.stringify(entity).replaceAll(/(T\d\d:\d\d:\d\d\.\d{3})\d*(?=Z|[+-])/g, '$1');
  return JSON.parse(
    rounded.replaceAll(/(\.\d*?)0+(?=Z|[+-]\d\d:\d\d")/g, '$1').replaceAll(/\.(?=Z|[+-]\d\d:\d\d")/g, ''),
  );
}

describe('responses of Outlook REST', () => {
  test('a created task', () => {
    expect(outlookRest.task.decode(golden('outlookRest.taskCreated'))).toEqual({
      id: 'AAMkADIyAAAhrb_PAAA=',
      folderId: 'AQMkADA1MTkAAAAIBEgAAAA==',
      changeKey: '1/KC9Vmu40G3DwB6Lgs7MAAAIOJMxw==',
      etag: 'W/"hmM7Eb/jgEec8l3+gkJEawAAIbAOlw=="',
      createdAt: '2016-04-22T05:44:01.201Z',
      modifiedAt: '2016-04-22T05:44:02.998Z',
      subject: 'Shop for dinner',
      body: { contentType: 'text', content: '' },
      categories: [],
      importance: 'normal',
      sensitivity: 'normal',
      status: 'notStarted',
      start: '2016-04-23T07:00:00.000Z',
      due: '2016-04-25T07:00:00.000Z',
      completed: null,
      reminder: null,
      isReminderOn: false,
      recurrence: null,
      hasAttachments: false,
      owner: 'Administrator',
      assignedTo: null,
    });
  });

  test('dates in a requested zone', () => {
    expect(outlookRest.task.decode(golden('outlookRest.taskCreatedInZone'))).toMatchObject({
      createdAt: '2016-04-22T22:19:18.952Z',
      modifiedAt: '2016-04-22T22:19:19.015Z',
      start: '2016-05-03T04:00:00.000Z',
      due: '2016-05-05T04:00:00.000Z',
    });
  });

  test('an updated task', () => {
    expect(outlookRest.task.decode(golden('outlookRest.taskUpdated'))).toMatchObject({
      start: '2016-05-03T04:00:00.000Z',
      due: '2016-05-06T04:00:00.000Z',
      createdAt: '2016-04-22T22:19:18.952Z',
    });
  });

  test('a completed task', () => {
    expect(membersOf('outlookRest.taskCompleted').map(outlookRest.task.decode)).toMatchObject([
      { status: 'completed', completed: '2016-04-22T07:00:00.000Z', start: '2016-04-21T07:00:00.000Z' },
    ]);
  });

  test('folders and groups', () => {
    expect(membersOf('outlookRest.folders').map(outlookRest.folder.decode)).toEqual([
      {
        id: 'AAMkADIyAAAAABrJAAA=',
        changeKey: 'hmM7Eb/jgEec8l3+gkJEawAAAAAeAA==',
        name: 'Monthly tasks',
        isDefault: false,
        groupKey: '0006f0b7-0000-0000-c000-000000000046',
      },
      {
        id: 'AAMkADIyAAAAAAESAAA=',
        changeKey: 'hmM7Eb/jgEec8l3+gkJEawAAAAAAPA==',
        name: 'Tasks',
        isDefault: true,
        groupKey: '0006f0b7-0000-0000-c000-000000000046',
      },
    ]);
    expect(membersOf('outlookRest.groups').map(outlookRest.group.decode)).toMatchObject([
      { name: 'My Tasks', isDefault: true, groupKey: '0006f0b7-0000-0000-c000-000000000046' },
      { name: 'Leisure Tasks', isDefault: false, groupKey: '63d640cf-946f-4734-9c29-60dda7b76acb' },
    ]);
  });

  test('pages of a delta query', () => {
    expect(readPage(golden('outlookRest.tasksSyncFirst')).deltaLink).toMatch(
      /%24deltatoken=175e2e04482e431ea96e89145c212f8c$/,
    );
    expect(readPage(golden('outlookRest.tasksSyncNext')).nextLink).toMatch(
      /%24skipToken=0fbce2031e844a2f9d13d8bee5ebe2c6$/,
    );
    expect(readPage(golden('outlookRest.foldersSyncLast'))).toMatchObject({ value: [{ Name: 'Volunteer' }] });
  });

  test('a recurrence with placeholder values', () => {
    const task = { ...golden('outlookRest.task'), Recurrence: golden('outlookRest.recurrence') };
    expect(outlookRest.task.decode(task).recurrence).toEqual({
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' },
      range: { type: 'noEnd', startDate: '2026-05-04', zone: 'Eastern Standard Time' },
    });
    expect(outlookRest.task.encode(outlookRest.task.decode(task))['Recurrence']).toEqual(task.Recurrence);
  });
});

describe('responses of Graph beta', () => {
  test('a task in a zone decodes to the same task as in Outlook REST', () => {
    expect(graphBeta.task.decode(golden('graphBeta.taskInZone'))).toEqual(
      outlookRest.task.decode(golden('outlookRest.taskCreatedInZone')),
    );
  });

  test('a completion, folders and groups do, too', () => {
    for (const [dialect, name] of [
      ['task', 'taskCompleted'],
      ['folder', 'folders'],
      ['group', 'groups'],
    ] as const) {
      expect(membersOf(`graphBeta.${name}`).map((json) => graphBeta[dialect].decode(json))).toEqual(
        membersOf(`outlookRest.${name}`).map((json) => outlookRest[dialect].decode(json)),
      );
    }
  });
});

describe('the service writes what the documentation prints, members in the same order', () => {
  test.each<[string, string | undefined]>([
    ['outlookRest.taskCreated', undefined],
    ['outlookRest.task', undefined],
    ['outlookRest.taskCreatedInZone', 'Pacific Standard Time'],
    ['outlookRest.taskUpdated', 'Eastern Standard Time'],
    ['graphBeta.taskInZone', 'Pacific Standard Time'],
  ])('%s', (name, zone) => {
    const { task } = name.startsWith('graph') ? graphBeta : outlookRest;
    const written = task.encode(task.decode(golden(name)), zone === undefined ? {} : { zone });
    expect(JSON.stringify(written)).toBe(JSON.stringify(withoutEnvelope(golden(name))));
  });

  test.each(['tasks', 'tasksSyncFirst', 'tasksSyncNext'])('tasks in %s', (name) => {
    const { task } = outlookRest;
    const written = membersOf(`outlookRest.${name}`).map((json) => task.encode(task.decode(json)));
    expect(JSON.stringify(written)).toBe(JSON.stringify(membersOf(`outlookRest.${name}`).map(withoutEnvelope)));
  });

  test.each([
    ['folder', 'outlookRest.folderCreated'],
    ['folder', 'outlookRest.folderCreatedInGroup'],
    ['folder', 'outlookRest.folderUpdated'],
    ['group', 'outlookRest.groupCreated'],
    ['group', 'outlookRest.groupUpdated'],
  ] as const)('%s in %s', (kind, name) => {
    const codec = outlookRest[kind];
    expect(JSON.stringify(codec.encode(codec.decode(golden(name))))).toBe(
      JSON.stringify(withoutEnvelope(golden(name))),
    );
  });
});

describe('requests', () => {
  const created = {
    subject: 'Shop for dinner',
    start: { local: '2016-04-23T18:00:00.000', zone: 'America/Los_Angeles' },
    due: { local: '2016-04-25T13:00:00.000', zone: 'America/Los_Angeles' },
  };

  test('a new task, in both dialects', () => {
    expect(outlookRest.task.decodePatch(golden('outlookRest.taskCreateRequest'))).toEqual(created);
    expect(graphBeta.task.decodePatch(golden('graphBeta.taskCreateRequest'))).toEqual(created);
  });

  test('a task update', () => {
    expect(outlookRest.task.decodePatch(golden('outlookRest.taskUpdateRequest'))).toEqual({
      due: { local: '2016-05-06T16:00:00.000', zone: 'America/New_York' },
    });
  });

  test('new names', () => {
    expect(outlookRest.folder.decodePatch(golden('outlookRest.folderCreateRequest'))).toEqual({ name: 'Volunteer' });
    expect(outlookRest.group.decodePatch(golden('outlookRest.groupCreateRequest'))).toEqual({ name: 'Leisure tasks' });
    expect(outlookRest.folder.encodePatch({ name: 'Volunteer' })).toEqual(golden('outlookRest.folderCreateRequest'));
  });

  test('a recurrence is written without members that its type does not use', () => {
    const patch = outlookRest.task.decodePatch({ Recurrence: golden('outlookRest.recurrenceRequest') });
    expect(outlookRest.task.encodePatch(patch)).toEqual({ Recurrence: golden('outlookRest.recurrenceRequest') });
  });
});
