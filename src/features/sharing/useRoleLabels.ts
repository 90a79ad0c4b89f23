import { useLingui } from '@lingui/react/macro';
import type { Role } from '../../domain/task/folderSharing.ts';

/** The names of the roles (docs/design.md#components). */
export function useRoleLabels(): Readonly<Record<Role, string>> {
  const { t } = useLingui();
  return { read: t`Can view`, write: t`Can edit` };
}
