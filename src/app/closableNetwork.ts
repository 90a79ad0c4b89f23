import { ApiError } from '../api/apiError.ts';
import type { TransportOptions } from '../api/transport.ts';

type Network = Pick<TransportOptions, 'fetch' | 'getToken'>;

/**
 * The network of one account until `close`: then no request of its begins, also none that waits for a token or a retry.
 * Requests under way end as they would. Refused ones reject with ApiError `offline`: what waits is sent by the next client.
 */
export function closableNetwork({ fetch, getToken }: Network): Network & { close: () => void } {
  let isClosed = false;
  function requireOpen() {
    if (isClosed) throw new ApiError('offline', 'The account is not open in this tab any more.');
  }
  return {
    fetch(...request) {
      requireOpen();
      return fetch(...request);
    },
    async getToken(options) {
      requireOpen();
      const token = await getToken(options);
      requireOpen();
      return token;
    },
    close: () => void (isClosed = true),
  };
}
