import type { Clock } from '../../src/domain/time/time.ts';

/** Ids, counts and names of the service's own. Never text of tasks, query values or tokens. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields & { error?: never }, cause?: unknown): void;
  /** Writes the buffered lines. */
  flush(): void;
};

/**
 * Writes one JSON object a line. The lines of one turn of the event loop are written together, because a write to a
 * pipe blocks.
 */
export function createLog(clock: Clock, write: (text: string) => void): Log {
  let buffered = '';
  let timer: NodeJS.Immediate | undefined;

  function flush(): void {
    clearImmediate(timer);
    timer = undefined;
    const text = buffered;
    buffered = '';
    if (text !== '') write(text);
  }

  function line(level: string, event: string, fields: LogFields | undefined): void {
    buffered += `${JSON.stringify({ time: clock.now(), level, event, ...fields })}\n`;
    timer ??= setImmediate(flush);
  }

  return {
    info: (event, fields) => line('info', event, fields),
    warn: (event, fields) => line('warn', event, fields),
    error: (event, fields, cause) => line('error', event, { ...fields, ...causeFields(cause) }),
    flush,
  };
}

/** For tests and tools whose log is not read. */
export const silentLog: Log = { info() {}, warn() {}, error() {}, flush() {} };

function causeFields(cause: unknown): LogFields {
  if (cause === undefined) return {};
  if (!(cause instanceof Error)) return { cause: typeof cause };
  const query = 'query' in cause && typeof cause.query === 'string' ? cause.query : undefined;
  return { cause: cause.name, stack: cause.stack, query };
}
