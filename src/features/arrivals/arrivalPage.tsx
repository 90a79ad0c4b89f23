import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/emptyState.tsx';
import { nameInWords } from '../../ui/names.ts';
import { toasts } from '../../ui/toast.tsx';
import type { ArrivalPageProps } from './props.ts';
import { useArrival, type Arrived } from './useArrival.ts';

/** What another app or the system handed over, on its way to being a task. It is seldom seen: the task takes its place. */
export function ArrivalPage({ id, onDone }: ArrivalPageProps) {
  const { t } = useLingui();
  const { trouble, retry } = useArrival(id, ({ address, subjects, folderName }: Arrived) => {
    const first = nameInWords(subjects[0] ?? '');
    const what =
      subjects.length === 1
        ? t`Added “${first}”`
        : t`${plural(subjects.length, { one: 'Added # task', other: 'Added # tasks' })}`;
    toasts.show({ text: t`${what} to ${folderName}` });
    onDone(address);
  });
  const home = <Link to="/" className={buttonClass('secondary')}>{t`Go to my tasks`}</Link>;
  if (trouble === null) return <main aria-busy />;
  if (trouble === 'nothing') {
    return (
      <main>
        <EmptyState
          art="empty"
          title={t`Nothing arrived here`}
          text={t`What was shared did not reach Threefold, or is a task already. If you miss it, share it again.`}
        >
          {home}
        </EmptyState>
      </main>
    );
  }
  return (
    <main>
      <EmptyState
        art="broken"
        title={t`This was not added yet`}
        text={
          trouble === 'folders'
            ? t`Your folders are not on this device yet. What was shared waits here; try again with the network.`
            : t`This device refused to keep it as a task. What was shared waits here; try again.`
        }
      >
        <Button variant="primary" onPress={retry}>{t`Try again`}</Button>
        {home}
      </EmptyState>
    </main>
  );
}
