import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDeps } from '../../data/dataProvider.tsx';
import { useMemberChanges } from '../../data/sharing/useFolderMembers.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { FolderPermission, Role } from '../../domain/task/folderSharing.ts';
import { Button } from '../../ui/controls/button.tsx';
import { TextField } from '../../ui/controls/textField.tsx';
import { announce } from '../../ui/feedback/liveRegion.ts';
import { Select } from '../../ui/controls/select.tsx';
import { parseEmailAddresses, emailAddressProblem } from './emailAddresses.ts';
import styles from './shareDialog.module.css';
import { useRoleLabels } from './useRoleLabels.ts';

type Props = { folderId: string; people: readonly FolderPermission[] };

/** One or more addresses and what they may do. What could not be invited stays in the field, with the reason beside it. */
export function InviteForm({ folderId, people }: Props) {
  const { t } = useLingui();
  const { session } = useDeps();
  const { invite, failureOf } = useMemberChanges(folderId);
  const names = useRoleLabels();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role>('write');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const known = people.map(({ person }) => person.address);
  function problemWith(address: string): string | null {
    const problem = emailAddressProblem(address, session.account.address, known);
    if (problem === 'none') return null;
    if (problem === 'own') return t`You already own this folder.`;
    if (problem === 'known') return t`${address} already has access. Change it in the list below.`;
    return t`“${address}” is not an email address. Example: name@example.com.`;
  }
  function wordsOf(kind: FailureKind, address: string): string {
    if (kind === 'missing' || kind === 'refused') {
      return t`${address} was not invited: there is no account with this address. Check the spelling.`;
    }
    if (kind === 'offline') return t`${address} was not invited: the server could not be reached. Try again.`;
    return t`${address} was not invited: the server could not do it now. Try again.`;
  }

  async function share() {
    const addresses = parseEmailAddresses(text);
    if (addresses.length === 0) return setError(t`Enter the email address of the person to share with.`);
    const problem = addresses.map(problemWith).find((each) => each !== null);
    if (problem !== undefined) return setError(problem);
    setError(null);
    setIsBusy(true);
    const failed: { address: string; words: string }[] = [];
    for (const address of addresses) {
      try {
        await invite.mutateAsync({ address, role });
      } catch (refusal) {
        failed.push({ address, words: wordsOf(failureOf(refusal), address) });
      }
    }
    setIsBusy(false);
    setText(failed.map(({ address }) => address).join(', '));
    setError(failed[0]?.words ?? null);
    const done = addresses.length - failed.length;
    if (done > 0) announce(t`${plural(done, { one: '# person invited', other: '# people invited' })}`);
  }

  return (
    <form
      className={styles['invite']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void share();
      }}
    >
      <TextField
        className={styles['address']}
        label={t`Invite by email address`}
        placeholder={t`name@example.com`}
        type="email"
        inputMode="email"
        autoComplete="off"
        autoFocus
        value={text}
        error={error}
        onChange={(typed) => {
          setText(typed);
          setError(null);
        }}
      />
      <div>
        <Select
          label={t`Access`}
          items={(['write', 'read'] as const).map((value) => ({ value, label: names[value] }))}
          value={role}
          onChange={setRole}
          isBoxed
        />
      </div>
      <Button type="submit" variant="primary" className={styles['send']} isBusy={isBusy}>
        {t`Share`}
      </Button>
    </form>
  );
}
