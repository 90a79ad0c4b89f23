import { useLingui } from '@lingui/react/macro';
import Copy from 'lucide-react/icons/copy';
import LinkIcon from 'lucide-react/icons/link';
import Share from 'lucide-react/icons/share-2';
import { useLinkTo } from '../../data/sharing/useLinkTo.ts';
import { Button } from '../../ui/controls/button.tsx';
import { useLinkActions } from '../../ui/browser/linkActions.ts';
import type { ShareDialogProps } from './shareDialogProps.ts';
import styles from './shareDialog.module.css';

/** The folder's link: it opens for the people above and for nobody else. */
export function ShareLinkFooter({ folder }: Pick<ShareDialogProps, 'folder'>) {
  const { t } = useLingui();
  const link = useLinkTo()({ mailbox: 'me', id: folder.id });
  const { copy, share } = useLinkActions();
  return (
    <>
      <div className={styles['scope']}>
        <span className={styles['tile']} aria-hidden>
          <LinkIcon />
        </span>
        <span className={styles['text']}>
          <span className={styles['name']}>{t`Link to this folder`}</span>
          <span className={styles['line']}>{t`Only the people above can open it`}</span>
        </span>
      </div>
      {share !== undefined && (
        <Button
          variant="secondary"
          className={styles['hand']}
          icon={<Share aria-hidden />}
          onPress={() => share(folder.name, link)}
        >
          {t`Share link`}
        </Button>
      )}
      <Button variant="secondary" className={styles['hand']} icon={<Copy aria-hidden />} onPress={() => copy(link)}>
        {t`Copy link`}
      </Button>
    </>
  );
}
