import { useLingui } from '@lingui/react/macro';
import type { ReferenceAttachment } from '../../../../domain/task/attachment.ts';

/** Labels for the provider, kind and permission of a link. */
export function useLinkLabels() {
  const { t } = useLingui();
  const providers: Record<ReferenceAttachment['providerType'], string> = {
    other: t`Web`,
    oneDriveBusiness: t`OneDrive for work`,
    oneDriveConsumer: t`OneDrive`,
    dropbox: t`Dropbox`,
  };
  const permissions: Record<ReferenceAttachment['permission'], string> = {
    other: '',
    view: t`people can view`,
    edit: t`people can edit`,
    anonymousView: t`anyone can view`,
    anonymousEdit: t`anyone can edit`,
    organizationView: t`the organization can view`,
    organizationEdit: t`the organization can edit`,
  };
  return {
    providers,
    permissions,
    kindOf: ({ isFolder, providerType }: Pick<ReferenceAttachment, 'isFolder' | 'providerType'>): string => {
      const provider = providers[providerType];
      if (providerType === 'other') return isFolder ? t`Link to a folder` : t`Link to a file`;
      return isFolder ? t`Folder in ${provider}` : t`File in ${provider}`;
    },
    permissionOf: (permission: ReferenceAttachment['permission']) => permissions[permission],
  };
}
