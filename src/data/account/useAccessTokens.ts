import { queryOptions, skipToken, useMutation, useQuery } from '@tanstack/react-query';
import type { ExtrasApi, PersonalAccessToken } from '../../api/extras/extrasApi.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { useDeps } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';

const all = ['tokens'] as const;

export const tokenQueries = {
  all,
  list: (extras: ExtrasApi | null) =>
    queryOptions({
      queryKey: [...all] as const,
      queryFn: extras === null ? skipToken : () => extras.tokens(),
      enabled: extras !== null,
    }),
};

export type Tokens = {
  tokens: readonly PersonalAccessToken[];
  /** False on a server that has none. */
  isSupported: boolean;
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Personal access tokens of the account. Read again on each use, as the command line can change them. */
export function useTokens(): Tokens {
  const { extras } = useDeps();
  const query = useQuery(tokenQueries.list(extras));
  return {
    tokens: query.data ?? [],
    isSupported: extras !== null,
    isPending: extras !== null && query.isPending,
    failure: queryFailure(query),
    retry: () => void query.refetch(),
  };
}

/** Sent at once, not through the outbox: a revocation must not wait. */
export function useRevokeToken() {
  const { extras } = useDeps();
  return useMutation({
    mutationFn: async ({ id }: { id: string }) => {
      await extras?.revokeToken(id);
    },
    meta: { invalidates: [all] },
  });
}
