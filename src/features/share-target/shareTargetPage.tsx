import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { Link } from 'react-router';
import { useFolders } from '../../data/folders/useFolders.ts';
import { useResolvedId } from '../../data/outbox/usePendingChanges.ts';
import { shareTargetPaths } from '../../domain/urls/reservedPaths.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { Button, buttonClass } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/feedback/emptyState.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { errorMessage } from '../../ui/labels/errorMessages.ts';
import { ShareTargetPreview } from './shareTargetPreview.tsx';
import type { ShareTargetPageProps } from './shareTargetProps.ts';
import { useSharedContent } from './useSharedContent.ts';

/** Content shared by another app, the system or a website: previewed, and added only on confirmation. */
export function ShareTargetPage({ id, onDone }: ShareTargetPageProps) {
  const { t, i18n } = useLingui();
  const { content, retry, add, discard } = useSharedContent(id);

  async function addTo(folder: { id: string; name: string }) {
    if (content.kind !== 'ready') return;
    const { tasks } = content;
    const taskIds = await add(folder.id);
    if (taskIds === undefined) return;
    const first = truncateName(tasks[0]?.patch.subject ?? '');
    const message =
      tasks.length === 1
        ? t`Added “${first}”`
        : t`${plural(tasks.length, { one: 'Added # task', other: 'Added # tasks' })}`;
    toasts.show({ text: t`${message} to ${folder.name}` });
    const place = { mailbox: 'me', id: folder.id };
    const [only] = taskIds;
    onDone(tasks.length === 1 && only !== undefined ? appUrls.task(place, only) : appUrls.folder(place));
  }

  async function discardShare() {
    const undoDiscard = await discard();
    if (undoDiscard === undefined || id === null) return;
    const undo = () =>
      undoDiscard().then(
        () => onDone(`${shareTargetPaths.share}?id=${encodeURIComponent(id)}`),
        () => toasts.show({ kind: 'error', text: t`Could not save it on this device. Share it again.` }),
      );
    toasts.show({ text: t`Discarded`, action: { label: t`Undo`, onAction: () => void undo() } });
    onDone('/');
  }

  // An interrupted addition continues with the folder chosen for it, unless that folder is deleted.
  const { folders } = useFolders();
  const chosen = useResolvedId((content.kind === 'ready' ? content.to : undefined) ?? '');
  const to = folders.find((folder) => folder.id === chosen);
  const continueAdding = useEffectEvent(() => {
    if (to !== undefined) void addTo(to);
  });
  const isInterrupted = to !== undefined;
  useEffect(() => {
    if (isInterrupted) continueAdding();
  }, [isInterrupted]);

  const home = <Link to="/" className={buttonClass('secondary')}>{t`Go to my tasks`}</Link>;
  if (content.kind === 'reading') return <main aria-busy />;
  if (content.kind === 'nothing') {
    return (
      <main>
        <EmptyState
          art="empty"
          title={t`Nothing was shared`}
          text={t`The shared content did not arrive, or you have already decided about it. If you miss it, share it again.`}
        >
          {home}
        </EmptyState>
      </main>
    );
  }
  if (content.kind === 'failed') {
    const why = i18n._(errorMessage(content.cause));
    return (
      <main>
        <EmptyState art="broken" title={t`This was not added yet`} text={t`${why} What was shared is kept here.`}>
          <Button variant="primary" onPress={retry}>{t`Try again`}</Button>
          {home}
        </EmptyState>
      </main>
    );
  }
  return (
    <ShareTargetPreview
      tasks={content.tasks}
      isAdding={content.isAdding || isInterrupted}
      onAdd={(folder) => void addTo(folder)}
      onDiscard={() => void discardShare()}
    />
  );
}
