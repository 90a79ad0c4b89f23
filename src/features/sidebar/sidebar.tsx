import { useLingui } from '@lingui/react/macro';
import { Logo } from '../../ui/controls/logo.tsx';
import { AddFolderMenu } from './menus/addFolderMenu.tsx';
import { SidebarFooter } from './sidebarFooter.tsx';
import { FolderTreeState } from './tree/folderTreeState.tsx';
import { FolderTree } from './tree/folderTree.tsx';
import type { SidebarProps } from './sidebarProps.ts';
import { useFolderEdits } from './state/useFolderEdits.ts';
import { useFolderTree } from './state/useFolderTree.ts';
import { SmartViews } from './smartViews.tsx';
import styles from './sidebar.module.css';

/** The left pane: smart views, groups with their folders, the account. */
export function Sidebar({ onSignOut, onShare, onNavigate, edge }: SidebarProps) {
  const { t } = useLingui();
  const places = useFolderTree();
  const edits = useFolderEdits(places.folders);
  return (
    <nav className={styles.sidebar} aria-label={t`Folders`}>
      <div className={styles.head}>
        <Logo size={24} />
        <AddFolderMenu places={places} edits={edits} />
      </div>
      <div className={styles.places}>
        <SmartViews counts={places.counts.views} shape="rows" onNavigate={onNavigate} />
        <FolderTreeState places={places}>
          <FolderTree places={places} edits={edits} onShare={onShare} onNavigate={onNavigate} />
        </FolderTreeState>
      </div>
      <SidebarFooter onSignOut={onSignOut} onNavigate={onNavigate} />
      {edge}
    </nav>
  );
}
