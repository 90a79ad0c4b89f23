import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../../data/dataProvider.tsx';
import { AppearanceSection } from './appearanceSection.tsx';
import { ImportExportSection } from './importExportSection.tsx';
import { PageLayout } from '../../../ui/controls/pageLayout.tsx';
import type { AccountPageProps } from '../accountProps.ts';
import { StorageSection } from './storageSection.tsx';
import { SignOutSection } from './signOutSection.tsx';
import { TokensSection } from './tokensSection.tsx';
import { ProfileSection } from './profileSection.tsx';
import { TimeZoneSection } from './timeZoneSection.tsx';

/** Settings: the account, its time zone, this device's looks and keys, what the mailbox keeps, access tokens, signing out. */
export function AccountPage({ lead }: AccountPageProps) {
  const { t } = useLingui();
  const { extras } = useDeps();
  return (
    <PageLayout title={t`Settings`} lead={lead}>
      <ProfileSection />
      <TimeZoneSection />
      <AppearanceSection />
      <ImportExportSection />
      {extras !== null && <StorageSection />}
      {extras !== null && <TokensSection />}
      <SignOutSection />
    </PageLayout>
  );
}
