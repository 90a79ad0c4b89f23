import { useLingui } from '@lingui/react/macro';
import { Mark } from '../../ui/controls/logo.tsx';
import { AccountButton } from './accountButton.tsx';
import { AddMenu } from './menus/addFolderMenu.tsx';
import { SyncBar, SyncTick } from './sidebarFooter.tsx';
import { PlacesState } from './tree/folderTreeState.tsx';
import { PlacesTree } from './tree/folderTree.tsx';
import type { FoldersPageProps } from './sidebarProps.ts';
import { usePlaceEdits } from './state/useFolderEdits.ts';
import { usePlaces } from './state/useFolderTree.ts';
import { MoreViews, Views } from './smartViews.tsx';
import styles from './foldersPage.module.css';

/** The phone's navigation: smart views as tiles, then groups and folders (docs/design.md#phone). */
export function FoldersPage({ onSignOut, onShare }: FoldersPageProps) {
  const { t } = useLingui();
  const places = usePlaces();
  const edits = usePlaceEdits(places.folders);
  return (
    <main className={styles.page}>
      <div className={styles.bar}>
        <Mark size={28} />
        <span className={styles.tools}>
          <SyncTick />
          <AddMenu places={places} edits={edits} />
          <AccountButton onSignOut={onSignOut} />
        </span>
      </div>
      <h1 className={styles.title}>{t`Folders`}</h1>
      <SyncBar />
      <nav className={styles.places} aria-label={t`Folders`}>
        <Views counts={places.counts.views} shape="tiles" />
        <PlacesState places={places}>
          <PlacesTree places={places} edits={edits} onShare={onShare} />
        </PlacesState>
        <MoreViews counts={places.counts.views} />
      </nav>
    </main>
  );
}
