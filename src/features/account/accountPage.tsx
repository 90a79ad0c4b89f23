import { useLingui } from '@lingui/react/macro';
import { useDeps } from '../../data/deps.tsx';
import { AppearanceSection } from './appearanceSection.tsx';
import { FilesSection } from './filesSection.tsx';
import { Page } from '../../ui/page.tsx';
import type { AccountPageProps } from './props.ts';
import { SignOutSection } from './signOutSection.tsx';
import { TokensSection } from './tokensSection.tsx';
import { WhoSection } from './whoSection.tsx';
import { ZoneSection } from './zoneSection.tsx';

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
