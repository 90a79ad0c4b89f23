import { useLingui } from '@lingui/react/macro';
import CopyIcon from 'lucide-react/icons/copy';
import DownloadIcon from 'lucide-react/icons/download';
import MoreIcon from 'lucide-react/icons/ellipsis';
import EyeIcon from 'lucide-react/icons/eye';
import TrashIcon from 'lucide-react/icons/trash-2';
import { useLinkActions } from '../../../../ui/browser/linkActions.ts';
import { MenuButton, type MenuEntry } from '../../../../ui/overlays/menu.tsx';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import type { AttachmentRowProps } from '../attachmentsProps.ts';
import { useAttachmentDownload } from '../preview/useAttachmentDownload.ts';
import { parseWebUrl } from '../links/webUrl.ts';

/** The actions on a saved attachment. */
export function AttachmentMenu({
  task,
  mailbox,
  shown,
  name,
  onOpen,
  onRemove,
}: AttachmentRowProps & { name: string }) {
  const { t } = useLingui();
  const { copy } = useLinkActions();
  const { attachment } = shown;
  const saving = useAttachmentDownload(task, mailbox);
  const address = attachment.kind === 'reference' ? parseWebUrl(attachment.sourceUrl) : null;
  const openActions: readonly MenuEntry[] =
    attachment.kind === 'reference'
      ? address === null
        ? []
        : [{ id: 'copy', label: t`Copy link`, icon: <CopyIcon aria-hidden />, onAction: () => copy(address.href) }]
      : [
          { id: 'open', label: t`Open`, icon: <EyeIcon aria-hidden />, onAction: onOpen },
          {
            id: 'save',
            label: t`Download`,
            icon: <DownloadIcon aria-hidden />,
            onAction: () => saving.save(shown),
          },
        ];
  const items: readonly MenuEntry[] = [
    ...openActions,
    ...(onRemove === undefined
      ? []
      : [
          {
            id: 'remove',
            label: t`Remove`,
            icon: <TrashIcon aria-hidden />,
            isDanger: true,
            onAction: onRemove,
          },
        ]),
  ];
  if (items.length === 0) return null;
  return (
    <MenuButton
      label={t`More for ${truncateName(name)}`}
      icon={<MoreIcon aria-hidden />}
      isBusy={saving.isBusy}
      items={items}
    />
  );
}
