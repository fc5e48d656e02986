import { readConfig } from '#lib/server/config.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { installWorkerSchema } from '#lib/server/jobs/install.ts';
import { orExplain } from '#lib/server/process.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const config = orExplain(() => readConfig(process.env));
const { databaseOwnerUrl, databaseWorkerUrl } = config;
if (!databaseOwnerUrl || !databaseWorkerUrl) {
	say('DATABASE_OWNER_URL and DATABASE_WORKER_URL are required: the roles that own the tables.');
	process.exit(1);
}
say('Migrating the application’s tables');
await migrateToLatest(databaseOwnerUrl, say);
say('Installing the worker’s tables');
await installWorkerSchema(databaseWorkerUrl);
say('Done');
