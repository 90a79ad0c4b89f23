import { showableSubject } from '../../../domain/text/layoutText.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import BellIcon from 'lucide-react/icons/bell';
import CalendarIcon from 'lucide-react/icons/calendar';
import CheckIcon from 'lucide-react/icons/check';
import FlagIcon from 'lucide-react/icons/flag';
import MoreIcon from 'lucide-react/icons/ellipsis';
import SunIcon from 'lucide-react/icons/sun';
import { memo } from 'react';
import { useCategories } from '../../../data/categories/useCategories.ts';
import type { CategoryDisplay } from '../../../data/categories/useCategories.ts';
import type { PendingState } from '../../../domain/listing/listing.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { StatusRing } from '../../../ui/controls/statusRing.tsx';
import type { RowAction } from './rowActions.ts';
import type { RowMetadata } from './rowMetadata.tsx';
import { rowDate } from './rowDate.ts';
import { taskIndicators, statusButtonLabel, rowLabel } from './rowLabels.ts';
import { SwipePanel } from './swipePanel.tsx';
import type { SwipeSide } from './swipeGesture.ts';
import { TaskIndicators } from './taskIndicators.tsx';
import styles from './taskRow.module.css';

export type TaskRowProps = {
  /** Stays the same when the server gives the task its id. */
  rowKey: string;
  mailbox: Mailbox;
  task: Task;
  section: SectionKey;
  /** Undefined in the list of one folder. */
  folderName: string | undefined;
  /** Number among the grid's rows, from 1. */
  number: number;
  /** Distance in px from the top of the section. */
  top: number;
  state: PendingState | undefined;
  today: Day;
  zone: string;
  locale: string;
  /** Null until it is loaded, after the first paint. */
  metadata: RowMetadata | null;
  /** The row with the tab stop. */
  isActive: boolean;
  isOpen: boolean;
  /** Just added: highlighted for a moment. */
  isNew: boolean;
  /** Shows its tools: hovered, focused, or with its menu open. */
  hasTools: boolean;
  isDraggable: boolean;
  /** Rows are being selected: each shows its checkbox. */
  isSelecting: boolean;
  isSelected: boolean;
  /** The status is not a button, and the menu is the only tool. */
  isReadOnly: boolean;
  /** In its completion transition: drawn as completed, in its old place. */
  isHeld: boolean;
  isCollapsing: boolean;
  /** The side that a swipe uncovers. */
  swiped: SwipeSide | undefined;
};

/** One task. Memoised: it renders only when a prop changes. */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const {
    rowKey,
    mailbox,
    task,
    section,
    folderName,
    number,
    top,
    state,
    today,
    zone,
    locale,
    metadata,
    isActive,
    isOpen,
    isNew,
    hasTools,
    isDraggable,
    isSelecting,
    isSelected,
    isReadOnly,
    isHeld,
    isCollapsing,
    swiped,
  } = props;
  const { i18n, t } = useLingui();
  const context = { today, zone, locale };
  const categories = useCategories(mailbox).display(task.categories);
  const withCategoryNames: Task = { ...task, categories: categories.map(({ name }) => name) };
  const shown: Task = isHeld ? { ...withCategoryNames, status: 'completed' } : withCategoryNames;
  const progress = metadata?.progressOf(task.body);
  const marks = taskIndicators(
    i18n,
    task,
    isHeld ? undefined : state,
    context,
    progress,
    metadata?.attachmentsOf(task),
  );
  const date = rowDate(task, section, context);
  const statusLabel = statusButtonLabel(i18n, shown.status, task.subject);
  return (
    // The grid handles keys and pointers for all rows.
    <div
      role="row"
      aria-rowindex={number}
      aria-label={rowLabel(i18n, shown, marks, context, folderName)}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={isActive ? 0 : -1}
      data-row={rowKey}
      data-done={shown.status === 'completed' || undefined}
      data-new={isNew || undefined}
      data-held={isHeld || undefined}
      data-collapsing={isCollapsing || undefined}
      data-tools={hasTools || undefined}
      data-selecting={isSelecting || undefined}
      aria-selected={isSelecting ? isSelected : undefined}
      draggable={isDraggable || undefined}
      className={styles['row']}
      style={{ transform: `translateY(${top}px)` }}
    >
      {isSelecting && <SelectCell task={task} isSelected={isSelected} />}
      <span role="gridcell" className={styles['ringCell']}>
        {isReadOnly ? (
          <span className={styles['ring']}>
            <StatusRing status={shown.status} size={18} />
          </span>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            data-act={'toggle' satisfies RowAction}
            aria-label={statusLabel}
            className={styles['ring']}
          >
            <StatusRing status={shown.status} size={18} />
          </button>
        )}
      </span>
      <span role="gridcell" className={styles['body']}>
        {task.importance !== 'normal' && (
          <span className={styles['importance']} data-level={task.importance} aria-hidden>
            {task.importance === 'high' ? '!' : '↓'}
          </span>
        )}
        <span className={styles['subject']} dir="auto">
          <span className={styles['subjectText']}>
            {task.subject === '' ? t`No subject` : showableSubject(task.subject)}
          </span>
        </span>
        <span className={styles['rest']}>
          <TaskIndicators marks={marks} />
          {!isHeld && task.status === 'waitingOnOthers' && (
            <span className={styles['status']} data-tone="amber">
              <Trans>Waiting</Trans>
            </span>
          )}
          {!isHeld && task.status === 'deferred' && (
            <span className={styles['status']}>
              <Trans>Deferred</Trans>
            </span>
          )}
          <TaskCategories categories={categories} />
          {folderName !== undefined && <FolderName name={folderName} />}
          <span className={styles['date']} data-tone={date?.tone}>
            {date?.isReminder === true && <BellIcon aria-hidden />}
            {date?.text}
          </span>
        </span>
      </span>
      {hasTools && !isSelecting && <RowTools task={task} isReadOnly={isReadOnly} />}
      {swiped !== undefined && <SwipePanel side={swiped} isDone={shown.status === 'completed'} />}
    </div>
  );
});

