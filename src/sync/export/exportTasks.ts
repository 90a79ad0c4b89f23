import type { Deps } from '../accountSession.ts';
import type { SyncEngine } from '../engine/syncEngine.ts';
import { tasksTarget } from '../pull/pullTarget.ts';
import type { PullTarget } from '../pull/pullTarget.ts';
import type { AttachmentClient } from '../../api/attachments/attachmentClient.ts';
import { ApiError, failureKindOf, SignInRequiredError } from '../../api/apiError.ts';
import type { FileFormat } from '../../api/files/taskFileReader.ts';
import { createTaskFileWriter } from '../../api/files/taskFileWriter.ts';
import type { PortableAttachment } from '../../api/files/taskFileWriter.ts';
import { ChunkError } from '../../domain/async/lazyChunk.ts';
import type { Attachment, NewAttachment } from '../../domain/task/attachment.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { safeFileName } from '../../domain/task/fileName.ts';
import { defaultGroupKey } from '../../domain/task/task.ts';
import type { Mailbox, Place, Task, TaskFolder } from '../../domain/task/task.ts';
import { canonicalZone } from '../../domain/time/time.ts';
import type { PlaceList } from '../views/placeViews.ts';

export type ExportFormat = FileFormat;

/** One folder, or everything of the own mailbox. */
export type ExportScope = { kind: 'all' } | { kind: 'folder'; place: Place; name: string };

export type ExportProgress =
  /** Folders that are not fully on this device are pulled first. */
  { step: 'reading'; done: number; total: number } | { step: 'writing'; done: number; total: number };

export type ExportOutcome =
  { ok: true; file: Blob; name: string; tasks: number } | { ok: false; failure: FailureKind | 'stopped' };

type Options = {
  scope: ExportScope;
  format: ExportFormat;
  /** The text of an HTML body, for formats without HTML. */
  plainText: (html: string) => string;
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
};

type Section = { group: string; isDefaultGroup: boolean; folder: Pick<TaskFolder, 'name' | 'isDefault'>; place: Place };

const endings: Readonly<Record<ExportFormat, { ending: string; type: string }>> = {
  json: { ending: 'json', type: 'application/json' },
  csv: { ending: 'csv', type: 'text/csv;charset=utf-8' },
  ical: { ending: 'ics', type: 'text/calendar;charset=utf-8' },
};

/** Tasks written before the page paints again. */
const pieceSize = 40;
/** Characters kept as text before they become a Blob, which the browser can store on disk. */
const partLength = 1_000_000;

/**
 * Writes the replica with unsent changes; for JSON also attachments, read from the service. Never rejects for server
 * errors.
 */
export async function exportTasks(engine: SyncEngine, deps: Deps, options: Options): Promise<ExportOutcome> {
  try {
    return await write(engine, deps, options);
  } catch (error) {
    if (options.signal.aborted) return { ok: false, failure: 'stopped' };
    const isExpected = [ApiError, ChunkError, SignInRequiredError].some((kind) => error instanceof kind);
    if (!isExpected) throw error;
    return { ok: false, failure: failureKindOf(error) };
  }
}

