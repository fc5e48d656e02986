import { readConfig } from '#lib/server/config.ts';
import { startWorker } from '#lib/server/jobs/run.ts';
import { tasks } from '#lib/server/jobs/tasks.ts';
import { orExplain } from '#lib/server/process.ts';

const config = orExplain(() => readConfig(process.env));
// Orphaned by a runner that was killed: end as if told to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
await startWorker(config, tasks({ config }));
