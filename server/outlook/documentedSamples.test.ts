import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSampleReplay, type SampleReplay } from '../testing/sampleReplay.ts';
import * as seed from '../testing/samplePairs.ts';
import { annId } from '../testing/testService.ts';

/** Replays the documentation: sends every printed request and expects every printed response. */

let replay: SampleReplay;
beforeEach(async () => {
  replay = await startSampleReplay();
});
afterEach(() => replay.service.close());

const pacific = (day: string) => ({ DateTime: `${day}T00:00:00`, TimeZone: 'Pacific Standard Time' });
const eastern = (day: string) => ({ DateTime: `${day}T00:00:00`, TimeZone: 'Eastern Standard Time' });
const dinner = { Subject: 'Shop for dinner', StartDateTime: pacific('2016-04-23'), DueDateTime: pacific('2016-04-25') };

/** A task of the documentation with its instants of creation and change. */
async function task(printed: string, body: { Subject: string }, [made, changed]: [string, string], path = '/tasks') {
  const { Id } = await replay.assume('POST', path, { ...body, Subject: 'not yet' }, made);
  await replay.assume('PATCH', `/tasks('${String(Id)}')`, { Subject: body.Subject }, changed);
  replay.name(printed, Id);
}

async function group(printed: string, printedKey: string): Promise<void> {
  const { Id, GroupKey } = await replay.assume('POST', '/taskgroups', { Name: 'Leisure tasks' });
  replay.name(printed, Id);
  replay.name(printedKey, GroupKey);
}

async function playAll(pairs: readonly seed.SamplePair[]): Promise<void> {
  for (const pair of pairs) await replay.play(pair);
}

describe('tasks', () => {
  test('specifying dates', () => replay.play(seed.specifyingDates));

  test('creating', async () => {
    const { Id } = await replay.assume('POST', '/taskfolders', { Name: 'Cooking' });
    for (const printed of ['AAMkADIyAAAhrbPXAAA=', 'AQMkADA1MTkAAAAIBEgAAAA==']) replay.name(printed, Id);
    replay.name('AQMkADA1MTEgAAAA==', replay.defaultFolder);
    await playAll(seed.creatingTasks);
  });

  test('getting', async () => {
    replay.name('AQMkADA1MTBEgAAAA==', replay.defaultFolder);
    await task('AAMkADA1MTrfAAA=', dinner, ['2016-04-22T05:44:01.201Z', '2016-04-22T05:44:02.998Z']);
    const second = { ...dinner, StartDateTime: eastern('2016-04-26'), DueDateTime: eastern('2016-04-27') };
    await task('AAMkADA1MTrgAAA=', second, ['2016-04-22T06:03:35.927Z', '2016-04-22T06:03:35.943Z']);
    await playAll(seed.gettingTasks);
  });

  test('updating', async () => {
    replay.name('AQMkADA1MTIBEgAAAA==', replay.defaultFolder);
    const dates = { StartDateTime: eastern('2016-05-03'), DueDateTime: eastern('2016-05-05') };
    const made = '2016-04-22T22:19:18.952Z';
    await task('AAMkADA1MTHgwAAA=', { Subject: "Shop for children's weekend", ...dates }, [made, made]);
    await replay.play(seed.updatingTasks);
  });

  test('deleting', async () => {
    const made = '2016-04-22T05:44:01.201Z';
    await task('AAMkADIyAAAhrb_QAAA=', dinner, [made, made]);
    await replay.play(seed.deletingTasks);
  });

  test('completing', async () => {
    replay.name('AQMkADA1MTIBEgAAAA==', replay.defaultFolder);
    const body = { ...dinner, StartDateTime: pacific('2016-04-21') };
    await task('AAMkADA1MT15rfAAA=', body, ['2016-04-22T05:44:01.201Z', '2016-04-22T05:44:02.998Z']);
    await replay.play(seed.completingTasks);
  });
});

describe('delta queries', () => {
  test('tasks of a folder', async () => {
    for (const printed of ['AQMkAGMwAAAIBEgAAAA==', 'AQMkAGMw80AAAIBEgAAAA==']) {
      replay.name(printed, replay.defaultFolder);
    }
    const another = { Subject: 'another task' };
    await task('AAMkAGMwQsKVevNAAAG1VNmAAA=', another, ['2016-02-29T20:51:25.222Z', '2016-02-29T20:51:25.253Z']);
    await task('AAMkAGMwQsKVevNAAAG1VNlAAA=', another, ['2016-02-29T20:51:02.595Z', '2016-02-29T20:51:03.970Z']);
    await replay.assume('POST', '/tasks', another);
    await playAll(seed.synchronizingTasks);
  });

  test('folders of the mailbox', async () => {
    replay.name('AAMkAGJiAAAAAAESAAA=', replay.defaultFolder);
    await group('their group', 'db0823f2-93bd-4db6-8038-98bbc5f39a45');
    const groups = valuesOf(await replay.assume('GET', '/taskgroups'));
    const folders = `/taskgroups('${groups[1]?.['Id']}')/taskfolders`;
    replay.name('AAMkAGI5AAAunDbWAAA=', (await replay.assume('POST', folders, { Name: 'Bingo' }))['Id']);
    replay.name('AAMkAGI5AAAunDbVAAA=', (await replay.assume('POST', folders, { Name: 'Volunteer' }))['Id']);
    await playAll(seed.synchronizingFolders);
  });
});

