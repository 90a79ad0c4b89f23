/**
 * The description of each path. A path of a dialect is identified by its last set and what follows, because longer
 * forms do the same; one of Threefold's own endpoints by its pattern. A test checks that none is missing.
 */
export type Operation = {
  summary: string;
  /** Schema of the request body. */
  requestBody?: string;
  /** The response: a schema, a list of one, another content type, or nothing. */
  answers: { schema: string } | { listOf: string } | { content: string } | null;
  status?: number;
  /** Names of the query options. */
  options?: readonly string[];
};

const schemaOf = (schema: string) => ({ schema });
const listOf = (schema: string) => ({ listOf: schema });
const paging = ['$top', '$skip', '$count', '$select'];
const listing = [...paging, '$filter', '$orderby'];
const count = { answers: { content: 'text/plain' }, options: ['$filter'] } as const;

export const dialectOperations: Readonly<Record<string, Operation>> = {
  'GET tasks': {
    summary: 'Tasks, oldest first; in a folder of v2 also its changes, with Prefer: odata.track-changes',
    answers: listOf('Task'),
    options: [...listing, '$expand', '$deltatoken', '$skiptoken'],
  },
  'POST tasks': { summary: 'Create a task', requestBody: 'Task', answers: schemaOf('Task'), status: 201 },
  'GET tasks/$count': { summary: 'How many tasks', ...count },
  'GET tasks/{}': { summary: 'One task', answers: schemaOf('Task'), options: ['$select', '$expand'] },
  'PATCH tasks/{}': { summary: 'Change what the body names', requestBody: 'Task', answers: schemaOf('Task') },
  'DELETE tasks/{}': { summary: 'Move a task to Deleted Items', answers: null },
  'POST tasks/{}/complete': {
    summary: 'Complete a task, or one instance of a series: the completed task, and the next one if there is one',
    answers: listOf('Task'),
  },
  'POST tasks/{}/permanentdelete': { summary: 'Destroy a task', answers: null },
  'GET taskfolders': {
    summary: 'Folders; of the whole mailbox of v2 also their changes, with Prefer: odata.track-changes',
    answers: listOf('TaskFolder'),
    options: [...listing, '$deltatoken', '$skiptoken'],
  },
  'POST taskfolders': {
    summary: 'Create a folder',
    requestBody: 'TaskFolder',
    answers: schemaOf('TaskFolder'),
    status: 201,
  },
  'GET taskfolders/$count': { summary: 'How many folders', ...count },
  'GET taskfolders/{}': { summary: 'One folder', answers: schemaOf('TaskFolder'), options: ['$select'] },
  'PATCH taskfolders/{}': { summary: 'Rename a folder', requestBody: 'TaskFolder', answers: schemaOf('TaskFolder') },
  'DELETE taskfolders/{}': { summary: 'Move a folder and its tasks to Deleted Items', answers: null },
  'POST taskfolders/{}/permanentdelete': { summary: 'Destroy a folder and its tasks', answers: null },
  'GET taskgroups': { summary: 'Groups of folders', answers: listOf('TaskGroup'), options: listing },
  'POST taskgroups': {
    summary: 'Create a group',
    requestBody: 'TaskGroup',
    answers: schemaOf('TaskGroup'),
    status: 201,
  },
  'GET taskgroups/$count': { summary: 'How many groups', ...count },
  'GET taskgroups/{}': { summary: 'One group', answers: schemaOf('TaskGroup'), options: ['$select'] },
  'PATCH taskgroups/{}': { summary: 'Rename a group', requestBody: 'TaskGroup', answers: schemaOf('TaskGroup') },
  'DELETE taskgroups/{}': { summary: 'Delete a group; its folders move to the default one', answers: null },
  'GET attachments': {
    summary: 'Attachments of a task',
    answers: listOf('Attachment'),
    options: [...paging, '$expand'],
  },
  'POST attachments': {
    summary: 'Attach a file, an item or a link',
    requestBody: 'Attachment',
    answers: schemaOf('Attachment'),
    status: 201,
  },
  'GET attachments/$count': { summary: 'How many attachments', answers: { content: 'text/plain' } },
  'POST attachments/createuploadsession': {
    summary: 'Begin the upload of a large file',
    requestBody: 'AttachmentItem',
    answers: schemaOf('UploadSession'),
    status: 201,
  },
  'GET attachments/{}': { summary: 'One attachment', answers: schemaOf('Attachment'), options: ['$select', '$expand'] },
  'DELETE attachments/{}': { summary: 'Remove an attachment', answers: null },
  'GET attachments/{}/$value': {
    summary: 'The content of an attachment: the bytes of a file, an item as MIME, iCalendar or vCard',
    answers: { content: 'application/octet-stream' },
  },
  'GET ': { summary: 'The user of the mailbox', answers: schemaOf('User'), options: ['$select'] },
  'GET supportedtimezones': {
    summary: 'Time zones by their Windows or IANA names',
    answers: listOf('TimeZoneInformation'),
    options: paging,
  },
  'GET supportedlanguages': { summary: 'Languages and regions', answers: listOf('LocaleInfo'), options: paging },
  'GET mastercategories': {
    summary: 'The categories, made or in use, with their colours',
    answers: listOf('OutlookCategory'),
    options: paging,
  },
  'POST mastercategories': {
    summary: 'Make a category',
    requestBody: 'OutlookCategory',
    answers: schemaOf('OutlookCategory'),
    status: 201,
  },
  'GET mastercategories/{}': { summary: 'One category', answers: schemaOf('OutlookCategory'), options: ['$select'] },
  'PATCH mastercategories/{}': {
    summary: 'Change the colour of a category, or its name in every task that has it',
    requestBody: 'OutlookCategory',
    answers: schemaOf('OutlookCategory'),
  },
  'DELETE mastercategories/{}': { summary: 'Delete a category, and take it off every task', answers: null },
};

