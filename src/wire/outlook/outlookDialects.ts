import { dialectCapabilities } from '../dialectCapabilities.ts';
import type { Dialect, ResourcePaths, Spelling } from '../dialect.ts';
import { folderCodec } from './folderCodec.ts';
import { graphBetaPaths, outlookRestPaths } from './resourcePaths.ts';
import { taskCodec } from './taskCodec.ts';

export { taskFields } from './taskCodec.ts';
export type { TaskField, TaskFieldKind } from './taskCodec.ts';

const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);

/** `Subject`, `NotStarted`, and `HTML`, the only value in capitals (docs/protocol.md#enumerations). */
const pascal: Spelling = {
  member: (name) => name,
  value: (value) => (value === 'html' ? 'HTML' : upperFirst(value)),
  type: (name) => `Microsoft.OutlookServices.${name}`,
};

/** `subject`, `notStarted`; the names of task types begin with `outlook`. */
const camel: Spelling = {
  member: lowerFirst,
  value: lowerFirst,
  type: (name) => `microsoft.graph.${name.startsWith('Task') ? `outlook${name}` : lowerFirst(name)}`,
};

/** Outlook REST v2.0 (docs/protocol.md#endpoints-of-v2). */
export const outlookRest: Dialect = outlookFamily(pascal, outlookRestPaths, {
  name: 'outlookRest',
  root: '/api/v2.0',
  suffix: '',
  isDollarOptional: false,
  can: dialectCapabilities.outlookRest,
});

/** Microsoft Graph beta, `outlookTask` (docs/protocol.md#endpoints-of-beta). */
export const graphBeta: Dialect = outlookFamily(camel, graphBetaPaths, {
  name: 'graphBeta',
  root: '/beta',
  suffix: '/outlook',
  isDollarOptional: true,
  can: dialectCapabilities.graphBeta,
});

function outlookFamily(
  spelling: Spelling,
  paths: ResourcePaths,
  server: Pick<Dialect, 'name' | 'root' | 'suffix' | 'isDollarOptional' | 'can'>,
): Dialect {
  return {
    ...server,
    paths,
    spelling,
    task: taskCodec(spelling),
    folder: folderCodec({ type: 'TaskFolder', isDefault: 'IsDefaultFolder', groupKey: 'ParentGroupKey' }, spelling),
    group: folderCodec({ type: 'TaskGroup', isDefault: 'IsDefaultGroup', groupKey: 'GroupKey' }, spelling),
  };
}
