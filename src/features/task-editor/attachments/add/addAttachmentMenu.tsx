import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar';
import CameraIcon from 'lucide-react/icons/camera';
import ChevronIcon from 'lucide-react/icons/chevron-down';
import CloudIcon from 'lucide-react/icons/cloud';
import PlusIcon from 'lucide-react/icons/plus';
import UploadIcon from 'lucide-react/icons/upload';
import { useState } from 'react';
import type { RefObject } from 'react';
import { maxFileSize } from '../../../../domain/task/attachment.ts';
import { Button } from '../../../../ui/controls/button.tsx';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import { useMedia } from '../../../../ui/browser/mediaQueries.ts';
import { MenuPopover, type MenuEntry } from '../../../../ui/overlays/menu.tsx';
import { fileSizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import type { OpenAttachmentForm } from './lazyAttachmentForms.tsx';
import styles from './addAttachmentMenu.module.css';

type Props = {
  buttonRef: RefObject<HTMLButtonElement | null>;
  quota: { used: number; limit: number } | null;
  onFiles: () => void;
  onPhoto: () => void;
  onForm: (form: OpenAttachmentForm) => void;
};

/** The ways to attach something, and how much can be attached. */
export function AddAttachmentMenu({ buttonRef, quota, onFiles, onPhoto, onForm }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const isTouch = useMedia('(pointer: coarse)');
  const [isOpen, setIsOpen] = useState(false);
  const limit = fileSizeLabel(maxFileSize, locale);
  const left = quota === null ? null : fileSizeLabel(Math.max(0, quota.limit - quota.used), locale);
  const limits = left === null ? t`Up to ${limit} a file` : t`Up to ${limit} a file, ${left} left in the mailbox`;
  const items: readonly MenuEntry[] = [
    { id: 'file', label: t`File from this device`, icon: <UploadIcon aria-hidden />, keys: 'A', onAction: onFiles },
    ...(isTouch ? [{ id: 'photo', label: t`Take a photo`, icon: <CameraIcon aria-hidden />, onAction: onPhoto }] : []),
    {
      id: 'link',
      label: t`Link to a cloud file`,
      icon: <CloudIcon aria-hidden />,
      onAction: () => onForm({ kind: 'link' }),
    },
    {
      id: 'item',
      label: t`Event, message or contact`,
      icon: <CalendarIcon aria-hidden />,
      onAction: () => onForm({ kind: 'item' }),
    },
    { kind: 'divider', id: 'line' },
    { kind: 'note', id: 'limits', text: limits },
  ];
  return (
    <>
      <Button
        ref={buttonRef}
        icon={<PlusIcon aria-hidden />}
        aria-label={t`Add an attachment. ${limits}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(true)}
      >
        <span className={styles.label}>
          {t`Add`}
          <ChevronIcon aria-hidden />
        </span>
      </Button>
      <MenuPopover
        label={t`Add an attachment. ${limits}`}
        items={items}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={buttonRef}
        placement="bottom end"
      />
    </>
  );
}
