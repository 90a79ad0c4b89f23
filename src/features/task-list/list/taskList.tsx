import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { useFolderNames } from '../../../data/folders/useFolders.ts';
import { useSharedByMe } from '../../../data/sharing/useSharing.ts';
import type { Listing } from '../../../domain/listing/listing.ts';
import type { Task } from '../../../domain/task/task.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { whenFocusIsFree } from '../grid/rowFocus.ts';
import { TaskGrid } from '../grid/taskGrid.tsx';
import { PlanDayButton } from '../plan-day/planDayButton.tsx';
import { ListToolbar } from '../toolbar/listToolbar.tsx';
import { ListAddField } from './listAddField.tsx';
import { ListBody } from './listBody.tsx';
import { ListHeader } from './listHeader.tsx';
import { ListRowMenu } from './listRowMenu.tsx';
import { ListSelectionBar } from './listSelectionBar.tsx';
import { useTaskList } from './useTaskList.ts';
import type { TaskListProps } from './useTaskList.ts';
import styles from './taskListPane.module.css';

const overdueOf = ({ sections }: Listing) => sections.find(({ key }) => key === 'overdue')?.tasks ?? [];

/** One list of tasks with its toolbar, quick-add field, rows and menus. */
export function TaskList(props: TaskListProps) {
  const { placeKey, list, view, target, targetName, order, onOrder, openTaskId } = props;
  const { onOpen, onClose, onShare, lead, isReadOnly } = props;
  const { t } = useLingui();
  const { today, zone } = useToday();
  const locale = useDateLocale();
  const shares = useSharedByMe();
  const folderNames = useFolderNames();
  const state = useTaskList(props);
  const { quickAdd, grid, mailbox, keyOf, links, rowMenu, selected, rowCommands, isLoaded, isCompletedShown } = state;
  const { scroller, sticky, body, metrics, plan, transition } = state.rows;
  const { held, isCollapsing } = transition;
  const { selection, commands } = selected;
  const { listing } = list;
  const isFolder = view === undefined;
  const folder = isFolder ? target : undefined;
  const hasRows = held.length > 0 || (listing.byId.size > 0 && (listing.open > 0 || !isFolder || isCompletedShown));
  const { shareFolderLink } = links;
  const removeFromMenu = (task: Task) => {
    rowCommands.remove(task);
    whenFocusIsFree(state.focusGrid);
  };
  return (
    <main className={styles['pane']} aria-label={list.name}>
      <ListToolbar
        lead={lead}
        tools={view === 'today' && <PlanDayButton />}
        groupName={list.groupName}
        order={order}
        onOrder={onOrder}
        isCompletedShown={isFolder ? isCompletedShown : undefined}
        onToggleCompleted={state.toggleCompleted}
        onRefresh={list.retry}
        link={
          isFolder
            ? { copy: links.copyFolderLink, share: shareFolderLink && (() => shareFolderLink(list.name)) }
            : undefined
        }
        folder={folder}
        onShare={onShare}
        people={target === undefined ? 0 : (shares.get(target.id) ?? 0)}
      />
      <div ref={scroller} className={styles['scroller']}>
        <ListHeader list={list} folder={folder} isFolder={isFolder} isLoaded={isLoaded} />
        <div ref={sticky} className={styles['add']}>
          <ListAddField
            ref={quickAdd}
            list={list}
            placeKey={placeKey}
            view={view}
            target={target}
            targetName={targetName}
            folderLink={links.folderLink}
            isReadOnly={isReadOnly}
            isLoaded={isLoaded}
            onBeforeAdd={state.expectAdded}
            onLeave={state.focusGrid}
          />
        </div>
        <div ref={body} className={styles['body']} {...state.emptyListFocus}>
          {metrics !== undefined && plan !== undefined && plan.count > 0 && (
            <TaskGrid
              ref={grid}
              label={t`Tasks in ${list.name}`}
              {...{ mailbox, plan, order, held, isCollapsing, today, zone, locale, openTaskId, isReadOnly, scroller }}
              folderNames={isFolder ? undefined : folderNames}
              pendingIds={listing.pendingIds}
              addedKey={state.addedKey}
              menuKey={rowMenu.menu === null ? undefined : keyOf(rowMenu.menu.target.task.id)}
              stick={metrics.stick}
              margin={metrics.margin}
              selected={selection.names}
              onSelect={selection.act}
              onAction={rowCommands.runAction}
              onOpen={(task) => onOpen(task.id)}
              onCommand={rowCommands.runCommand}
              onDrag={isReadOnly ? undefined : commands.drag}
              onDragEnd={commands.drop}
              onContext={(row, at) => rowMenu.open('all', row, row.element, at)}
              onToggleSection={state.toggleSection}
              onReschedule={
                view === 'today' || view === 'overdue' ? () => commands.forTasks('due', overdueOf(listing)) : undefined
              }
              onEscape={onClose}
            />
          )}
          <ListBody
            list={list}
            view={view}
            isLoaded={isLoaded}
            hasRows={hasRows}
            onAdd={isReadOnly ? undefined : state.focusQuickAdd}
          />
        </div>
      </div>
      <ListSelectionBar state={selected} />
      <ListRowMenu
        state={rowMenu}
        {...{ selection, commands, keyOf, isReadOnly, onOpen }}
        actions={state.actions}
        onRemove={removeFromMenu}
        onToggle={rowCommands.toggle}
        onCopyLink={links.copyTaskLink}
      />
    </main>
  );
}
