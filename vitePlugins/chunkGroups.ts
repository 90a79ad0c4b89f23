import type { CodeSplittingGroup, CodeSplittingNameFunction } from 'rolldown';

type Context = Parameters<CodeSplittingNameFunction>[1];

/** Loaded with the first PDF, formatted note, HTML body or file: modules that import one of them stay out of the groups. */
const onDemand = /\/node_modules\/(?:pdfjs-dist|prosemirror-[a-z-]+|dompurify|ical\.js|postal-mime|papaparse)\//;

/**
 * The parts of the app that load after the first screen, in the order in which they may depend on each other: each gets its
 * modules and their imports, except those of earlier ones (docs/decisions/0051-chunks-by-area.md).
 */
const areas: readonly (readonly [name: string, modules: RegExp])[] = [
  ['connection', /\/src\/(?:api|wire|sync|domain(?!\/naturalLanguage))\//],
  ['msal', /\/src\/app\/auth\/msal|\/node_modules\/@azure\//],
  ['signIn', /\/src\/app\/auth\//],
  [
    'controls',
    /\/src\/ui\/(?!dates\/dayCalendar)|\/node_modules\/(?:react-aria|react-aria-components|react-stately|@internationalized|lucide-react)\//,
  ],
  ['parser', /\/src\/domain\/naturalLanguage\/|\/src\/features\/task-list\/quick-add\//],
  ['tasks', /\/src\/(?:data|features\/(?:task-list|sidebar|bulk-actions|bulk-editor|reminders|sharing))\//],
  ['editor', /\/src\/features\/task-editor\//],
  ['pages', /\/src\/(?:features|app)\//],
];

/** One chunk for the first screen, one for each area, and separate chunks for modules that are loaded on demand. */
export function chunkGroups(root: string): CodeSplittingGroup[] {
  const firstScreen = memoized((context) => closureOf([`${root}/src/app/main.tsx`], context));
  const bridge = `${root}/src/app/auth/authBridge.ts`;
  const authBridge = memoized((context) => closureOf([bridge], context));
  const needsOnDemand = new Map<string, boolean>();
  const isOnDemand = (id: string, context: Context) => {
    const known = needsOnDemand.get(id);
    if (known !== undefined) return known;
    const found = [...closureOf([id], context)].some((module) => onDemand.test(module));
    needsOnDemand.set(id, found);
    return found;
  };
  const nameIn =
    (name: string, modules: RegExp): CodeSplittingNameFunction =>
    (id, context) =>
      modules.test(id) && !authBridge(context).has(id) && !isOnDemand(id, context) ? name : null;
  return [
    {
      debugName: 'first',
      name: (id, context) => (firstScreen(context).has(id) ? 'first' : null),
      priority: areas.length + 1,
    },
    // The page to which the provider redirects loads nothing else, and no other page imports its entry module.
    {
      debugName: 'authBridge',
      name: (id, context) => (authBridge(context).has(id) && id !== bridge ? 'authBridge' : null),
      priority: areas.length,
    },
    ...areas.map(([name, modules], at) => ({
      debugName: name,
      name: nameIn(name, modules),
      priority: areas.length - 1 - at,
    })),
  ];
}

/** The modules and everything that they import statically. */
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
