import { ConfigError, type Config } from '../config/config.ts';
import { isUnreachable, messageOf } from './databaseErrors.ts';
import { noteDatabase, refuseLostDatabase } from './databaseMarker.ts';
import { migrate, openDatabase, type Database } from './openDatabase.ts';

/**
 * Opens the configured database and migrates it: for the service and the command line.
 * @param onLost called when a connection to PostgreSQL breaks.
 * @throws ConfigError with a sentence when it cannot be used.
 */
export async function openMigrated(
  config: Pick<Config, 'path' | 'dataDir' | 'databaseUrl'>,
  onLost?: (error: unknown) => void,
): Promise<Database> {
  const where = config.databaseUrl === null ? `DATA_DIR (${config.dataDir})` : 'The database of DATABASE_URL';
  const refused = (error: unknown) => new ConfigError(`${where} cannot be used: ${messageOf(error)}.`);
  if (config.databaseUrl === null) refuseLostDatabase(config.path);
  let database: Database;
  try {
    database = openDatabase(config, onLost);
  } catch (error) {
    throw refused(error);
  }
  try {
    await migrate(database.db);
    if (config.databaseUrl === null) noteDatabase(config.path);
    return database;
  } catch (error) {
    await database.close();
    throw isUnreachable(error) ? refused(error) : error;
  }
}
