import { Trans, useLingui } from '@lingui/react/macro';
import { useMailboxUsage, type MailboxUsage } from '../../../data/account/useStorageQuota.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { fileSizeLabel } from '../../../ui/labels/fileSizeLabel.ts';
import { SettingRow } from './settingRow.tsx';
import styles from './settingsSection.module.css';

/** From this part of the limit on, the section says what to do. */
const almostFull = 0.9;

/** What the mailbox keeps, by part, and how much it may keep. */
export function StorageSection() {
  const { t } = useLingui();
  const { usage, failure, retry } = useMailboxUsage();
  if (usage !== undefined) return <UsageRows usage={usage} />;
  return (
    <PageSection title={t`Storage`}>
      <div className={styles.row}>
        <p className={`${styles.text} ${styles.hint}`}>
          {failure === null
            ? t`Loading`
            : failure === 'offline'
              ? t`The list needs the network.`
              : t`The list did not load.`}
        </p>
        {failure !== null && <Button variant="secondary" onPress={retry}>{t`Try again`}</Button>}
      </div>
    </PageSection>
  );
}

/** The section once the service has answered. */
export function UsageRows({ usage }: { usage: MailboxUsage }) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const size = (bytes: number) => fileSizeLabel(bytes, locale);
  const { used, limit, items, itemLimit, parts } = usage;
  const part = Math.max(used / Math.max(1, limit), items / Math.max(1, itemLimit));
  const [usedSize, fullSize] = [size(used), size(limit)];
  const [entries, allEntries] = [i18n.number(items), i18n.number(itemLimit)];
  const rows = [
    { label: t`Tasks`, amount: parts.tasks },
    { label: t`Bin`, amount: parts.bin },
    { label: t`Attachments`, amount: parts.files },
    { label: t`Folders, groups, categories`, amount: parts.places },
    { label: t`Records of sync and sign-in`, amount: parts.other },
  ];
  return (
    <PageSection
      title={t`Storage`}
      text={
        <Trans>
          {usedSize} of {fullSize} used, {entries} of {allEntries} entries.
        </Trans>
      }
    >
      <meter
        className={styles.meter}
        min={0}
        max={1}
        high={almostFull}
        value={Math.min(1, part)}
        aria-label={t`Storage used`}
      />
      {part >= almostFull && (
        <p className={styles.label}>
          {part >= 1
            ? t`The mailbox is full: nothing can be added. Delete what is not needed and empty the bin.`
            : t`The mailbox is almost full. Delete what is not needed and empty the bin.`}
        </p>
      )}
      {rows.map(({ label, amount }) => (
        <SettingRow key={label} label={label}>
          <span className={styles.hint}>
            {i18n.number(amount.items)} · {size(amount.bytes)}
          </span>
        </SettingRow>
      ))}
    </PageSection>
  );
}
