import { randomUUID } from 'node:crypto';
import { sql, type SelectQueryBuilder } from 'kysely';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Which thread somebody writes into, with its one audience. */
export type ThreadRef = {
	readonly id: string;
	readonly participationId: string;
	readonly controllerId: string;
};

/**
 * Opens a thread for one audience; gives it and its number among the participation's threads. The
 * caller has taken the participation's turn.
 */
export async function openThread(
	ctx: Ctx,
	tx: Tx,
	about: {
		participationId: string;
		controllerId: string;
		requestId: string | null;
		subject: string;
	}
): Promise<ThreadRef & { number: number }> {
	const id = randomUUID();
	const number = await nextNumber(tx, ctx.actor, about.participationId, 'thread');
	await tx
		.insertInto('thread')
		.values({
			...{ force_id: ctx.actor.forceId, id, participation_id: about.participationId },
			...{ controller_id: about.controllerId, request_id: about.requestId },
			...{ number, subject: about.subject, opened_at: ctx.clock() }
		})
		.execute();
	return { id, number, participationId: about.participationId, controllerId: about.controllerId };
}

/**
 * Gives a free number among all threads or requests of a participation, those too that the actor
 * does not read. The caller has taken the participation's turn.
 */
export async function nextNumber(
	tx: Tx,
	actor: Actor,
	participationId: string,
	table: 'thread' | 'support_request'
): Promise<number> {
	const { rows } = await sql<{ number: number }>`
		select next_number(${actor.forceId}::uuid, ${participationId}::uuid, ${table}) as number
	`.execute(tx);
	return rows[0]?.number ?? 1;
}

/** Appends one message, sealed by the caller, to a thread. */
export async function insertMessage(
	ctx: Ctx,
	tx: Tx,
	thread: ThreadRef,
	message: { accountId: string; wordsSealed: string; internal?: boolean }
): Promise<string> {
	const id = randomUUID();
	const { forceId, role, label, language } = ctx.actor;
	await tx
		.insertInto('message')
		.values({
			...{ force_id: forceId, id, thread_id: thread.id },
			...{ participation_id: thread.participationId, controller_id: thread.controllerId },
			sequence: sql<number>`next_message_sequence(${forceId}::uuid, ${thread.id}::uuid)`,
			side: role === 'victim' ? 'victim' : 'staff',
			internal: message.internal ?? false,
			words_sealed: message.wordsSealed,
			...{ language, written_by: message.accountId, written_label: label },
			...{ written_at: ctx.clock(), read_at: null }
		})
		.execute();
	return id;
}

/**
 * Marks what the other side wrote in some threads as read: the record that it was opened. It is
 * written by the GET that shows the page, because a page that is only read posts nothing.
 */
export async function markRead(
	ctx: Ctx,
	tx: Tx,
	threads: SelectQueryBuilder<Database, 'thread', { id: string }>
): Promise<void> {
	await tx
		.updateTable('message')
		.set({ read_at: ctx.clock() })
		.where('force_id', '=', ctx.actor.forceId)
		.where('thread_id', 'in', threads)
		.where('side', '=', ctx.actor.role === 'victim' ? 'staff' : 'victim')
		.where('read_at', 'is', null)
		.execute();
}