export const v1Operations: Readonly<Record<string, Operation>> = {
  'GET settings': { summary: 'Settings of the mailbox', answers: schemaOf('Settings') },
  'PATCH settings': { summary: 'Change settings', requestBody: 'Settings', answers: schemaOf('Settings') },
  'GET storage': { summary: 'What the attachments of the mailbox take, and may take', answers: schemaOf('Storage') },
  'GET categories': { summary: 'The categories, made or in use, with their colours', answers: schemaOf('Categories') },
  'POST categories': {
    summary: 'Make a category',
    requestBody: 'Category',
    answers: schemaOf('Category'),
    status: 201,
  },
  'PATCH categories/*': {
    summary: 'Change the colour of a category, or its name in every task that has it',
    requestBody: 'Category',
    answers: schemaOf('Category'),
  },
  'DELETE categories/*': { summary: 'Delete a category, and take it off every task', answers: null },
  'GET tokens': { summary: 'Personal access tokens, without the tokens themselves', answers: schemaOf('Anything') },
  'DELETE tokens/*': { summary: 'Revoke a personal access token', answers: null },
  'POST signout': { summary: 'Sign out everywhere', answers: null },
  'GET deleteditems': {
    summary: 'The bin, newest first',
    answers: schemaOf('DeletedItems'),
    options: ['top', 'before'],
  },
  'DELETE deleteditems': { summary: 'Empty the bin', answers: null },
  'DELETE deleteditems/*': { summary: 'Destroy one thing in the bin', answers: null },
  'POST deleteditems/*/restore': {
    summary: 'Take a task or a folder out of the bin, under its old id',
    answers: schemaOf('Restored'),
  },
  'POST tasks/*/move': {
    summary: 'Move a task to another folder: { "DestinationId" }',
    requestBody: 'Anything',
    answers: schemaOf('Task'),
  },
  'POST taskfolders/*/move': {
    summary: 'Move a folder under another group: { "DestinationGroupKey" }',
    requestBody: 'Anything',
    answers: schemaOf('TaskFolder'),
  },
  'GET taskfolders/*/permissions': {
    summary: 'The people a folder is shared with, and their roles. For its owner only, as all of this',
    answers: schemaOf('Permissions'),
  },
  'POST taskfolders/*/permissions': {
    summary: 'Share a folder, or change the role of somebody who has it: { "emailAddress": { "address" }, "role" }',
    requestBody: 'NewPermission',
    answers: schemaOf('Permission'),
    status: 201,
  },
  'PATCH taskfolders/*/permissions/*': {
    summary: 'Change a role: { "role" }',
    requestBody: 'Anything',
    answers: schemaOf('Permission'),
  },
  'DELETE taskfolders/*/permissions/*': { summary: 'Take a folder away from somebody', answers: null },
  'GET sharedwithme': { summary: 'The folders that others share with you', answers: schemaOf('SharedWithMe') },
  'DELETE sharedwithme/*': { summary: 'Give a folder back that somebody shares with you', answers: null },
  'GET sharedbyme': { summary: 'The folders you share, and with how many people', answers: schemaOf('SharedByMe') },
  'GET tasks/*/authors': { summary: 'Who made a task and who changed it last', answers: schemaOf('Authors') },
  'GET search': {
    summary: 'Tasks that hold all the words of q; "quoted" words together; the last one may be a beginning',
    answers: schemaOf('SearchAnswer'),
    options: ['q', '$top', '$skip'],
  },
  'GET events': {
    summary: 'A stream of change events: hello, change, end. Resumes with Last-Event-ID',
    answers: { content: 'text/event-stream' },
  },
};