test('attachments', async () => {
  const { Id } = await replay.assume('POST', '/tasks', dinner);
  for (const printed of ['AAMkADNkN3qGAAA=', 'AAMkADNkNS3qGAAA=', 'AAMkADNkN23qGAAA=']) replay.name(printed, Id);
  const { addFile, file, addItem, item, list, addReference, remove } = seed.attachmentPairs;
  await playAll([addFile, file]);
  replay.name('AAMkADNkNJVnQIe9r0=', (await replay.play(addItem)).body['Id']);
  await playAll([item, list, addReference, remove]);
});

describe('folders', () => {
  test('creating, listing those of a group, renaming, deleting', async () => {
    await group('AAMkADIyAAAhrbe-AAA=', '63d640cf-946f-4734-9c29-60dda7b76acb');
    const { create, createInGroup, listOfGroup, update, remove } = seed.folderPairs;
    await playAll([create, createInGroup, listOfGroup, update, remove]);
  });

  test('listing all', async () => {
    replay.name('AAMkADIyAAAAAAESAAA=', replay.defaultFolder);
    replay.name('AAMkADIyAAAAABrJAAA=', (await replay.assume('POST', '/taskfolders', { Name: 'Monthly tasks' }))['Id']);
    await replay.play(seed.folderPairs.list);
  });
});

test('groups', async () => {
  const groups = valuesOf(await replay.assume('GET', '/taskgroups'));
  replay.name('AAMkADIyAAADJ5pYAAA=', groups[0]?.['Id']);
  replay.name('Leisure Tasks', 'Leisure tasks');
  const { create, list, update, remove } = seed.groupPairs;
  await playAll([create, list, update, remove]);
});

test('permanentDelete', async () => {
  replay.name('{usersId}', annId);
  await group('{outlookTaskGroupId}', 'its key');
  const groups = valuesOf(await replay.assume('GET', '/taskgroups'));
  const folder = await replay.assume('POST', `/taskgroups('${groups[1]?.['Id']}')/taskfolders`, { Name: 'Cooking' });
  replay.name('{outlookTaskFolderId}', folder['Id']);
  for (const pair of seed.permanentDelete) {
    const { Id } = await replay.assume('POST', `/taskfolders('${String(folder['Id'])}')/tasks`, dinner);
    replay.name('{outlookTaskId}', Id);
    await replay.play(pair);
    // Unreachable for every client: neither among the tasks nor in the bin.
    expect((await replay.service.send('GET', `/me/tasks('${String(Id)}')`)).status).toBe(404);
    const bin = await replay.service.request('GET', '/threefold/v1/deleteditems');
    expect([bin.status, bin.text.includes(String(Id))]).toEqual([200, false]);
  }
});

test('every URL that is printed with placeholders', async () => {
  const { assume, name, play, service } = replay;
  const made = async (path: string, body: object) => String((await assume('POST', path, body))['Id']);
  const folder = await made('/taskfolders', { Name: 'of the test' });
  const tasks = `/taskfolders('${folder}')/tasks`;
  const task = await made(tasks, dinner);
  for (const Subject of ['second', 'third']) await made(tasks, { Subject });
  await made('/taskfolders', { Name: 'another' });
  const file = { '@odata.type': '#Microsoft.OutlookServices.FileAttachment', Name: 'a', ContentBytes: 'YQ==' };
  name('{folder_id}', folder);
  name('{task_id}', task);
  name('{attachment_id}', await made(`/tasks('${task}')/attachments`, file));
  name('{group_id}', await made('/taskgroups', { Name: 'of the test' }));
  /** The tokens of a delta query with one member a page: the first response's deltaLink, then a nextLink. */
  const tokens = async (path: string) => {
    const Prefer = 'odata.maxpagesize=1, odata.track-changes';
    const delta = (await service.send('GET', `/me${path}`, undefined, { Prefer })).body['@odata.deltaLink'];
    const later = await service.request('GET', new URL(delta!).pathname + new URL(delta!).search, undefined, {
      Prefer,
    });
    return [delta, later.body['@odata.nextLink']].map((link) => String(link).split('=').at(-1));
  };
  const [delta, skip] = await tokens(tasks);
  const [foldersDelta, foldersSkip] = await tokens('/taskfolders');
  name('{delta_token}', delta);
  name('{skip_token}', skip);
  name('{folders_delta_token}', foldersDelta);
  name('{folders_skip_token}', foldersSkip);
  for (const pair of seed.addresses) {
    const tracks = pair.headers !== undefined && 'Prefer' in pair.headers;
    await play(tracks ? { ...pair, answerHeaders: { 'Preference-Applied': 'odata.track-changes' } } : pair);
  }
});
