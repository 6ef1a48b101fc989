import { KeyRotation } from '../../core/crypto/index.js';
import { RotatingPool, sessionOptions } from '../../core/database/index.js';
import { Logger } from '../../core/logging/index.js';
import { loadDeploymentConfig } from '../../deployment-config.js';
import { openDeploymentSecrets } from '../../deployment-secrets.js';
import { SEALED_TABLES } from '../../sealed-tables.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';

/** Two rotations at once would each make a version. */
const ROTATION_LOCK = 4_711_003;
const CONNECTIONS = 2;

export interface RotationStand {
  readonly rotation: KeyRotation;
  readonly provider: string;
}

/** Opens keys and database, runs the work and closes them again. `isAlone`: nobody else rotates meanwhile. */
export async function withRotation<T>(
  context: CommandContext,
  isAlone: boolean,
  work: (stand: RotationStand) => Promise<T>,
): Promise<T> {
  const config = await loadDeploymentConfig(context.environment);
  // What happens is told on the terminal; the log lines of a service do not belong there.
  const logger = new Logger({ level: 'silent' });
  const secrets = await openDeploymentSecrets(config, () => undefined);
  const session = { ...sessionOptions(config), max: CONNECTIONS };
  const credentials = secrets.databaseCredentials;
  const application = new RotatingPool('application', credentials, session, logger);
  const system = new RotatingPool('system', credentials, session, logger);
  const rotation = new KeyRotation(secrets.keys, SEALED_TABLES, application, async () => {
    const { rows } = await system.query<{ id: string }>('select id from organizations order by id');
    return rows.map(({ id }) => id);
  });
  try {
    const stand = { rotation, provider: secrets.keys.provider };
    return await (isAlone ? alone(system, () => work(stand)) : work(stand));
  } finally {
    await Promise.all([application.end(), system.end()]);
    await secrets.close();
  }
}

/** The lock is the session's: it ends with the process, whatever ends that. */
async function alone<T>(pool: RotatingPool, work: () => Promise<T>): Promise<T> {
  const holder = await pool.connect();
  try {
    const { rows } = await holder.query<{ locked: boolean }>(
      'select pg_try_advisory_lock($1) as locked',
      [ROTATION_LOCK],
    );
    if (rows[0]?.locked !== true) {
      throw usageError('Another `driftguard keys rotate` is running on this database.');
    }
    return await work();
  } finally {
    // Not back into the pool: closing it is what gives the lock back.
    holder.release(true);
  }
}
