import { ApiError } from '../../../src/api/apiError.ts';
import { purgeTask } from '../../../src/sync/commands/binCommands.ts';
import { categoryColours } from '../../../src/domain/task/category.ts';
import { StorageError } from '../../../src/sync/storage/database.ts';
import { parisDay } from '../testSession.ts';
import type { Device } from '../testBed.ts';
import { viewOf } from '../tabView.ts';
import type { Random } from './faults.ts';

/** A unique text that the app has accepted, and where it was written. */
export type WrittenWord = { word: string; client: number; task: string; field: string };

export type Client = { number: number; browser: Device['browser']; tabs: Device[]; isOnline: boolean };

/** Random actions of people on their devices, and the texts they wrote, to be checked afterwards. */
export function createActors(random: Random, count: (name: string) => void) {
  const marks: WrittenWord[] = [];
  /** Texts that were undone, or deleted with their task. */
  const undone = new Set<string>();
  /** Deleted tasks by change: their unsent texts were deleted with them. */
  const removed = new Map<string, readonly string[]>();
  const clientTaskKey = (client: Client, tab: Device, id: string) => `${client.number} ${tab.outbox.originOf(id)}`;
  let wordCount = 0;
  const nextWord = () => `w${(wordCount += 1)}.`;

  /** Requests that run in the background of the actions. */
  const backgroundWork = new Set<Promise<unknown>>();
  function run(work: () => Promise<unknown>) {
    const running = work()
      .catch((error: unknown) => {
        // A fault occurred, or the tab was closed: the person sees that nothing happened.
        if (!(error instanceof ApiError) && !(error instanceof StorageError)) throw error;
        count('errand failed');
      })
      .finally(() => backgroundWork.delete(running));
    backgroundWork.add(running);
    return Promise.resolve();
  }

  const undoable: { client: Client; changeId: string; words: readonly string[] }[] = [];

  async function act(client: Client) {
    const tab = random.pick(client.tabs);
    const { commands, undo } = tab.engine;
    const view = viewOf(tab);
    const folders = view.folders();
    if (folders.length === 0) return;
    const folder = random.pick(folders);
    const tasks = view.tasks(folder.id);
    const task = tasks.length === 0 ? null : random.pick(tasks);
    const ownFolders = folders.filter(({ isDefault }) => !isDefault);
    const groups = view.groups().filter(({ isDefault }) => !isDefault);
    // Marker categories of tasks are names in use, and listed, too.
    const categories = tab.engine.categories.own.current().all.filter(({ name }) => /^w\d+\.$/.test(name));
    const someCategory = () => (categories.length > 0 && random.chance(0.5) ? [random.pick(categories).name] : []);
    const colour = () => random.pick(categoryColours);
    const writeMark = (field: string, on: string) => {
      const mark = { word: nextWord(), client: client.number, task: tab.outbox.originOf(on), field };
      marks.push(mark);
      return mark.word;
    };
    const recordUndo = (changeId: string, ...of: readonly string[]) => undoable.push({ client, changeId, words: of });
    const recurrence = {
      pattern: { type: 'daily', interval: 1 + random.below(3) },
      range: { type: 'noEnd', startDate: '2026-03-18' },
    } as const;

    const actions: Record<string, [share: number, action: () => Promise<unknown>]> = {
      create: [
        22,
        async () => {
          const subject = nextWord();
          const isSeries = random.chance(0.2);
          const patch = {
            subject,
            categories: [`${isSeries ? 'series' : 'once'} ${subject}`, ...someCategory()],
            ...(isSeries ? { due: parisDay('2026-03-18'), recurrence } : {}),
          };
          const id = await commands.createTask('me', { folderId: folder.id, patch });
          marks.push({ word: subject, client: client.number, task: id, field: 'subject' });
          recordUndo(id, subject);
        },
      ],
      createSome: [
        3,
        async () => {
          for (let left = 2 + random.below(6); left > 0; left -= 1) {
            const subject = nextWord();
            const patch = { subject, categories: [`once ${subject}`] };
            const id = await commands.createTask('me', { folderId: folder.id, patch });
            marks.push({ word: subject, client: client.number, task: id, field: 'subject' });
          }
        },
      ],
      rename: [
        16,
        async () => {
          if (task === null) return;
          const subject = writeMark('subject', task.id);
          recordUndo(await commands.updateTask('me', { task, patch: { subject } }), subject);
        },
      ],
      note: [
        12,
        async () => {
          if (task === null) return;
          const content = writeMark('body', task.id);
          recordUndo(
            await commands.updateTask('me', { task, patch: { body: { contentType: 'text', content } } }),
            content,
          );
        },
      ],
      day: [
        6,
        async () => {
          if (task === null) return;
          const due =
            random.chance(0.2) && task.recurrence === null ? null : parisDay(`2026-03-${20 + random.below(9)}`);
          recordUndo(await commands.updateTask('me', { task, patch: { due } }));
        },
      ],
      weigh: [
        5,
        async () => task && commands.updateTask('me', { task, patch: { importance: random.pick(['low', 'high']) } }),
      ],
      complete: [
        8,
        async () => task && task.status !== 'completed' && recordUndo(await commands.completeTask('me', { task })),
      ],
      reopen: [3, async () => task?.status === 'completed' && commands.reopenTask('me', { task })],
      remove: [
        5,
        async () => {
          if (task === null) return;
          const changeId = await commands.deleteTask('me', { task });
          removed.set(changeId, [clientTaskKey(client, tab, task.id)]);
          recordUndo(changeId);
        },
      ],
      move: [
        6,
        async () => {
          const to = random.pick(folders);
          if (task === null || to.id === folder.id) return;
          recordUndo(await commands.moveTask('me', { task, toFolderId: to.id }));
        },
      ],
      attach: [
        3,
        async () => {
          if (task === null) return;
          const name = writeMark('file', task.id);
          const draft = { kind: 'file', name, content: new Blob([name]) } as const;
          recordUndo(await commands.addAttachment('me', { task, draft }), name);
        },
      ],
      folder: [3, async () => folders.length < 12 && commands.createFolder('me', { name: nextWord() })],
      renameFolder: [
        2,
        async () =>
          ownFolders.length > 0 && commands.renameFolder('me', { id: random.pick(ownFolders).id, name: nextWord() }),
      ],
      dropFolder: [
        0.5,
        async () => {
          if (ownFolders.length < 3) return;
          const { id } = random.pick(ownFolders);
          const inside = view.tasks(id).map((one) => clientTaskKey(client, tab, one.id));
          removed.set(await commands.deleteFolder('me', { id }), inside);
        },
      ],
      group: [1, async () => view.groups().length < 5 && commands.createGroup('me', { name: nextWord() })],
      moveFolder: [
        2,
        async () =>
          ownFolders.length > 0 &&
          commands.moveFolder('me', { id: random.pick(ownFolders).id, toGroup: random.pick(view.groups()).groupKey }),
      ],
      renameGroup: [
        1,
        async () => groups.length > 0 && commands.renameGroup('me', { id: random.pick(groups).id, name: nextWord() }),
      ],
      dropGroup: [0.5, async () => groups.length > 2 && commands.deleteGroup('me', { id: random.pick(groups).id })],
      category: [
        1,
        async () => categories.length < 6 && commands.createCategory('me', { name: nextWord(), colour: colour() }),
      ],
      changeCategory: [
        1.5,
        async () => {
          if (categories.length === 0) return;
          const patch = random.chance(0.6) ? { name: nextWord() } : { colour: colour() };
          await commands.updateCategory('me', { category: random.pick(categories), patch });
        },
      ],
      dropCategory: [0.5, async () => categories.length > 2 && commands.deleteCategory('me', random.pick(categories))],
      sort: [
        3,
        async () => {
          if (task === null) return;
          const [marker = ''] = task.categories;
          recordUndo(await commands.updateTask('me', { task, patch: { categories: [marker, ...someCategory()] } }));
        },
      ],
      restore: [
        3,
        () =>
          run(async () => {
            const items = (await tab.deps.extras?.bin.list()) ?? [];
            if (items.length === 0) return;
            const { id, kind, name, folderId } = random.pick(items);
            if (kind === 'folder') return commands.restoreFolder('me', { id, name });
            return commands.restoreTask('me', { id, folderId: folderId ?? '', subject: name });
          }),
      ],
      purgeFromBin: [
        1,
        () =>
          run(async () => {
            const items = (await tab.deps.extras?.bin.list()) ?? [];
            if (items.length > 0) await tab.deps.extras?.bin.purge(random.pick(items).id);
          }),
      ],
      purge: [
        1,
        async () => {
          if (task === null) return;
          removed.set(`purge ${task.id}`, [clientTaskKey(client, tab, task.id)]);
          await run(() => purgeTask({ ...tab.deps, commands }, 'me', task));
        },
      ],
      undo: [
        5,
        async () => {
          const step = undoable.filter((one) => one.client === client).at(-1);
          if (step === undefined) return;
          undoable.splice(undoable.indexOf(step), 1);
          for (const one of step.words) undone.add(one);
          removed.delete(step.changeId);
          await undo(step.changeId);
        },
      ],
    };
    const total = Object.values(actions).reduce((sum, [share]) => sum + share, 0);
    let at = (random.below(10_000) / 10_000) * total;
    for (const [name, [share, action]] of Object.entries(actions)) {
      at -= share;
      if (at > 0) continue;
      count(name);
      await action();
      return;
    }
  }

  return { act, marks, undone, removed, backgroundWork };
}
