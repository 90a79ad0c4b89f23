import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../../data/dataProvider.tsx';
import { AppearanceSection } from './appearanceSection.tsx';
import { FilesSection } from './importExportSection.tsx';
import { Page } from '../../../ui/controls/pageLayout.tsx';
import type { AccountPageProps } from '../accountProps.ts';
import { SignOutSection } from './signOutSection.tsx';
import { TokensSection } from './tokensSection.tsx';
import { WhoSection } from './profileSection.tsx';
import { ZoneSection } from './timeZoneSection.tsx';

/** Settings: the account, its time zone, this device's looks and keys, access tokens, signing out. */
export function AccountPage({ lead }: AccountPageProps) {
  const { t } = useLingui();
  const { extras } = useDeps();
  return (
    <Page title={t`Settings`} lead={lead}>
      <WhoSection />
      <ZoneSection />
      <AppearanceSection />
      <FilesSection />
      {extras !== null && <TokensSection />}
      <SignOutSection />
    </Page>
  );
}
