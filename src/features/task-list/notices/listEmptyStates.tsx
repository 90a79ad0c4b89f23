import { Plural, Trans, useLingui } from '@lingui/react/macro';
import PlusIcon from 'lucide-react/icons/plus';
import { useNavigate } from 'react-router';
import { useDeps } from '../../../data/dataProvider.tsx';
import type { FailureKind } from '../../../domain/failureKind.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { EmptyState } from '../../../ui/feedback/emptyState.tsx';
import { Shortcut } from '../../../ui/keyboard/shortcut.tsx';
import { toasts } from '../../../ui/feedback/toast.tsx';

type EmptyStateAction = { label: string; onPress: () => void };

type FailedListProps = { name: string; isView: boolean; kind: FailureKind; onRetry: () => void };

/** Shown when a list fails to load and is not stored: the reason and the next step (docs/design.md#wording). */
export function FailedList({ name, isView, kind, onRetry }: FailedListProps) {
  const { t } = useLingui();
  const { session } = useDeps();
  const navigate = useNavigate();
  const toToday: EmptyStateAction = { label: t`Go to Today`, onPress: () => void navigate(appUrls.view('today')) };
  const again: EmptyStateAction = { label: t`Try again`, onPress: onRetry };

  if (kind === 'offline') {
    return (
      <EmptyState
        art="offline"
        title={<Trans>Not on this device yet</Trans>}
        text={<Trans>Open {name} once while online to keep it available offline.</Trans>}
      >
        <Button onPress={toToday.onPress}>{toToday.label}</Button>
      </EmptyState>
    );
  }
  if (kind === 'missing') {
    return (
      <EmptyState
        art="broken"
        title={<Trans>This folder is no longer available</Trans>}
        text={<Trans>It was deleted elsewhere, or you have no access to it.</Trans>}
      >
        <Button onPress={toToday.onPress}>{toToday.label}</Button>
      </EmptyState>
    );
  }
  if (kind === 'signIn') {
    return (
      <EmptyState
        art="offline"
        title={<Trans>Your sign-in has expired</Trans>}
        text={<Trans>Sign in again to open {name}; your changes stay here.</Trans>}
      >
        <Button variant="primary" onPress={() => session.signIn()}>
          <Trans>Sign in again</Trans>
        </Button>
      </EmptyState>
    );
  }
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.pathname}: ${kind}`);
    toasts.show({ text: t`Details copied` });
  };
  const busy = kind === 'busy';
  return (
    <EmptyState
      art="broken"
      title={isView ? <Trans>{name} did not open</Trans> : <Trans>This folder did not open</Trans>}
      text={
        busy ? (
          <Trans>The server is busy. Your tasks are safe; nothing was changed.</Trans>
        ) : (
          <Trans>The server answered with an error. Your tasks are safe; nothing was changed.</Trans>
        )
      }
    >
      <Button variant="primary" onPress={again.onPress}>
        {again.label}
      </Button>
      <Button variant="quiet" onPress={() => void copy()}>
        <Trans>Copy details</Trans>
      </Button>
    </EmptyState>
  );
}

/** A folder without tasks: how to add the first one. */
export function EmptyFolder({ name, onAdd }: { name: string; onAdd: (() => void) | undefined }) {
  if (onAdd === undefined) {
    return (
      <EmptyState
        art="empty"
        title={<Trans>Nothing in {name} yet</Trans>}
        text={<Trans>Tasks show here when somebody adds them.</Trans>}
      />
    );
  }
  return (
    <EmptyState
      art="empty"
      title={<Trans>Nothing in {name} yet</Trans>}
      text={<Trans>Type a task, or paste a list: each line becomes a task.</Trans>}
    >
      <Button variant="primary" icon={<PlusIcon aria-hidden />} onPress={onAdd}>
        <Trans>Add a task</Trans>
      </Button>
      <Shortcut keys="N" />
    </EmptyState>
  );
}

/** A folder whose tasks are all completed. */
export function CompletedFolder({ name, done }: { name: string; done: number }) {
  return (
    <EmptyState
      art="done"
      title={<Trans>All done in {name}</Trans>}
      text={<Plural value={done} one="One task completed." other="# tasks completed." />}
    />
  );
}

/** A smart view without tasks. */
export function EmptyView({
  view,
  doneToday,
  isNextTomorrow,
}: {
  view: ViewName;
  doneToday: number;
  isNextTomorrow: boolean;
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  if (view === 'today') {
    return (
      <EmptyState
        art="done"
        title={<Trans>That is all for today</Trans>}
        text={
          <>
            <Plural value={doneToday} _0="Nothing is due." one="One task done." other="# tasks done." />{' '}
            {isNextTomorrow && <Trans>The next one is due tomorrow.</Trans>}
          </>
        }
      >
        <Button onPress={() => void navigate(appUrls.view('upcoming'))}>
          {isNextTomorrow ? <Trans>See tomorrow</Trans> : <Trans>See upcoming</Trans>}
        </Button>
      </EmptyState>
    );
  }
  const texts: Readonly<Record<Exclude<ViewName, 'today'>, readonly [title: string, text: string]>> = {
    upcoming: [t`Nothing coming up`, t`Tasks with a due date from tomorrow on show up here.`],
    overdue: [t`Nothing is late`, t`Tasks past their due date show up here.`],
    important: [t`Nothing is marked important`, t`Tasks of high importance show up here.`],
    all: [t`No open tasks`, t`The open tasks of all folders show up here.`],
    completed: [t`Nothing completed yet`, t`Completed tasks of all folders show up here.`],
  };
  const [title, text] = texts[view];
  return <EmptyState art={view === 'overdue' ? 'done' : 'empty'} title={title} text={text} />;
}
