import { useLingui } from '@lingui/react/macro';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components/ComboBox';
import { useTimeZone } from '../../../data/account/useTimeZone.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import field from '../../../ui/controls/textField.module.css';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import { allTimeZones, searchTimeZones } from './timeZones.ts';
import styles from './timeZoneSection.module.css';

/**
 * The zone of the mailbox's dates. Changing it changes labels, never data (docs/architecture.md#time-and-recurrence).
 */
export function TimeZoneSection() {
  const { t } = useLingui();
  const { zone, setZone } = useTimeZone();
  const [text, setText] = useState(zone);
  const zones = useMemo(() => allTimeZones(zone), [zone]);
  // The current zone in the field is no search text until it is edited.
  const found = text === zone ? zones : searchTimeZones(zones, text);

  function choose(id: string | null) {
    if (id === null || id === zone) return setText(zone);
    setText(id);
    setZone(id).catch(() => {
      setText(zone);
      toasts.show({ kind: 'error', text: t`The time zone was not saved. Check the network, then try again.` });
    });
    return undefined;
  }

  return (
    <PageSection
      title={t`Time zone`}
      text={t`Decides which day a task belongs to and when today ends. Your tasks keep their dates.`}
    >
      <div>
        <ComboBox
          className={styles.field ?? ''}
          items={found}
          inputValue={text}
          onInputChange={setText}
          value={zone}
          onChange={(id) => choose(typeof id === 'string' ? id : null)}
          onBlur={() => setText(zone)}
          menuTrigger="focus"
          allowsEmptyCollection
        >
          <Label className="hidden-visually">{t`Time zone`}</Label>
          <div className={field.box}>
            <Input className={field.input ?? ''} onFocus={(event) => text === zone && event.target.select()} />
            <Button className={styles.open ?? ''}>
              <ChevronsUpDown aria-hidden />
            </Button>
          </div>
          <Popover className={styles.popover ?? ''}>
            <ListBox
              className={styles.list ?? ''}
              renderEmptyState={() => (
                <p className={styles.none}>{t`No time zone has this name. Try the nearest large city.`}</p>
              )}
            >
              {({ id, place, region }: { id: string; place: string; region: string }) => (
                <ListBoxItem id={id} textValue={id} className={styles.item ?? ''}>
                  <span>{place}</span>
                  <span className={styles.region}>{region}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      </div>
    </PageSection>
  );
}
