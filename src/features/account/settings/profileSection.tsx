import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../../data/dataProvider.tsx';
import { Avatar } from '../../../ui/controls/avatar.tsx';
import { PageSection } from '../../../ui/controls/pageLayout.tsx';
import styles from './settingsSection.module.css';

export function ProfileSection() {
  const { t } = useLingui();
  const { session } = useDeps();
  const { name, address } = session.account;
  return (
    <PageSection title={t`Account`}>
      <div className={styles.row}>
        <Avatar name={name || address} size={40} />
        <div className={styles.text}>
          <p className={styles.name}>{name || address}</p>
          {name !== '' && <p className={styles.hint}>{address}</p>}
        </div>
      </div>
    </PageSection>
  );
}
