import type { Ctx } from '#lib/server/context.ts';

/** What the worker acts with; `db` signs in as `waymark_worker`. */
export type WorkerParts = Pick<Ctx, 'db' | 'keys' | 'clock'>;

/** Gives what services act with when nobody asked: the worker, confined to one force. */
export function asWorker(parts: WorkerParts, forceId: string): Ctx {
	return {
		db: parts.db,
		keys: parts.keys,
		clock: parts.clock,
		requestId: 'worker',
		actor: {
			forceId,
			accountId: null,
			role: 'worker',
			deskId: null,
			teamId: null,
			controllerId: null,
			sessionId: null,
			participationId: null,
			view: 'plain',
			label: null,
			language: 'en',
			steppedUpUntil: null
		}
	};
}
