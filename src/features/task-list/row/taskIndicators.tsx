import ChecklistIcon from 'lucide-react/icons/list-checks';
import ShieldIcon from 'lucide-react/icons/shield';
import NoteIcon from 'lucide-react/icons/text-align-start';
import RepeatIcon from 'lucide-react/icons/repeat';
import AlertIcon from 'lucide-react/icons/triangle-alert';
import UploadIcon from 'lucide-react/icons/arrow-up-from-line';
import LockIcon from 'lucide-react/icons/lock-keyhole';
import PaperclipIcon from 'lucide-react/icons/paperclip';
import PersonIcon from 'lucide-react/icons/user-round';
import type { ComponentType } from 'react';
import type { TaskIndicator, IndicatorKind } from './rowLabels.ts';
import styles from './taskRow.module.css';

const icons: Readonly<Record<IndicatorKind, ComponentType<{ 'aria-hidden': true }>>> = {
  checklist: ChecklistIcon,
  note: NoteIcon,
  repeat: RepeatIcon,
  attachment: PaperclipIcon,
  private: LockIcon,
  confidential: ShieldIcon,
  personal: PersonIcon,
  waiting: UploadIcon,
  parked: AlertIcon,
};

/** The icons after a subject. The row's accessible name includes them, so they are hidden from it. */
export function TaskIndicators({ marks }: { marks: readonly TaskIndicator[] }) {
  if (marks.length === 0) return null;
  return (
    <span className={styles['marks']} aria-hidden>
      {marks.map(({ kind, label, text }) => {
        const Icon = icons[kind];
        return (
          <span key={kind} className={styles['mark']} data-kind={kind} data-hint={label}>
            <Icon aria-hidden />
            {text !== undefined && <span className={styles['markCount']}>{text}</span>}
            {kind === 'note' && <span className={styles['markText']}>{label}</span>}
          </span>
        );
      })}
    </span>
  );
}
