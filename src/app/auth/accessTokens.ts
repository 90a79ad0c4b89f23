import { ApiError } from '../../api/apiError.ts';
import type { Account } from '../../data/dataProvider.tsx';
import type { AuthPort } from './authPort.ts';
import type { SessionStore } from './sessionState.ts';

export type AccessTokens = {
  /** Without user interaction. Throws ApiError `signIn` or `offline`. */
  get: (account: Account, options: { refresh: boolean }) => Promise<string>;
};

/** Returns access tokens other than a rejected one, and updates in `store` whether an account's session has expired. */
export function createAccessTokens(loadAuth: () => Promise<AuthPort>, store: SessionStore): AccessTokens {
  /** By account key: the last token issued, and the one that the server rejected before it expired. */
  const issued = new Map<string, string>();
  const rejected = new Map<string, string>();

  return {
    async get(account, { refresh }) {
      const auth = await loadAuth();
      const { key } = account;
      const last = issued.get(key);
      if (refresh && last !== undefined) rejected.set(key, last);
      try {
        const mode = store.isExpired(account) ? 'cached' : refresh ? 'fresh' : 'renew';
        let token = await auth.token(account, mode);
        if (token === rejected.get(key)) {
          if (mode !== 'renew') throw new ApiError('signIn', 'The session was ended elsewhere.');
          token = await auth.token(account, 'fresh');
        }
        issued.set(key, token);
        store.setExpired(account, false);
        return token;
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'signIn') store.setExpired(account, true);
        throw error;
      }
    },
  };
}
