import type { Mailbox, Place } from '../../domain/task/task.ts';
import type { ResourcePaths } from '../dialect.ts';

/** A key in parentheses with its quotes doubled (docs/protocol.md#url-grammar). */
const inParentheses = (set: string, key: string) => `/${set}('${encodeURIComponent(key.replaceAll("'", "''"))}')`;
const asSegment = (set: string, key: string) => `/${set}/${encodeURIComponent(key)}`;

/** `/me/tasks('id')`, `/users('address')/taskfolders('id')/tasks` */
export const outlookRestPaths: ResourcePaths = pathsOf(inParentheses, '', {
  groups: 'taskgroups',
  folders: 'taskfolders',
  canPurge: false,
});

/** `/me/outlook/tasks/id`, `/users/address/outlook/taskFolders/id/tasks` */
export const graphBetaPaths: ResourcePaths = pathsOf(asSegment, '/outlook', {
  groups: 'taskGroups',
  folders: 'taskFolders',
  canPurge: true,
});

function pathsOf(
  keyed: (set: string, key: string) => string,
  suffix: '' | '/outlook',
  words: { groups: string; folders: string; canPurge: boolean },
): ResourcePaths {
  const user = (mailbox: Mailbox) => (mailbox === 'me' ? '/me' : keyed('users', mailbox)) + suffix;
  const at = (set: string) => (place: Place) => user(place.mailbox) + keyed(set, place.id);
  const group = at(words.groups);
  const folder = at(words.folders);
  const task = at('tasks');
  return {
    groups: (mailbox) => `${user(mailbox)}/${words.groups}`,
    group,
    folders: (mailbox) => `${user(mailbox)}/${words.folders}`,
    folder,
    groupFolders: (place) => `${group(place)}/${words.folders}`,
    allTasks: (mailbox) => `${user(mailbox)}/tasks`,
    tasks: (place) => `${folder(place)}/tasks`,
    task,
    complete: (place) => `${task(place)}/complete`,
    attachments: (place) => `${task(place)}/attachments`,
    attachment: (place, attachmentId) => task(place) + keyed('attachments', attachmentId),
    permanentDelete: words.canPurge ? (place) => `${task(place)}/permanentDelete` : null,
  };
}
