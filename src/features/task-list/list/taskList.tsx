import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useLinkTo } from '../../../data/sharing/useLinkTo.ts';
import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useSharedByMe } from '../../../data/sharing/useSharing.ts';
import { isLocalId } from '../../../domain/changes/change.ts';
import { sortOrders } from '../../../domain/listing/listing.ts';
import type { SortOrder } from '../../../domain/listing/listing.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place, Task } from '../../../domain/task/task.ts';
import { createLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import { longDay } from '../../../ui/labels/dateLabels.ts';
import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';
import { useLinkActions } from '../../../ui/browser/linkActions.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import { LazyFirstPull } from '../notices/lazyFirstPull.tsx';
import type { TaskCommand } from '../grid/gridKeys.ts';
import { useCompletionTransition } from './completionTransition.ts';
import { ListBody } from './listBody.tsx';
import { ListCounts } from './listCounts.tsx';
import { ReadOnlyNotice, useReadOnlyToast } from '../notices/readOnlyNotice.tsx';
import { useGridMetrics } from '../grid/gridMetrics.ts';
import { ListToolbar } from '../toolbar/listToolbar.tsx';
import type { TaskListPaneProps } from '../taskListProps.ts';
import { QuickAdd } from '../quick-add/quickAdd.tsx';
import type { QuickAddHandle } from '../quick-add/quickAdd.tsx';
import { useQuickAdd } from '../quick-add/useQuickAdd.ts';
import { usePersistedChoice } from './usePersistedChoice.ts';
import type { RowAction } from '../row/rowActions.ts';
import { useEmptyListFocus, whenFocusIsFree } from '../grid/rowFocus.ts';
import { planRows } from '../row/rowPlan.ts';
import type { TaskListState } from './listSource.ts';
import { StaleBanner } from '../notices/staleBanner.tsx';
import { lazySelectionBar } from '../selection/lazySelection.ts';
import { nextImportance, useTaskActions } from '../commands/useTaskActions.ts';
import { TaskGrid } from '../grid/taskGrid.tsx';
import type { RowTarget, TaskGridHandle } from '../grid/taskGrid.tsx';
import type { OpenTaskMenu } from '../toolbar/taskMenu.tsx';
import { useSelection } from '../selection/useSelection.ts';
import { useSelectionCommands } from '../commands/useSelectionCommands.ts';
import styles from './taskListPane.module.css';

export type TaskListProps = Omit<TaskListPaneProps, 'source'> & {
  /** Names the place for what is kept on this device. */
  placeKey: string;
  list: TaskListState;
  /** The smart view, where the list is one. */
  view: ViewName | undefined;
  /** The folder that new tasks go to; undefined until it is known. */
  target: Place | undefined;
  /** Its name, where that is not the list itself. */
  targetName: string | undefined;
  order: SortOrder;
  onOrder: (order: SortOrder) => void;
  /** The folder's owner lets this account look, not change. */
  isReadOnly: boolean;
};

/** After the first screen: nobody opens a menu before there is a row. */
const menuChunk = createLazyChunk(() => import('../toolbar/taskMenu.tsx'));

const shownOrHidden = ['shown', 'hidden'] as const;

export function TaskList(props: TaskListProps) {
  const {
    placeKey,
    list,
    view,
    target,
    targetName,
    order,
    onOrder,
    openTaskId,
    onOpen,
    onClose,
    onSelect,
    onShare,
    lead,
    isReadOnly,
  } = props;
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const nameOf = useStableKey();
  const scroller = useRef<HTMLDivElement>(null);
  const sticky = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const grid = useRef<TaskGridHandle>(null);
  const quickAdd = useRef<QuickAddHandle>(null);
  const [menu, setMenu] = useState<OpenTaskMenu | null>(null);
  const [done, setDone] = usePersistedChoice(`completed:${placeKey}`, shownOrHidden, 'hidden');
  const rowMenu = useLazySurface(menuChunk, menu !== null, () => setMenu(null));
  const metrics = useGridMetrics({ scroller, sticky, body });
  const { held, isSettling, hold, release } = useCompletionTransition();
  const actions = useTaskActions(target?.mailbox ?? 'me');
  const { onAdd, onAddMany } = useQuickAdd(view, target, targetName);
  const sayLookOnly = useReadOnlyToast(target);
  const linkTo = useLinkTo();
  const links = useLinkActions();
  const shares = useSharedByMe();

  // What was waiting when a task was added: the first made here that is not among it is shown, wherever the order puts it.
  const [before, setBefore] = useState<ReadonlySet<string>>();
  const [added, setAdded] = useState<string>();
  const arrived =
    before === undefined
      ? undefined
      : [...list.listing.pendingIds.keys()].find((id) => isLocalId(id) && !before.has(id));
  if (arrived !== undefined && list.listing.byId.has(arrived)) {
    setBefore(undefined);
    setAdded(arrived);
  }

  const isFolder = view === undefined;
  const mailbox = target?.mailbox ?? 'me';
  const folderLink = isFolder && target !== undefined ? linkTo(target) : null;
  const copyFolderLink = () => links.copy(folderLink);
  const copyTaskLink = (task: Task) =>
    links.copy(linkTo({ mailbox: target?.mailbox ?? 'me', id: task.folderId }, task.id));
  const isClosed = done === 'hidden';
  const toggleDone = () => setDone(isClosed ? 'shown' : 'hidden');
  const { listing } = list;
  const sizes = metrics?.sizes;
  const plan = useMemo(
    () =>
      sizes === undefined
        ? undefined
        : planRows({
            sections: listing.sections,
            held,
            closable: isFolder ? { section: 'completed', isClosed } : undefined,
            sizes,
            nameOf,
          }),
    [listing.sections, held, isFolder, isClosed, sizes, nameOf],
  );

  useHotkeys(
    {
      N: { label: t`New task`, run: () => quickAdd.current?.focus() },
      V: {
        label: t`Sort`,
        run: () => onOrder(sortOrders[(sortOrders.indexOf(order) + 1) % sortOrders.length] ?? 'due'),
      },
      'Shift+L': { label: t`Copy link to this folder`, run: () => (isFolder ? copyFolderLink() : false) },
      H: { label: t`Show completed`, run: () => (isFolder ? toggleDone() : false) },
      'Mod+Z': { label: t`Undo`, run: (event) => (isTyping(event.target) ? false : actions.undo()) },
    },
    { scope: 'list' },
  );

  const close = (task: Task) => {
    if (openTaskId !== undefined && nameOf(openTaskId) === nameOf(task.id)) onClose();
  };
  const remove = ({ task }: { task: Task }) => {
    if (isReadOnly) return sayLookOnly();
    actions.remove(task);
    close(task);
  };
  const removeByMenu = (task: Task) => {
    remove({ task });
    whenFocusIsFree(() => grid.current?.focus());
  };
  const toggle = ({ task, held: isHeld, place }: Pick<RowTarget, 'task' | 'held' | 'place'>) => {
    if (isHeld !== undefined) {
      actions.takeBack(task);
      release(task.id);
    } else if (task.status === 'completed') {
      actions.reopen(task);
    } else {
      hold(place);
      actions.complete(task, () => release(task.id));
    }
  };
  const selection = useSelection(plan, listing, () => whenFocusIsFree(() => grid.current?.focus()));
  const commands = useSelectionCommands({ mailbox, selection: isReadOnly ? null : selection, close });
  /** The menu of a row among several that are selected is that of all of them. */
  const isMany = menu !== null && selection.tasks.length > 1 && selection.names.has(nameOf(menu.target.task.id));
  const tell = useEffectEvent((tasks: readonly Task[]) =>
    onSelect(tasks.length > 1 ? { mailbox, tasks, clear: () => selection.act({ kind: 'clear' }) } : null),
  );
  useEffect(() => tell(selection.tasks), [selection.tasks]);
  const clear = () => selection.act({ kind: 'clear' });
  const bar = useLazySurface(lazySelectionBar, selection.tasks.length > 0, clear, 'leavesFocus');
  const openMenu = (kind: OpenTaskMenu['kind'], target: RowTarget, anchor: Element, at: OpenTaskMenu['at'] = null) =>
    setMenu({ kind, target, anchor, at });
  const act = (name: RowAction, target: RowTarget, control: Element) => {
    const { task } = target;
    if (isReadOnly && name !== 'more') sayLookOnly();
    else if (name === 'toggle') toggle(target);
    else if (name === 'delete') remove(target);
    else if (name === 'today') actions.setDue(task, today);
    else if (name === 'flag') actions.setImportance(task, task.importance === 'high' ? 'normal' : 'high');
    else openMenu(name === 'due' ? 'due' : 'all', target, control);
  };

  const command = (kind: TaskCommand, target: RowTarget) => {
    const { task } = target;
    if (kind === 'open') onOpen(task.id);
    else if (kind === 'link') copyTaskLink(task);
    else if (isReadOnly) sayLookOnly();
    else if (selection.tasks.length > 0) commands.forSelected(kind);
    else if (kind === 'toggle') toggle(target);
    else if (kind === 'due') openMenu('due', target, target.element);
    else if (kind === 'remove') remove(target);
    else if (kind === 'importance') actions.setImportance(task, nextImportance(task.importance));
    else commands.forTasks(kind, [task]);
  };

  const rowless = useEmptyListFocus(body, plan !== undefined && plan.count > 0, () => grid.current?.focus());
  const isRead = list.savedAt !== null || listing.byId.size > 0;
  return (
    <main className={styles['pane']} aria-label={list.name}>
      <ListToolbar
        lead={lead}
        groupName={list.groupName}
        order={order}
        onOrder={onOrder}
        isDoneShown={isFolder ? !isClosed : undefined}
        onToggleDone={toggleDone}
        onRefresh={list.retry}
        link={
          isFolder
            ? {
                copy: copyFolderLink,
                share: links.share === undefined ? undefined : () => links.share?.(list.name, folderLink),
              }
            : undefined
        }
        folder={isFolder ? target : undefined}
        onShare={onShare}
        people={target === undefined ? 0 : (shares.get(target.id) ?? 0)}
      />
      <div ref={scroller} className={styles['scroller']}>
        <header className={styles['head']}>
          <h1 className={styles['title']} dir="auto">
            {list.name}
          </h1>
          <p className={styles['line']}>
            {isFolder ? <ListCounts list={list} isRead={isRead} /> : longDay(today, today, locale)}
          </p>
          <div className={styles['notice']}>
            {isRead && list.failure !== null && (
              <StaleBanner kind={list.failure} savedAt={list.savedAt} onRetry={list.retry} />
            )}
            {isRead && list.isPartial && list.failure === null && (
              <LazyFirstPull count={listing.byId.size} folder={isFolder ? target : undefined} />
            )}
          </div>
        </header>
        <div ref={sticky} className={styles['add']}>
          {/* A folder that could not be read takes tasks all the same; only one that is gone does not. */}
          {isReadOnly && target !== undefined && <ReadOnlyNotice name={list.name} place={target} link={folderLink} />}
          {!isReadOnly && (isRead || list.failure !== 'missing') && (
            <QuickAdd
              ref={quickAdd}
              place={placeKey}
              folderName={targetName}
              isReady={target !== undefined}
              onAdd={(task, putBack) => {
                setBefore(new Set(listing.pendingIds.keys()));
                onAdd(task, putBack);
              }}
              onAddMany={(tasks, onLeft) => {
                setBefore(new Set(listing.pendingIds.keys()));
                onAddMany(tasks, onLeft);
              }}
              onLeave={() => grid.current?.focus()}
            />
          )}
        </div>
        <div ref={body} className={styles['body']} {...rowless}>
          {metrics !== undefined && plan !== undefined && plan.count > 0 && (
            <TaskGrid
              ref={grid}
              label={t`Tasks in ${list.name}`}
              mailbox={target?.mailbox ?? 'me'}
              plan={plan}
              order={order}
              held={held}
              pendingIds={listing.pendingIds}
              today={today}
              zone={zone}
              locale={locale}
              openTaskId={openTaskId}
              addedKey={added === undefined ? undefined : nameOf(added)}
              menuKey={menu === null ? undefined : nameOf(menu.target.task.id)}
              isSettling={isSettling}
              isReadOnly={isReadOnly}
              scroller={scroller}
              stick={metrics.stick}
              margin={metrics.margin}
              selected={selection.names}
              onSelect={selection.act}
              onAct={act}
              onOpen={(task) => onOpen(task.id)}
              onCommand={command}
              onDrag={isReadOnly ? undefined : commands.drag}
              onDragEnd={commands.drop}
              onContext={(target, at) => openMenu('all', target, target.element, at)}
              onToggleSection={(_, isOpen) =>
                isOpen === undefined ? toggleDone() : setDone(isOpen ? 'shown' : 'hidden')
              }
              onEscape={onClose}
            />
          )}
          <ListBody
            list={list}
            view={view}
            isRead={isRead}
            hasRows={held.length > 0 || (listing.byId.size > 0 && (listing.open > 0 || !isFolder || !isClosed))}
            onAdd={isReadOnly ? undefined : () => quickAdd.current?.focus()}
          />
        </div>
      </div>
      {bar !== null && selection.tasks.length > 0 && (
        <bar.SelectionBar
          count={selection.tasks.length}
          importance={commands.importance}
          onCommand={(command) => commands.forSelected(command)}
          onImportance={commands.setImportance}
          onAll={() => selection.act({ kind: 'all' })}
          onClear={() => selection.act({ kind: 'clear' })}
        />
      )}
      {rowMenu !== null && (
        <rowMenu.TaskMenu
          menu={menu}
          actions={
            isMany
              ? {
                  remove: () => commands.forSelected('remove'),
                  setDue: (_, day) => commands.setDue(day),
                  setImportance: (_, importance) => commands.setImportance(importance),
                }
              : { ...actions, remove: removeByMenu }
          }
          count={isMany ? selection.tasks.length : 1}
          isReadOnly={isReadOnly}
          onCopyLink={copyTaskLink}
          onToggle={isMany ? () => commands.forSelected('toggle') : toggle}
          onErrand={(kind, task) => (isMany ? commands.forSelected(kind) : commands.forTasks(kind, [task]))}
          onOpen={(task) => onOpen(task.id)}
          onClose={() => setMenu(null)}
        />
      )}
    </main>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable="true"]') !== null;
}