function SelectCell({ task, isSelected }: Pick<TaskRowProps, 'task' | 'isSelected'>) {
  const { t } = useLingui();
  return (
    <span role="gridcell" className={styles['boxCell']}>
      <button
        type="button"
        role="checkbox"
        aria-checked={isSelected}
        tabIndex={-1}
        data-act={'select' satisfies RowAction}
        aria-label={t`Select “${task.subject}”`}
        className={styles['box']}
      >
        <span className={styles['boxMark']}>{isSelected && <CheckIcon aria-hidden />}</span>
      </button>
    </span>
  );
}

function FolderName({ name }: { name: string }) {
  return (
    <span className={styles['folder']}>
      <bdi className={styles['folderName']} data-hint={name}>
        {name}
      </bdi>
    </span>
  );
}

/** The first category by name, up to three others as dots. */
function TaskCategories({ categories }: { categories: readonly CategoryDisplay[] }) {
  const [first, ...others] = categories;
  return (
    <span
      className={styles['categories']}
      data-empty={first === undefined || undefined}
      data-hint={others.length === 0 ? undefined : categories.map(({ name }) => name).join(', ')}
    >
      {first !== undefined && <span className="category-dot" data-category={first.colour} />}
      {first !== undefined && <bdi className={styles['category']}>{first.name}</bdi>}
      {others.slice(0, 3).map(({ storedName: given, colour }) => (
        <span key={given} className="category-dot" data-category={colour} />
      ))}
    </span>
  );
}

/** The tools of a hovered or focused row. They overlay its end, so that nothing moves. */
function RowTools({ task, isReadOnly }: { task: Task; isReadOnly: boolean }) {
  const { t } = useLingui();
  const allTools: readonly { act: RowAction; label: string; icon: typeof SunIcon; isPressed?: boolean }[] = [
    { act: 'today', label: t`Due today`, icon: SunIcon },
    { act: 'due', label: t`Due date`, icon: CalendarIcon },
    { act: 'flag', label: t`High importance`, icon: FlagIcon, isPressed: task.importance === 'high' },
    { act: 'more', label: t`More actions`, icon: MoreIcon },
  ];
  const tools = isReadOnly ? allTools.filter(({ act }) => act === 'more') : allTools;
  return (
    <span role="gridcell" className={styles['tools']}>
      {tools.map(({ act, label, icon: Icon, isPressed }) => (
        <button
          key={act}
          type="button"
          tabIndex={-1}
          data-act={act}
          data-hint={label}
          aria-label={label}
          aria-pressed={isPressed}
          aria-haspopup={act === 'due' || act === 'more' ? 'menu' : undefined}
          className={styles['tool']}
        >
          <Icon aria-hidden />
        </button>
      ))}
    </span>
  );
}
