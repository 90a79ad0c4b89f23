import { useLingui } from '@lingui/react/macro';
import { Logo } from '../../ui/controls/logo.tsx';
import { AddMenu } from './menus/addFolderMenu.tsx';
import { Foot } from './sidebarFooter.tsx';
import { PlacesState } from './tree/folderTreeState.tsx';
import { PlacesTree } from './tree/folderTree.tsx';
import type { SidebarProps } from './sidebarProps.ts';
import { usePlaceEdits } from './state/useFolderEdits.ts';
import { usePlaces } from './state/useFolderTree.ts';
import { Views } from './smartViews.tsx';
import styles from './sidebar.module.css';

/** The left pane: smart views, groups with their folders, the account. */
export function Sidebar({ onSignOut, onShare, onNavigate, edge }: SidebarProps) {
  const { t } = useLingui();
  const places = usePlaces();
  const edits = usePlaceEdits(places.folders);
  return (
    <nav className={styles.sidebar} aria-label={t`Folders`}>
      <div className={styles.head}>
        <Logo size={24} />
        <AddMenu places={places} edits={edits} />
      </div>
      <div className={styles.places}>
        <Views counts={places.counts.views} shape="rows" onNavigate={onNavigate} />
        <PlacesState places={places}>
          <PlacesTree places={places} edits={edits} onShare={onShare} onNavigate={onNavigate} />
        </PlacesState>
      </div>
      <Foot onSignOut={onSignOut} onNavigate={onNavigate} />
      {edge}
    </nav>
  );
}
