import { useLingui } from '@lingui/react/macro';
import type { Role } from '../../domain/sharing.ts';

/** Roles in the words of design.md §5 (Share). */
export function useRoleNames(): Readonly<Record<Role, string>> {
  const { t } = useLingui();
  return { read: t`Can view`, write: t`Can edit` };
}