async function write(engine: SyncEngine, deps: Deps, options: Options): Promise<ExportOutcome> {
  const { scope, format, signal, onProgress } = options;
  const zone = engine.zone.current();
  const { groups, sections } = await sectionsOf(engine, scope);
  for (const [done, { place }] of sections.entries()) {
    signal.throwIfAborted();
    onProgress({ step: 'reading', done, total: sections.length });
    await readWhole(engine, place);
  }
  const when = { order: 'created', today: engine.today.current(), zone } as const;
  const folders = sections.map((section) => ({
    ...section,
    // In creation order, in which an import recreates them.
    tasks: [...engine.views.listing(section.place, when).current().byId.values()].toSorted(byAge),
  }));
  const total = folders.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const writer = await createTaskFileWriter(format, {
    zone,
    now: deps.clock.now(),
    plainText: options.plainText,
    calendar: scope.kind === 'folder' ? scope.name : undefined,
    categories: scope.kind === 'all' ? engine.categories.own.current().all : [],
  });
  const parts = createParts();
  let done = 0;
  parts.add(writer.head());
  for (const group of groups) {
    parts.add(writer.group(group));
    for (const { folder, place, tasks, ...section } of folders) {
      if (section.group !== group.name) continue;
      parts.add(writer.folder({ ...section, ...folder }));
      for (const task of tasks) {
        signal.throwIfAborted();
        const attachments =
          format === 'csv' ? [] : await attachmentsOf(task, place.mailbox, format, { engine, deps, signal });
        parts.add(writer.task({ task, attachments }));
        done += 1;
        if (done % pieceSize !== 0) continue;
        onProgress({ step: 'writing', done, total });
        await engine.ports.pause();
      }
    }
  }
  parts.add(writer.end());
  const { ending, type } = endings[format];
  const name = `${nameOf(scope)} ${engine.today.current()}.${ending}`;
  return { ok: true, file: parts.file(type), name, tasks: total };
}

const byAge = (a: Task, b: Task) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0);

const nameOf = (scope: ExportScope) => (scope.kind === 'all' ? 'Threefold' : safeFileName(scope.name, 'Tasks'));

/** Parts of a file: text becomes Blobs as it grows, which browsers keep on disk when large. */
function createParts() {
  const blobs: Blob[] = [];
  let texts: string[] = [];
  let length = 0;
  const turn = () => {
    blobs.push(new Blob(texts));
    texts = [];
    length = 0;
  };
  return {
    add(text: string) {
      texts.push(text);
      length += text.length;
      if (length > partLength) turn();
    },
    file(type: string) {
      turn();
      return new Blob(blobs, { type });
    },
  };
}

// ---- Places ----------------------------------------------------------------------------------------------------------

/** Groups in their order, each with its folders. A shared folder of another mailbox is in no group. */
async function sectionsOf(engine: SyncEngine, scope: ExportScope) {
  const home = { name: '', isDefault: true };
  if (scope.kind === 'folder' && scope.place.mailbox !== 'me') {
    const section: Section = {
      group: '',
      isDefaultGroup: true,
      folder: { name: scope.name, isDefault: false },
      place: scope.place,
    };
    return { groups: [home], sections: [section] };
  }
  const [groups, allFolders] = await Promise.all([
    known(engine, () => engine.views.groups('me').current(), { kind: 'groups', mailbox: 'me' }),
    known(engine, () => engine.views.folders('me').current(), { kind: 'folders', mailbox: 'me' }),
  ]);
  const folders = allFolders.filter(({ id }) => scope.kind === 'all' || id === scope.place.id);
  const nameOfGroup = new Map(groups.map(({ groupKey, name, isDefault }) => [groupKey, { name, isDefault }]));
  const main = nameOfGroup.get(defaultGroupKey) ?? home;
  const sections = folders.map(({ id, name, isDefault, groupKey }): Section => {
    const group = nameOfGroup.get(groupKey) ?? main;
    return {
      group: group.name,
      isDefaultGroup: group.isDefault,
      folder: { name, isDefault },
      place: { mailbox: 'me', id },
    };
  });
  const used = new Set(sections.map(({ group }) => group));
  const groupsByName = new Map(groups.map(({ name, isDefault }) => [name, { name, isDefault }]));
  return { groups: [...groupsByName.values()].filter(({ name }) => scope.kind === 'all' || used.has(name)), sections };
}

/** What is on this device; pulled first where nothing is: no mailbox is without a group and a folder. */
async function known<T>(engine: SyncEngine, read: () => PlaceList<T>, target: PullTarget): Promise<readonly T[]> {
  if (read().items.length === 0) await pullNow(engine, target);
  return read().items;
}

