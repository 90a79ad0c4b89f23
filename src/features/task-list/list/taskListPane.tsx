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

/** One folder's tasks, or those of a smart view: to look at, to add to, to work through. */
export function TaskListPane({ source, ...rest }: TaskListPaneProps) {
  const stable = useStableKey();
  // Another place is another list: scrolling, focus and what is just being completed do not carry over.
  return source.kind === 'folder' ? (
    <FolderList key={`${source.place.mailbox}/${stable(source.place.id)}`} place={source.place} {...rest} />
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
  const home = useFolders().folders.find((folder) => folder.isDefault);
  const target: Place | undefined = home === undefined ? undefined : { mailbox: 'me', id: home.id };
  return (
    <TaskList
      {...rest}
      isReadOnly={false}
      placeKey={view}
      list={list}
      view={view}
      target={target}
      targetName={home?.name}
      order={order}
      onOrder={setOrder}
    />
  );
}
