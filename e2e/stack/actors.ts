import { ApiError } from '../../src/api/apiError.ts';
import { purgeTask } from '../../src/sync/commands/binCommands.ts';
import { categoryColours } from '../../src/domain/task/category.ts';
import { StorageError } from '../../src/sync/storage/database.ts';
import { parisDay } from './testSession.ts';
import type { Device } from './testBed.ts';
import { viewOf } from './tabView.ts';
import type { Random } from './faults.ts';

/** A word that was entered and that the app said it keeps, and where it went. */
export type WrittenWord = { word: string; client: number; task: string; field: string };

export type Client = { number: number; browser: Device['browser']; tabs: Device[]; isOnline: boolean };

/** What people do on their devices, as the dice fall; and what they wrote, to be looked for afterwards. */
export function createActors(dice: Random, count: (name: string) => void) {
  const marks: WrittenWord[] = [];
  /** Words that a person took back, or that went with what they were on. */
  const given = new Set<string>();
  /** Tasks that a person deleted, by change: what they had written there and not sent went with it. */
  const removed = new Map<string, readonly string[]>();
  const withdrawn = (client: Client, tab: Device, id: string) => `${client.number} ${tab.outbox.originOf(id)}`;
  let words = 0;
  const word = () => `w${(words += 1)}.`;

  /** What asks the service and waits for it, so that whoever acts does not. */
  const errands = new Set<Promise<unknown>>();
  function run(errand: () => Promise<unknown>) {
    const running = errand()
      .catch((error: unknown) => {
        // The weather, or the tab was closed meanwhile: the person sees that nothing has happened.
        if (!(error instanceof ApiError) && !(error instanceof StorageError)) throw error;
        count('errand failed');
      })
      .finally(() => errands.delete(running));
    errands.add(running);
    return Promise.resolve();
  }

  const undoable: { client: Client; changeId: string; words: readonly string[] }[] = [];

  async function act(client: Client) {
    const tab = dice.pick(client.tabs);
    const { commands, undo } = tab.engine;
    const screen = viewOf(tab);
    const folders = screen.folders();
    if (folders.length === 0) return;
    const folder = dice.pick(folders);
    const tasks = screen.tasks(folder.id);
    const task = tasks.length === 0 ? null : dice.pick(tasks);
    const own = folders.filter(({ isDefault }) => !isDefault);
    const groups = screen.groups().filter(({ isDefault }) => !isDefault);
    // Those that mark a task are names in use, and listed too.
    const categories = tab.engine.categories.own.current().all.filter(({ name }) => /^w\d+\.$/.test(name));
    const someCategory = () => (categories.length > 0 && dice.chance(0.5) ? [dice.pick(categories).name] : []);
    const colour = () => dice.pick(categoryColours);
    const mark = (field: string, on: string) => {
      const made = { word: word(), client: client.number, task: tab.outbox.originOf(on), field };
      marks.push(made);
      return made.word;
    };
    const keep = (changeId: string, ...of: readonly string[]) => undoable.push({ client, changeId, words: of });
    const recurrence = {
      pattern: { type: 'daily', interval: 1 + dice.below(3) },
      range: { type: 'noEnd', startDate: '2026-03-18' },
    } as const;

    const deeds: Record<string, [share: number, deed: () => Promise<unknown>]> = {
      create: [
        22,
        async () => {
          const subject = word();
          const isSeries = dice.chance(0.2);
          const patch = {
            subject,
            categories: [`${isSeries ? 'series' : 'once'} ${subject}`, ...someCategory()],
            ...(isSeries ? { due: parisDay('2026-03-18'), recurrence } : {}),
          };
          const id = await commands.createTask('me', { folderId: folder.id, patch });
          marks.push({ word: subject, client: client.number, task: id, field: 'subject' });
          keep(id, subject);
        },
      ],
      createSome: [
        3,
        async () => {
          for (let left = 2 + dice.below(6); left > 0; left -= 1) {
            const subject = word();
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
          const subject = mark('subject', task.id);
          keep(await commands.updateTask('me', { task, patch: { subject } }), subject);
        },
      ],
      note: [
        12,
        async () => {
          if (task === null) return;
          const content = mark('body', task.id);
          keep(await commands.updateTask('me', { task, patch: { body: { contentType: 'text', content } } }), content);
        },
      ],
      day: [
        6,
        async () => {
          if (task === null) return;
          const due = dice.chance(0.2) && task.recurrence === null ? null : parisDay(`2026-03-${20 + dice.below(9)}`);
          keep(await commands.updateTask('me', { task, patch: { due } }));
        },
      ],
      weigh: [
        5,
        async () => task && commands.updateTask('me', { task, patch: { importance: dice.pick(['low', 'high']) } }),
      ],
      complete: [
        8,
        async () => task && task.status !== 'completed' && keep(await commands.completeTask('me', { task })),
      ],
      reopen: [3, async () => task?.status === 'completed' && commands.reopenTask('me', { task })],
      remove: [
        5,
        async () => {
          if (task === null) return;
          const changeId = await commands.deleteTask('me', { task });
          removed.set(changeId, [withdrawn(client, tab, task.id)]);
          keep(changeId);
        },
      ],
      move: [
        6,
        async () => {
          const to = dice.pick(folders);
          if (task === null || to.id === folder.id) return;
          keep(await commands.moveTask('me', { task, toFolderId: to.id }));
        },
      ],
      attach: [
        3,
        async () => {
          if (task === null) return;
          const name = mark('file', task.id);
          const draft = { kind: 'file', name, content: new Blob([name]) } as const;
          keep(await commands.addAttachment('me', { task, draft }), name);
        },
      ],
      folder: [3, async () => folders.length < 12 && commands.createFolder('me', { name: word() })],
      renameFolder: [
        2,
        async () => own.length > 0 && commands.renameFolder('me', { id: dice.pick(own).id, name: word() }),
      ],
      dropFolder: [
        0.5,
        async () => {
          if (own.length < 3) return;
          const { id } = dice.pick(own);
          const inside = screen.tasks(id).map((one) => withdrawn(client, tab, one.id));
          removed.set(await commands.deleteFolder('me', { id }), inside);
        },
      ],
      group: [1, async () => screen.groups().length < 5 && commands.createGroup('me', { name: word() })],
      moveFolder: [
        2,
        async () =>
          own.length > 0 &&
          commands.moveFolder('me', { id: dice.pick(own).id, toGroup: dice.pick(screen.groups()).groupKey }),
      ],
      renameGroup: [
        1,
        async () => groups.length > 0 && commands.renameGroup('me', { id: dice.pick(groups).id, name: word() }),
      ],
      dropGroup: [0.5, async () => groups.length > 2 && commands.deleteGroup('me', { id: dice.pick(groups).id })],
      category: [
        1,
        async () => categories.length < 6 && commands.createCategory('me', { name: word(), colour: colour() }),
      ],
      changeCategory: [
        1.5,
        async () => {
          if (categories.length === 0) return;
          const patch = dice.chance(0.6) ? { name: word() } : { colour: colour() };
          await commands.updateCategory('me', { category: dice.pick(categories), patch });
        },
      ],
      dropCategory: [0.5, async () => categories.length > 2 && commands.deleteCategory('me', dice.pick(categories))],
      sort: [
        3,
        async () => {
          if (task === null) return;
          const [own = ''] = task.categories;
          keep(await commands.updateTask('me', { task, patch: { categories: [own, ...someCategory()] } }));
        },
      ],
      restore: [
        3,
        () =>
          run(async () => {
            const items = (await tab.deps.extras?.bin.list()) ?? [];
            if (items.length === 0) return;
            const { id, kind, name, folderId } = dice.pick(items);
            if (kind === 'folder') return commands.restoreFolder('me', { id, name });
            return commands.restoreTask('me', { id, folderId: folderId ?? '', subject: name });
          }),
      ],
      purgeFromBin: [
        1,
        () =>
          run(async () => {
            const items = (await tab.deps.extras?.bin.list()) ?? [];
            if (items.length > 0) await tab.deps.extras?.bin.purge(dice.pick(items).id);
          }),
      ],
      purge: [
        1,
        async () => {
          if (task === null) return;
          removed.set(`purge ${task.id}`, [withdrawn(client, tab, task.id)]);
          await run(() => purgeTask({ ...tab.deps, commands }, 'me', task));
        },
      ],
      undo: [
        5,
        async () => {
          const step = undoable.filter((one) => one.client === client).at(-1);
          if (step === undefined) return;
          undoable.splice(undoable.indexOf(step), 1);
          for (const one of step.words) given.add(one);
          removed.delete(step.changeId);
          await undo(step.changeId);
        },
      ],
    };
    const total = Object.values(deeds).reduce((sum, [share]) => sum + share, 0);
    let at = (dice.below(10_000) / 10_000) * total;
    for (const [name, [share, deed]] of Object.entries(deeds)) {
      at -= share;
      if (at > 0) continue;
      count(name);
      await deed();
      return;
    }
  }

  return { act, marks, given, removed, errands };
}
