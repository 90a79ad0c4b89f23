import { useLingui } from '@lingui/react/macro';
import { useSingleKeyShortcuts } from '../../../ui/keyboard/hotkeys.ts';
import { SegmentedControl } from '../../../ui/controls/segmentedControl.tsx';
import { useTheme } from '../../../ui/browser/theme.ts';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import styles from './settingsSection.module.css';

/** Settings stored on this device only. */
export function AppearanceSection() {
  const { t } = useLingui();
  const { theme, setTheme } = useTheme();
  const keys = useSingleKeyShortcuts();
  return (
    <PageSection title={t`This device`}>
      <div className={styles.row}>
        <div className={styles.text}>
          <p className={styles.label} aria-hidden>{t`Theme`}</p>
        </div>
        <SegmentedControl
          label={t`Theme`}
          labelHidden
          items={[
            { value: 'system', label: t`System` },
            { value: 'light', label: t`Light` },
            { value: 'dark', label: t`Dark` },
          ]}
          value={theme}
          onChange={setTheme}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.text}>
          <p className={styles.label} aria-hidden>{t`Single-key shortcuts`}</p>
          <p className={styles.hint}>{t`N for a new task, S for status and so on. Keys with Ctrl or ⌘ always work.`}</p>
        </div>
        <SegmentedControl
          label={t`Single-key shortcuts`}
          labelHidden
          items={[
            { value: 'on', label: t`On` },
            { value: 'off', label: t`Off` },
          ]}
          value={keys.isOn ? 'on' : 'off'}
          onChange={(value) => keys.setIsOn(value === 'on')}
        />
      </div>
    </PageSection>
  );
}
