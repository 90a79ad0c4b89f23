import { useLingui } from '@lingui/react/macro';
import { useSingleKeyShortcuts } from '../../../ui/keyboard/hotkeys.ts';
import { SegmentedControl } from '../../../ui/controls/segmentedControl.tsx';
import { useTheme } from '../../../ui/browser/theme.ts';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { SettingRow } from './settingRow.tsx';

/** Settings stored on this device only. */
export function AppearanceSection() {
  const { t } = useLingui();
  const { theme, setTheme } = useTheme();
  const keys = useSingleKeyShortcuts();
  return (
    <PageSection title={t`This device`}>
      <SettingRow label={t`Theme`} isLabelHidden>
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
      </SettingRow>
      <SettingRow
        label={t`Single-key shortcuts`}
        hint={t`N for a new task, S for status and so on. Keys with Ctrl or ⌘ always work.`}
        isLabelHidden
      >
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
      </SettingRow>
    </PageSection>
  );
}
