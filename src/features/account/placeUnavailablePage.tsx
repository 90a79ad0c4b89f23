import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import CloudOff from 'lucide-react/icons/cloud-off';
import LinkIcon from 'lucide-react/icons/link';
import Lock from 'lucide-react/icons/lock';
import { Link } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { usePendingChanges } from '../../data/outbox/usePendingChanges.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { isSameEmailAddress } from '../../domain/task/folderSharing.ts';
import { Button, buttonClass } from '../../ui/controls/button.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import type { PlaceUnavailablePageProps } from './accountProps.ts';
import styles from './placeUnavailablePage.module.css';

/**
 * Explains why a place is not shown, and what to do. The service does not distinguish a deleted folder from one that is
 * not shared with this account, and neither does this page.
 */
export function PlaceUnavailablePage(props: PlaceUnavailablePageProps) {
  const words = useWords(props);
  const { t } = useLingui();
  const { kind } = props;
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <span className={styles.tile} data-kind={kind} aria-hidden>
          {kind === 'notFound' ? <LinkIcon /> : kind === 'notKnown' ? <CloudOff /> : <Lock />}
        </span>
        <h1 className={styles.title}>{words.title}</h1>
        <p className={styles.text}>{words.text}</p>
        {kind === 'closed' && <Unsent folderId={props.shared.folder.id} />}
        <div className={styles.actions}>
          {kind === 'notKnown' && <Button variant="primary" onPress={props.onRetry}>{t`Try again`}</Button>}
          {kind === 'notOpen' && <AskOwner address={props.address} />}
          {kind === 'closed' && <AskOwner address={props.shared.owner.address} />}
          <Link to="/" className={buttonClass('secondary')}>{t`Go to my tasks`}</Link>
        </div>
        {(kind === 'notFound' || kind === 'notOpen') && (
          <OtherAccounts owner={kind === 'notOpen' ? props.address : null} />
        )}
      </div>
    </main>
  );
}

function useWords(props: PlaceUnavailablePageProps): { title: string; text: string } {
  const { t } = useLingui();
  const { session } = useDeps();
  const own = session.account.address;
  switch (props.kind) {
    case 'notOpen': {
      const { address } = props;
      return {
        title: t`You have no access to this folder`,
        text: t`It was deleted, or ${address} does not share it with ${own}.`,
      };
    }
    case 'closed': {
      const { folder, owner } = props.shared;
      const name = truncateName(folder.name);
      return {
        title: t`“${name}” is no longer shared with you`,
        text: t`${truncateName(owner.name || owner.address)} deleted it or removed your access. Its tasks were removed from this device, too.`,
      };
    }
    case 'notKnown':
      return props.failure === 'offline'
        ? {
            title: t`Not on this device yet`,
            text: t`Whether this folder is shared with ${own} shows once you are online.`,
          }
        : props.failure === 'signIn'
          ? { title: t`Your sign-in has expired`, text: t`The folder opens once you have signed in again.` }
          : { title: t`This folder did not open`, text: t`The server answered with an error. Nothing was changed.` };
    case 'notFound':
      return {
        title: t`This link no longer works`,
        text: t`The folder was deleted, it belongs to another account, or the link is not complete.`,
      };
  }
}

/** A sentence to send to the owner, by any means the person has. */
function AskOwner({ address }: { address: string }) {
  const { t } = useLingui();
  const { session } = useDeps();
  const own = session.account.address;
  function copy() {
    const link = window.location.href;
    navigator.clipboard.writeText(t`Could you share this folder in Threefold with ${own}? ${link}`).then(
      () => toasts.show({ text: t`A sentence to send to ${address} is copied` }),
      () => toasts.show({ kind: 'error', text: t`Nothing was copied: this browser does not allow it.` }),
    );
  }
  return <Button variant="primary" onPress={copy}>{t`Ask for access`}</Button>;
}

/** Accounts on this device that may have access; the folder's owner first. */
function OtherAccounts({ owner }: { owner: string | null }) {
  const { t } = useLingui();
  const { session } = useDeps();
  const isOwner = ({ address }: { address: string }) => owner !== null && isSameEmailAddress(address, owner);
  const others = session.accounts
    .filter(({ key }) => key !== session.account.key)
    .toSorted((a, b) => Number(isOwner(b)) - Number(isOwner(a)));
  return (
    <div className={styles.accounts}>
      {others.map(({ key, address }) => (
        <Button key={key} variant="quiet" onPress={() => session.switchTo(key, { stay: true })}>
          {t`Open as ${address}`}
        </Button>
      ))}
      <Button variant="quiet" onPress={() => session.addAccount({ stay: true })}>{t`Use another account`}</Button>
    </div>
  );
}

/** Unsent changes in the folder can still be copied. */
function Unsent({ folderId }: { folderId: string }) {
  const { t } = useLingui();
  const { waiting, parked } = usePendingChanges();
  const count = [...waiting, ...parked].filter(
    ({ change }) => 'folderId' in change && change.folderId === folderId,
  ).length;
  if (count === 0) return null;
  return (
    <p className={styles.text}>
      {t`${plural(count, { one: '# of your changes was not sent.', other: '# of your changes were not sent.' })}`}{' '}
      <Link to={appUrls.waiting()}>{t`See what is not synced`}</Link>
    </p>
  );
}
