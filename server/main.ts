import { statfsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { systemClock } from '../src/domain/time/time.ts';
import { buildApp } from './app.ts';
import { deleteExpiredUploads } from './attachments/uploadSessions.ts';
import { readAppConfig } from './static/appConfig.ts';
import { createVerifier } from './identity/bearerAuth.ts';
import { ConfigError, readConfig, type Config } from './config/config.ts';
import { openMigrated } from './db/openMigrated.ts';
import { createEventStreams } from './feed/eventStreams.ts';
import { createIdentity } from './identity/oidcProvider.ts';
import { createNewId } from './config/ids.ts';
import { closeServer, listen } from './http/listen.ts';
import { createFairShare } from './load/fairShare.ts';
import { threadCpuMs } from './load/loopTime.ts';
import { createLog } from './config/log.ts';
import { createStaticPages } from './static/staticPages.ts';
import { tenantIdOf } from './db/tenant.ts';
import { respondToMalformedRequests, invalidAddressResponse } from './http/malformedRequests.ts';
import { createClockGuard, describeJump } from './mailbox/clockGuard.ts';
import { runMaintenance } from './mailbox/maintenance.ts';
import { createDiskReserve } from './usage/diskReserve.ts';

/** Composition root of the service: settings, database, identity, app, server, and their orderly shutdown. */

const clock = systemClock(() => Date.now());
const log = createLog(clock, (text) => process.stderr.write(text));

/** CPU time of one request. No request of the app comes near it. */
const requestBudget = { requestSeconds: 5 };

const maintenanceIntervalMs = 60 * 60_000;

/** Free for this process, in bytes. */
function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

async function start(config: Config): Promise<void> {
  const { json, origins } = readAppConfig(config);
  const { db, read, close } = await openMigrated(config, (error) => log.error('database connection lost', {}, error));
  const devOrigins = config.isDevelopment ? ['http://localhost:5173'] : [];
  const { accessTokenSeconds } = config;
  const lifetime = accessTokenSeconds === null ? {} : { accessTokenSeconds };
  const { cpuSeconds: limitSeconds, rateWindowSeconds: windowSeconds } = config;
  const share = createFairShare({ ...requestBudget, limitSeconds, windowSeconds }, { clock, cpuMs: threadCpuMs });
  const identity = await createIdentity({ db, clock, share, config, log, devOrigins, ...lifetime });
  const { issuer, jwks: keys } = identity;
  const onUnnoted = (error: unknown) => log.error('noting the use of a token failed', {}, error);
  const verify = createVerifier({ db, read, clock, issuer, keys, audience: 'urn:threefold:api', onUnnoted });
  const dist = fileURLToPath(new URL('../dist', import.meta.url));
  const pages = createStaticPages({ dist, config, appConfig: json, origins });
  const tenantId = await tenantIdOf(db, clock);
  const { binDays } = config;
  const newId = createNewId(clock);
  const events = createEventStreams({ read, verify, log });
  // A PostgreSQL server has a disk of its own.
  const isDiskFull =
    config.databaseUrl === null ? createDiskReserve(() => freeBytesOf(config.dataDir), clock) : undefined;
  const app = buildApp({
    share,
    db,
    read,
    clock,
    verify,
    events,
    newId,
    config,
    log,
    tenantId,
    binDays,
    pages,
    isDiskFull,
  });
  const hostname = new URL(config.publicUrl).host;
  const listener = getRequestListener(app.fetch, {
    hostname,
    errorHandler: (error) => invalidAddressResponse(error, config),
  });
  const server = createServer((req, res) => {
    if (!identity.handle(req, res)) void listener(req, res);
  });
  respondToMalformedRequests(server, config);

  const checkClock = createClockGuard({ db, clock, binDays, uptime: () => performance.now() });
  const maintain = async () => {
    try {
      const check = await checkClock();
      if (!check.isTrusted) log.warn('the clock has jumped: bins are not emptied', describeJump(check));
      const { isTrusted: isClockTrusted } = check;
      await Promise.all([runMaintenance({ db, clock, binDays, isClockTrusted }), deleteExpiredUploads(db, clock)]);
    } catch (error) {
      log.error('tidying failed', {}, error);
    }
  };
  await maintain();
  const maintenanceTimer = setInterval(() => void maintain(), maintenanceIntervalMs).unref();

  await listen(server, config);
  process.stdout.write(`Threefold is ready at ${config.publicUrl}\n`);
  log.info('ready', { port: config.port });
  pages.warm().catch((error: unknown) => log.error('reading the app failed', {}, error));

  let isStopping = false;
  const stop = async (signal: string) => {
    // A second signal exits at once. Nothing is lost: acknowledged writes are on disk.
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info('stopping', { signal });
    clearInterval(maintenanceTimer);
    events.close();
    await closeServer(server, log);
    identity.close();
    await close();
    log.info('stopped');
    log.flush();
    // Anything that still keeps the event loop alive (a reader of standard input) must not keep a stopped service
    // running.
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
}

try {
  await start(readConfig(process.env));
} catch (error) {
  log.flush();
  const text = error instanceof ConfigError ? error.message : `Threefold could not start: ${String(error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
