import type { TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import { z } from 'zod';
import { sendCode } from '#lib/server/notice/send-code.ts';
import { send, type SendingParts } from '#lib/server/notice/send.ts';
import { refresh } from '#lib/server/safety/window.ts';

const planJob = z.object({ force: z.uuid(), participation: z.uuid() });
const codeJob = z.object({ force: z.uuid(), invitation: z.uuid() });
const noticeJob = z.object({ force: z.uuid(), notice: z.uuid() });

/** Gives the work that jobs ask for, by the name of the task. A job carries ids only. */
export function tasks(parts: SendingParts): TaskList {
	return {
		async send_notice(payload, { job, addJob }) {
			const notice = noticeJob.parse(payload);
			const again = await send(parts, notice, job.attempts >= job.max_attempts);
			if (!again) return;
			// Not at once, should the clocks of this machine and of PostgreSQL differ.
			const runAt = new Date(Math.max(again.getTime(), Date.now() + 60_000));
			await addJob('send_notice', notice, { runAt, jobKey: `notice ${notice.notice}` });
		},
		async send_code(payload, { job }) {
			await sendCode(parts, codeJob.parse(payload), job.attempts >= job.max_attempts);
		},
		async sweep() {
			await sql`select sweep_ended()`.execute(parts.db);
		},
		async refresh_contact(payload, { addJob }) {
			const plan = planJob.parse(payload);
			const next = await refresh(parts, plan);
			// One job a plan, however often its rules were changed.
			const jobKey = `contact ${plan.participation}`;
			if (next) await addJob('refresh_contact', plan, { runAt: next, jobKey });
		}
	};
}
