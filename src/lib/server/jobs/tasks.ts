import type { TaskList } from 'graphile-worker';
import { z } from 'zod';
import { send, type SendingParts } from '#lib/server/notice/send.ts';

const noticeJob = z.object({ force: z.uuid(), notice: z.uuid() });

/** Gives the work that jobs ask for, by the name of the task. A job carries ids only. */
export function tasks(parts: SendingParts): TaskList {
	return {
		async send_notice(payload, { job }) {
			await send(parts, noticeJob.parse(payload), job.attempts >= job.max_attempts);
		}
	};
}
