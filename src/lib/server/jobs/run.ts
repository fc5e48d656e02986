import { Logger, run, type Task, type TaskList } from 'graphile-worker';
import { workerSchema } from '#lib/server/db/roles.ts';
import { log } from '#lib/server/log.ts';

// The worker's own lines quote the messages of errors, and those may quote rows. What is kept is
// that something happened, to which job.
const logger = new Logger((scope) => (level, _message, meta) => {
	if (level === 'debug') return;
	if (level === 'info' && !scope.jobId) return;
	log(`worker.${level}`, {
		job: scope.jobId ?? null,
		task: scope.taskIdentifier ?? null,
		code: codeOf(meta?.error)
	});
});

/**
 * Runs jobs from the tables behind `workerUrl` until the process is told to stop by a signal; those
 * under way are finished first. Throws when the tables cannot be reached at the start.
 */
export async function runJobs(workerUrl: string, tasks: TaskList): Promise<void> {
	const runner = await run({
		connectionString: workerUrl,
		schema: workerSchema,
		concurrency: 5,
		pollInterval: 2000,
		noHandleSignals: false,
		// Sessions, drafts and keys of forms that have served their time go every quarter of an hour.
		crontab: '*/15 * * * * sweep',
		taskList: Object.fromEntries(
			Object.entries(tasks).map(([name, task]) => [name, task && withoutWords(task)])
		),
		logger
	});
	log('worker.started', { tasks: Object.keys(tasks).length });
	await runner.promise;
	log('worker.stopped');
}

/** The same task, whose errors reach the job's row and the log as a name and a code only. */
export function withoutWords(task: Task): Task {
	return async (payload, helpers) => {
		try {
			return await task(payload, helpers);
		} catch (error) {
			const name = error instanceof Error ? error.name : 'Error';
			// The stack goes too: its first line is the message.
			const bare = new Error(`${name} ${codeOf(error)}`);
			bare.stack = bare.message;
			throw bare;
		}
	};
}

function codeOf(error: unknown): string {
	const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
	return typeof code === 'string' ? code : '';
}