async function readWhole(engine: SyncEngine, place: Place): Promise<void> {
  if (isLocalId(place.id)) return;
  const when = { order: 'created', today: engine.today.current(), zone: engine.zone.current() } as const;
  if (!engine.views.tasks(place, when).current().isComplete) await pullNow(engine, tasksTarget(place));
}

/** A file that is asked for does not wait for a network. */
async function pullNow({ ports, pull }: SyncEngine, target: PullTarget): Promise<void> {
  if (!ports.isOnline()) throw new ApiError('offline', 'There is no network');
  await pull(target);
}

// ---- Attachments -----------------------------------------------------------------------------------------------------

type From = { engine: SyncEngine; deps: Deps; signal: AbortSignal };

/** A task's attachments, saved or waiting. Only JSON includes bytes, one file in memory at a time. */
async function attachmentsOf(
  task: Task,
  mailbox: Mailbox,
  format: ExportFormat,
  { engine, deps, signal }: From,
): Promise<readonly PortableAttachment[]> {
  const { outbox, attachmentClient } = deps;
  const place = { mailbox, id: outbox.resolve(task.id) };
  const changes = outbox
    .ops()
    .flatMap(({ change }) => ('taskId' in change && change.taskId === place.id ? [change] : []));
  const removed = new Set(changes.flatMap((change) => (change.kind === 'removeAttachment' ? [change.id] : [])));
  const found: PortableAttachment[] = [];
  if (task.hasAttachments && !isLocalId(place.id)) {
    const server = await attachmentClient();
    for (const attachment of await listed(server, place, signal)) {
      if (removed.has(attachment.id) || (format !== 'json' && attachment.kind !== 'reference')) continue;
      found.push(await savedAttachment(server, place, attachment, { engine, deps, signal }));
    }
  }
  for (const change of changes) {
    if (change.kind !== 'addAttachment' || (format !== 'json' && change.draft.kind !== 'reference')) continue;
    const { draft } = change;
    if (draft.kind !== 'file') found.push({ attachment: draft, contentBytes: null });
    else {
      const { size: _size, blobKey, ...attachment } = draft;
      const content = await outbox.blob(blobKey);
      found.push({ attachment, contentBytes: await base64Of(content ?? new Blob([]), engine.ports.pause) });
    }
  }
  return found;
}

/** A task that was deleted elsewhere has no attachments. */
async function listed(server: AttachmentClient, place: Place, signal: AbortSignal): Promise<readonly Attachment[]> {
  try {
    return await server.attachments(place, signal);
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'missing') return [];
    throw error;
  }
}

async function savedAttachment(
  server: AttachmentClient,
  place: Place,
  { id, size: _size, modifiedAt: _modifiedAt, ...label }: Attachment,
  { engine, signal }: From,
): Promise<PortableAttachment> {
  if (label.kind === 'reference') {
    const { contentType: _contentType, ...attachment } = label;
    return { attachment, contentBytes: null };
  }
  if (label.kind === 'item') {
    const item = await server.attachedItem(place, id, canonicalZone(engine.zone.current()) ?? 'UTC', signal);
    const attachment: NewAttachment = { kind: 'item', name: label.name, isInline: label.isInline, item };
    return { attachment, contentBytes: null };
  }
  const content = await server.downloadAttachment(place, id, { signal });
  return { attachment: label, contentBytes: await base64Of(content, engine.ports.pause) };
}

/** A multiple of three, so that Base64 pieces join without padding; small enough not to block. */
const step = 3 * 8_192;

async function base64Of(content: Blob, pause: () => Promise<void>): Promise<string> {
  const texts: string[] = [];
  for (let at = 0; at < content.size; at += step * 32) {
    const bytes = new Uint8Array(await content.slice(at, at + step * 32).arrayBuffer());
    for (let from = 0; from < bytes.length; from += step)
      texts.push(btoa(String.fromCharCode(...bytes.subarray(from, from + step))));
    await pause();
  }
  return texts.join('');
}
