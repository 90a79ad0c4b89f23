import type { Server } from 'node:http';
import { ConfigError, type Config } from '../config/config.ts';
import type { Log } from '../config/log.ts';

/** Requests in flight get this long to end once a stop was asked for. Milliseconds. */
const grace = 10_000;
const idleEvery = 50;

/** Listens. @throws ConfigError with a sentence, when the address cannot be used. */
export function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(asSentence(error, host, port));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

/** Accepts no new connections, lets running requests finish, then closes the rest. */
export function closeServer(server: Server, log: Log): Promise<void> {
  return new Promise((resolve) => {
    // A busy connection becomes idle, and the browser would keep it for its next request.
    const sweeping = setInterval(() => server.closeIdleConnections(), idleEvery);
    const cutting = setTimeout(() => {
      log.warn('requests cut off');
      server.closeAllConnections();
    }, grace);
    server.close(() => {
      clearInterval(sweeping);
      clearTimeout(cutting);
      resolve();
    });
  });
}

function asSentence(error: Error, host: string, port: number): Error {
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new ConfigError(`Port ${port} is in use. Stop what uses it, or set PORT to another.`);
    case 'EACCES':
      return new ConfigError(`Port ${port} may not be used by this user. Set PORT to another.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(`HOST is "${host}", which is not an address of this machine.`);
    default:
      return error;
  }
}
