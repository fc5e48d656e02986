import { readConfig, type Config } from '#lib/server/config.ts';
import { connect } from '#lib/server/db/connect.ts';
import { runJobs } from '#lib/server/jobs/run.ts';
import { tasks } from '#lib/server/jobs/tasks.ts';
import { smtpTransport } from '#lib/server/notice/transport.ts';
import { orExplain } from '#lib/server/process.ts';
import { keyRing } from '#lib/server/sealing/keyring.ts';

const config = orExplain(() => insistOn(readConfig(process.env)));
// Orphaned by a runner that was killed: end as if told to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

const db = connect(config.databaseWorkerUrl);
const transport = smtpTransport({ url: config.smtpUrl, production: config.production });
const parts = {
	db,
	transport,
	keys: keyRing(config.keys),
	clock: () => new Date(),
	from: config.mailFrom
};
await runJobs(config.databaseWorkerUrl, tasks(parts));
transport.close();
await db.destroy();

/** The settings with those that the worker, unlike the server, cannot do without. */
function insistOn(config: Config) {
	const { databaseWorkerUrl, smtpUrl, keys } = config;
	if (!databaseWorkerUrl || !smtpUrl || !keys) {
		throw new Error('The worker needs DATABASE_WORKER_URL, SMTP_URL and WAYMARK_KEYS.');
	}
	return { ...config, databaseWorkerUrl, smtpUrl, keys };
}
