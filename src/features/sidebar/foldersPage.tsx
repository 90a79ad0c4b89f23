import { useLingui } from '@lingui/react/macro';
import { LogoMark } from '../../ui/controls/logo.tsx';
import { AccountButton } from './accountButton.tsx';
import { AddFolderMenu } from './menus/addFolderMenu.tsx';
import { SyncStatusBar, SyncStatusIcon } from './sidebarFooter.tsx';
import { FolderTreeState } from './tree/folderTreeState.tsx';
import { FolderTree } from './tree/folderTree.tsx';
import type { FoldersPageProps } from './sidebarProps.ts';
import { useFolderEdits } from './state/useFolderEdits.ts';
import { useFolderTree } from './state/useFolderTree.ts';
import { MoreSmartViews, SmartViews } from './smartViews.tsx';
import styles from './foldersPage.module.css';

/** The phone's navigation: smart views as tiles, then groups and folders (docs/design.md#phone). */
export function FoldersPage({ onSignOut, onShare }: FoldersPageProps) {
  const { t } = useLingui();
  const places = useFolderTree();
  const edits = useFolderEdits(places.folders);
  return (
    <main className={styles.page}>
      <div className={styles.bar}>
        <LogoMark size={28} />
        <span className={styles.tools}>
          <SyncStatusIcon />
          <AddFolderMenu places={places} edits={edits} />
          <AccountButton onSignOut={onSignOut} />
        </span>
      </div>
      <h1 className={styles.title}>{t`Folders`}</h1>
      <SyncStatusBar />
      <nav className={styles.places} aria-label={t`Folders`}>
        <SmartViews counts={places.counts.views} shape="tiles" />
        <FolderTreeState places={places}>
          <FolderTree places={places} edits={edits} onShare={onShare} />
        </FolderTreeState>
        <MoreSmartViews counts={places.counts.views} />
      </nav>
    </main>
  );
}
