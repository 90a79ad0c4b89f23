import CloudOffIcon from 'lucide-react/icons/cloud-off';
import InfoIcon from 'lucide-react/icons/info';
import AlertIcon from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import styles from './banner.module.css';

export type BannerProps = {
  /** danger: something failed; amber: waiting for others, the network or the user; neutral: information. */
  kind: 'danger' | 'amber' | 'neutral';
  children: ReactNode;
  /** Replaces the icon of its kind. */
  icon?: ReactNode;
  action?: { label: string; onAction: () => void } | undefined;
};

const icons = {
  danger: <AlertIcon aria-hidden />,
  amber: <CloudOffIcon aria-hidden />,
  neutral: <InfoIcon aria-hidden />,
};

/** A message above content that stays usable, with at most one action. Announced politely when it appears. */
export function Banner({ kind, children, icon = icons[kind], action }: BannerProps) {
  return (
    <output className={`${styles['banner']} ${styles[kind]}`}>
      {icon}
      <span className={styles['text']}>{children}</span>
      {action && (
        <button type="button" className={styles['action']} onClick={action.onAction}>
          {action.label}
        </button>
      )}
    </output>
  );
}
