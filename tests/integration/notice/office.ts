import { Logger, runOnce } from 'graphile-worker';
import { sql } from 'kysely';
import { parseAddress } from '#lib/domain/notice/address.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { workerSchema } from '#lib/server/db/roles.ts';
import { tasks } from '#lib/server/jobs/tasks.ts';
import { tell, type Tell } from '#lib/server/notice/tell.ts';
import { smtpTransport } from '#lib/server/notice/transport.ts';
import { seal, unwrapDataKey, type DataKey } from '#lib/server/sealing/seal.ts';
import type { TestDatabase } from '../../support/database.ts';
import { testKeys, type TestCase, type World } from '../../support/world.ts';
import { mailServer, type MailServer } from './mail-server.ts';

/** A mail server, and the worker that sends to it. */
export type Office = {
	post: MailServer;
	/** Runs every job that is due, as the worker does, however long a failed one ought to wait. */
	runJobs(): Promise<void>;
	/** Closes both and forgets every notice and job. */
	close(): Promise<void>;
};

/** Opens an office for one test. */
export async function openOffice(t: TestDatabase, w: World): Promise<Office> {
	const post = await mailServer();
	const transport = smtpTransport({ url: post.url, production: false });
	const from = parseAddress('noreply@notices.example.com');
	if (!from.ok) throw new Error(from.error);
	const taskList = tasks({
		...{ db: t.worker, keys: testKeys, transport },
		...{ clock: () => w.now.at, from: from.value }
	});
	return {
		post,
		async runJobs() {
			await sql`update graphile_worker._private_jobs set run_at = now()`.execute(t.worker);
			const logger = new Logger(() => () => undefined);
			const connectionString = t.urls.worker;
			await runOnce({ connectionString, schema: workerSchema, taskList, logger });
		},
		async close() {
			transport.close();
			await post.close();
			await t.owner.deleteFrom('notice').execute();
			await sql`delete from graphile_worker._private_jobs`.execute(t.worker);
		}
	};
}

/** Queues notices as a command of this person would. */
export function say(ctx: Ctx, ...notices: Tell[]): Promise<void> {
	return within(ctx, (tx) => tell(ctx, tx, notices));
}

export function staffWork(to: Ctx, participationId: string | null = null): Tell {
	return { accountId: to.actor.accountId ?? '', participationId, kind: 'staff_work' };
}

export function victimNews(to: Ctx, { participationId }: TestCase): Tell {
	return { accountId: to.actor.accountId ?? '', participationId, kind: 'victim_news' };
}

/** Gives every notice as it stands. */
export function notices(t: TestDatabase) {
	return t.owner
		.selectFrom('notice')
		.select(['account_id', 'state', 'reason', 'attempts'])
		.orderBy('queued_at')
		.execute();
}

/** Gives how many jobs there are, finished ones not among them. */
export async function jobs(t: TestDatabase): Promise<number> {
	const found = await sql<{ n: number }>`
		select count(*)::int as n from graphile_worker._private_jobs`.execute(t.worker);
	return found.rows[0]?.n ?? 0;
}

/** Gives the victim of a case and the key that seals what is theirs. */
export async function victimOf(
	t: TestDatabase,
	chosen: TestCase
): Promise<{ key: DataKey; victimId: string }> {
	const row = await t.owner
		.selectFrom('participation')
		.innerJoin('victim_key', 'victim_key.victim_id', 'participation.victim_id')
		.select(['victim_key.wrapped', 'participation.victim_id'])
		.where('participation.id', '=', chosen.participationId)
		.executeTakeFirstOrThrow();
	return { key: await unwrapDataKey(testKeys, row.wrapped ?? ''), victimId: row.victim_id };
}

export type Channel = { safe?: 'safe' | 'unsafe' | 'unknown'; state?: 'held' | 'confirmed' };

/** Makes a victim whose mail address is as told, and a safety plan when rules are given. */
export async function victimWith(
	t: TestDatabase,
	w: World,
	channel: Channel,
	rules?: object
): Promise<{ person: Ctx; chosen: TestCase; address: string }> {
	const person = await w.person('victim');
	const chosen = await w.caseOf(w.officer, person);
	const { key, victimId } = await victimOf(t, chosen);
	const address = `v-${victimId.slice(0, 8)}@example.com`;
	await t.owner
		.insertInto('contact_detail')
		.values({
			...{ force_id: w.forceId, victim_id: victimId, channel: 'mail' },
			...{ value_sealed: await seal(key, address), safe: 'safe', state: 'confirmed' },
			...{ confirmed_by: null, confirmed_at: w.now.at, ...channel }
		})
		.execute();
	if (rules) {
		await t.owner
			.insertInto('safety_plan')
			.values({
				...{ force_id: w.forceId, participation_id: chosen.participationId },
				...{ rules_sealed: await seal(key, rules), contact_ok_next_change_at: null },
				confirmed_at: w.now.at
			})
			.execute();
	}
	return { person, chosen, address };
}
