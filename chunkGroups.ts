import type { CodeSplittingGroup, CodeSplittingNameFunction } from 'rolldown';

type Context = Parameters<CodeSplittingNameFunction>[1];

/** Small, and shared by the first screen and everything after it. */
const icons = /\/node_modules\/lucide-react\//;

/** Read with the first PDF, rich note, HTML body or file: whatever needs one of them stays out of the groups. */
const onDemand = /\/node_modules\/(?:pdfjs-dist|prosemirror-[a-z-]+|dompurify|ical\.js|postal-mime|papaparse)\//;

/**
 * The parts of the app that load after the first screen, in the order in which they may depend on each other: each takes its
 * modules and what those need, as far as no earlier one has it (docs/decisions/0051-chunks-by-room.md).
 */
const rooms: readonly (readonly [name: string, modules: RegExp])[] = [
  ['connection', /\/src\/(?:api|wire|sync|domain)\//],
  ['msal', /\/src\/app\/auth\/msal|\/node_modules\/@azure\//],
  ['signIn', /\/src\/app\/auth\//],
  [
    'controls',
    /\/src\/ui\/(?!dates\/day(?:Parser|Calendar))|\/node_modules\/(?:react-aria|react-aria-components|react-stately|@internationalized)\//,
  ],
  ['parser', /\/node_modules\/chrono-node\/|\/src\/ui\/dates\/dayParser|\/src\/features\/task-list\/quick-add\//],
  ['tasks', /\/src\/(?:data|features\/(?:task-list|sidebar|bulk-actions|bulk-editor|reminders|sharing))\//],
  ['editor', /\/src\/features\/task-editor\//],
  ['pages', /\/src\/(?:features|app)\//],
];

/** One chunk for the first screen, one for each room, and chunks of their own for what is read on demand. */
export function chunkGroups(root: string): CodeSplittingGroup[] {
  const firstScreen = memoized((context) => closureOf([`${root}/src/app/main.tsx`], context));
  const bridge = `${root}/src/app/auth/authBridge.ts`;
  const authBridge = memoized((context) => closureOf([bridge], context));
  const needsOnDemand = new Map<string, boolean>();
  const isOnDemand = (id: string, context: Context) => {
    const known = needsOnDemand.get(id);
    if (known !== undefined) return known;
    const found = [...closureOf([id], context)].some((one) => onDemand.test(one));
    needsOnDemand.set(id, found);
    return found;
  };
  const roomOf =
    (name: string, modules: RegExp): CodeSplittingNameFunction =>
    (id, context) =>
      modules.test(id) && !authBridge(context).has(id) && !isOnDemand(id, context) ? name : null;
  return [
    {
      debugName: 'first',
      name: (id, context) => (firstScreen(context).has(id) || icons.test(id) ? 'first' : null),
      priority: rooms.length + 1,
    },
    // The page that the provider comes back to loads nothing else. What it does is not done elsewhere: it stays by itself.
    {
      debugName: 'authBridge',
      name: (id, context) => (authBridge(context).has(id) && id !== bridge ? 'authBridge' : null),
      priority: rooms.length,
    },
    ...rooms.map(([name, modules], at) => ({
      debugName: name,
      name: roomOf(name, modules),
      priority: rooms.length - 1 - at,
    })),
  ];
}

/** These modules and all that they import statically. */
function closureOf(ids: readonly string[], context: Context): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [...ids];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...(context.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

function memoized<T>(make: (context: Context) => T): (context: Context) => T {
  let made: { value: T } | null = null;
  return (context) => (made ??= { value: make(context) }).value;
}
