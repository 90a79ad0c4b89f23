import { useLingui } from '@lingui/react/macro';
import ExternalIcon from 'lucide-react/icons/external-link';
import { useState } from 'react';
import { cutText, limits } from '../../../../domain/limits.ts';
import type { AttachmentInput } from '../../../../data/attachments/useAttachments.ts';
import { permissionTypes, providerTypes, type ReferenceAttachment } from '../../../../domain/task/attachment.ts';
import { TextField } from '../../../../ui/controls/textField.tsx';
import { SegmentedControl } from '../../../../ui/controls/segmentedControl.tsx';
import { Select } from '../../../../ui/controls/select.tsx';
import { DraftDialog } from './draftDialog.tsx';
import { useLinkLabels } from '../links/linkLabels.ts';
import { linkName, linkProvider } from '../links/linkDefaults.ts';
import { parseWebUrl } from '../links/webUrl.ts';
import styles from './attachmentForms.module.css';

type Props = {
  start: { name?: string; address?: string };
  onClose: () => void;
  onDraft: (draft: AttachmentInput) => Promise<boolean>;
};

/** A link to a file or folder: its address, provider and permission. */
export function LinkForm({ start, onClose, onDraft }: Props) {
  const { t } = useLingui();
  const { providers, permissions } = useLinkLabels();
  const [address, setAddress] = useState(start.address ?? '');
  const [name, setName] = useState(start.name ?? '');
  const [isFolder, setIsFolder] = useState(false);
  const [chosenProvider, setChosenProvider] = useState<ReferenceAttachment['providerType'] | null>(null);
  const [permission, setPermission] = useState<ReferenceAttachment['permission']>('other');
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const url = parseWebUrl(address);
  const isLong = url !== null && url.href.length > limits.url;
  const provider = chosenProvider ?? (url === null ? 'other' : linkProvider(url));

  function finish() {
    setWasSubmitted(true);
    if (url === null || isLong) return;
    void onDraft({
      kind: 'reference',
      name: name.trim() === '' ? cutText(linkName(url), limits.attachmentName) : name.trim(),
      // As Outlook marks its own links (docs/protocol.md#attachments).
      isInline: true,
      sourceUrl: url.href,
      providerType: provider,
      permission,
      isFolder,
      thumbnailUrl: null,
      previewUrl: null,
    });
  }

  return (
    <DraftDialog
      title={t`Link to a cloud file`}
      hint={t`Threefold stores only the link. Access is set where the file is stored.`}
      canDismiss={address === (start.address ?? '') && name === (start.name ?? '')}
      onClose={onClose}
      onCancel={onClose}
      onAttach={finish}
    >
      <TextField
        label={t`Address`}
        type="url"
        autoFocus
        value={address}
        onChange={setAddress}
        placeholder="https://"
        error={
          wasSubmitted && url === null
            ? t`Enter an address that begins with https:// or http://`
            : isLong
              ? t`An address has up to ${limits.url} characters; this one has ${url.href.length}.`
              : null
        }
      />
      {url !== null && (
        <p className={styles.target}>
          <ExternalIcon aria-hidden />
          <span>
            {t`Link target`} <bdi className={styles.host}>{url.host}</bdi>
          </span>
        </p>
      )}
      <TextField
        label={t`Name`}
        value={name}
        maxLength={limits.attachmentName}
        onChange={setName}
        placeholder={url === null ? undefined : linkName(url)}
      />
      <SegmentedControl
        label={t`It is`}
        items={[
          { value: 'file', label: t`A file` },
          { value: 'folder', label: t`A folder` },
        ]}
        value={isFolder ? 'folder' : 'file'}
        onChange={(value) => setIsFolder(value === 'folder')}
      />
      <div className={styles.pair}>
        <Select
          label={t`Kept in`}
          isBoxed
          items={providerTypes.map((value) => ({ value, label: providers[value] }))}
          value={provider}
          onChange={setChosenProvider}
        />
        <Select
          label={t`Who may open it`}
          isBoxed
          items={permissionTypes.map((value) => ({
            value,
            label: value === 'other' ? t`Not stated` : permissions[value],
          }))}
          value={permission}
          onChange={setPermission}
        />
      </div>
    </DraftDialog>
  );
}
