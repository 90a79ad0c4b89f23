import type { Place } from '../task/task.ts';

/** The smart views in sidebar order. Each selects from the tasks of all folders. */
export const viewNames = ['today', 'upcoming', 'overdue', 'important', 'all', 'completed'] as const;
export type ViewName = (typeof viewNames)[number];

const part = encodeURIComponent;
const root = (mailbox: string) => (mailbox === 'me' ? '' : `/people/${part(mailbox)}`);

/** Builds the paths of the app; no other file spells them (docs/architecture.md#places-and-keys). */
export const appUrls = {
  view: (view: ViewName, taskId?: string) => `/${view}${taskId === undefined ? '' : `/tasks/${part(taskId)}`}`,
  folder: (folder: Place) => `${root(folder.mailbox)}/folders/${part(folder.id)}`,
  task: (folder: Place, taskId: string) => `${root(folder.mailbox)}/folders/${part(folder.id)}/tasks/${part(taskId)}`,
  folders: () => '/folders',
  settings: () => '/settings',
  waiting: () => '/waiting',
  bin: () => '/bin',
  /** The import and export page; `folder` is the one to export. */
  exchange: (folder?: Place) =>
    folder === undefined ? '/exchange' : `/exchange?mailbox=${part(folder.mailbox)}&folder=${part(folder.id)}`,
} as const;

/** The place of a folder with its owner's mailbox, for links to share: it means the same to every account. */
export function withOwnerMailbox(folder: Place, ownMailbox: string): Place {
  return folder.mailbox === 'me' ? { mailbox: ownMailbox, id: folder.id } : folder;
}

/** The mailbox in the long form of a path; undefined for other paths. */
export function ownerInPath(path: string): string | undefined {
  const [, people, mailbox, folders, id] = path.split('/');
  if (people !== 'people' || folders !== 'folders' || mailbox === undefined || !id) return undefined;
  return decoded([mailbox])?.[0];
}

const scheme = /^web\+threefold:\/*/i;

/**
 * The app path of a `web+threefold:` link: the scheme and a path, with or without slashes between them. Undefined when
 * the path is no page of the app.
 */
export function pathOfAppLink(link: string): string | undefined {
  const text = link.trim();
  if (!scheme.test(text)) return undefined;
  const [path = ''] = text.replace(scheme, '').split(/[?#]/);
  const parts = decoded(path.split('/').filter((each) => each !== ''));
  return parts === undefined ? undefined : addressAt(parts);
}

function addressAt(parts: readonly string[]): string | undefined {
  const [first = '', ...rest] = parts;
  const view = viewNames.find((name) => name === first);
  if (view !== undefined && rest.length === 0) return appUrls.view(view);
  if (view !== undefined && rest.length === 2 && rest[0] === 'tasks') return appUrls.view(view, rest[1]);
  if (first === 'folders') return rest.length === 0 ? appUrls.folders() : folderAt('me', rest);
  if (first === 'people' && rest[0] !== undefined && rest[1] === 'folders') return folderAt(rest[0], rest.slice(2));
  if (rest.length > 0) return undefined;
  if (first === 'bin') return appUrls.bin();
  return first === 'settings' ? appUrls.settings() : first === 'waiting' ? appUrls.waiting() : undefined;
}

function folderAt(mailbox: string, [id, word, taskId, ...more]: readonly string[]): string | undefined {
  if (id === undefined || more.length > 0) return undefined;
  const folder: Place = { mailbox, id };
  if (word === undefined) return appUrls.folder(folder);
  return word === 'tasks' && taskId !== undefined ? appUrls.task(folder, taskId) : undefined;
}

function decoded(parts: readonly string[]): readonly string[] | undefined {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    // A single % is not valid percent-encoding.
    return undefined;
  }
}
