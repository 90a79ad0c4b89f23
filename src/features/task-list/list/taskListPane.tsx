import { useStableKey } from '../../../data/outbox/usePendingChanges.ts';
import { sortOrders } from '../../../domain/listing/listing.ts';
import type { Place } from '../../../domain/task/task.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import { useFolders } from '../../../data/folders/useFolders.ts';
import { useRole } from '../../../data/sharing/useSharing.ts';
import type { TaskListPaneProps } from '../taskListProps.ts';
import { usePersistedChoice } from './usePersistedChoice.ts';
import { useFolderList, useViewList } from './listSource.ts';
import { TaskList } from './taskList.tsx';

type Rest = Omit<TaskListPaneProps, 'source'>;

/** The tasks of one folder or of a smart view. */
export function TaskListPane({ source, ...rest }: TaskListPaneProps) {
  const keyOf = useStableKey();
  // A key for each list: scroll position, focus and completions in transition belong to one list.
  return source.kind === 'folder' ? (
    <FolderList key={`${source.place.mailbox}/${keyOf(source.place.id)}`} place={source.place} {...rest} />
  ) : (
    <ViewList key={source.name} view={source.name} {...rest} />
  );
}

function FolderList({ place, ...rest }: Rest & { place: Place }) {
  const key = `${place.mailbox}/${useStableKey()(place.id)}`;
  const [order, setOrder] = usePersistedChoice(`order:${key}`, sortOrders, 'due');
  const list = useFolderList(place, order);
  const role = useRole(place);
  return (
    <TaskList
      {...rest}
      isReadOnly={role === 'read'}
      placeKey={key}
      list={list}
      view={undefined}
      target={place}
      targetName={undefined}
      order={order}
      onOrder={setOrder}
    />
  );
}

function ViewList({ view, ...rest }: Rest & { view: ViewName }) {
  const [order, setOrder] = usePersistedChoice(`order:${view}`, sortOrders, 'due');
  const list = useViewList(view, order);
  const defaultFolder = useFolders().folders.find((folder) => folder.isDefault);
  const target: Place | undefined = defaultFolder === undefined ? undefined : { mailbox: 'me', id: defaultFolder.id };
  return (
    <TaskList
      {...rest}
      isReadOnly={false}
      placeKey={view}
      list={list}
      view={view}
      target={target}
      targetName={defaultFolder?.name}
      order={order}
      onOrder={setOrder}
    />
  );
}
