import type { Kysely } from 'kysely';
import type { MailAddress } from '#lib/domain/notice/address.ts';
import {
	staffRoute,
	victimRoute,
	type VictimRoute,
	type Withheld
} from '#lib/domain/notice/route.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { languageOf, type Language } from '#lib/i18n/languages.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { asWorker } from '#lib/server/jobs/worker-context.ts';
import { readTexts } from '#lib/server/i18n/read-texts.ts';
import { log } from '#lib/server/log.ts';
import { compose } from '#lib/server/notice/message.ts';
import * as queries from '#lib/server/notice/queries.ts';
import type { NoticeKey } from '#lib/server/notice/queries.ts';
import type { Transport } from '#lib/server/notice/transport.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { open, openForForce, unwrapDataKey } from '#lib/server/sealing/seal.ts';

/** What sending needs; `db` signs in as `waymark_worker`. */
export type SendingParts = {
	readonly db: Kysely<Database>;
	readonly keys: KeyRing;
	readonly transport: Transport;
	readonly clock: () => Date;
	/** The one sender of every notice, whatever the force. */
	readonly from: MailAddress;
};

type Ready = { to: MailAddress; language: Language; participationId: string | null };
type Loaded = NonNullable<Awaited<ReturnType<typeof queries.load>>>;

/**
 * Sends one notice, or settles it as withheld, by the rules as they are at this moment. Gives until
 * when it waits, because the person is away; null when it is settled. Throws when it should be tried
 * again; on the `last` attempt it settles the notice as dead instead.
 */
export async function send(
	parts: SendingParts,
	key: NoticeKey,
	last: boolean
): Promise<Date | null> {
	const ctx = asWorker(parts, key.force);
	try {
		return await attempt(parts, ctx, key);
	} catch (error) {
		if (!last) {
			await within(ctx, (tx) => queries.countFailure(tx, key));
			throw error;
		}
		const end = { state: 'dead', reason: 'not_taken', at: ctx.clock(), tried: true } as const;
		await within(ctx, (tx) => queries.settle(tx, key, end));
		log('notice.dead', { notice: key.notice });
		return null;
	}
}

async function attempt(parts: SendingParts, ctx: Ctx, key: NoticeKey): Promise<Date | null> {
	const ready = await within(ctx, (tx) => prepare(ctx, tx, key));
	if (ready === null || ready instanceof Date) return ready;
	const words = compose(ready.language, await readTexts(ready.language, ['mail']));
	await parts.transport.send({ ...words, id: key.notice, from: parts.from, to: ready.to });
	await within(ctx, async (tx) => {
		const at = ctx.clock();
		const settled = await queries.settle(tx, key, { state: 'sent', reason: null, at, tried: true });
		if (!settled) return;
		await record(ctx, tx, 'notice.sent', {
			participationId: ready.participationId,
			subjectId: key.notice
		});
	});
	return null;
}

// Gives null when nothing is left to do: it was settled before, or is now, as withheld. A day on
// which the person is away lets it wait.
async function prepare(ctx: Ctx, tx: Tx, key: NoticeKey): Promise<Ready | Date | null> {
	const notice = await queries.load(tx, key);
	if (!notice || notice.state !== 'waiting') return null;
	const route: Result<VictimRoute, Withheld> = await (notice.kind === 'staff_work'
		? routeToStaff(ctx, notice)
		: routeToVictim(ctx, tx, notice));
	if (route.ok) {
		const where = route.value;
		if ('waitUntil' in where) return where.waitUntil;
		const language = languageOf(notice.language);
		return { to: where.to, language, participationId: notice.participation_id };
	}
	const end = { state: 'withheld', reason: route.error, at: ctx.clock(), tried: false } as const;
	await queries.settle(tx, key, end);
	return null;
}

async function routeToStaff(ctx: Ctx, notice: Loaded): Promise<Result<VictimRoute, Withheld>> {
	const sealed = notice.contact_sealed;
	const contact = sealed === null ? null : await openForForce<{ mail?: string }>(ctx.keys, sealed);
	const to = staffRoute({
		role: notice.role,
		active: notice.account_state === 'active',
		shutOut: notice.shut_out,
		mail: contact?.mail ?? null
	});
	return to.ok ? ok({ to: to.value }) : to;
}

// How often a person wants to hear is not judged here yet (docs/adr/0028); all else of the plan is, by
// the one function that says whether a mail may go out.
async function routeToVictim(
	ctx: Ctx,
	tx: Tx,
	notice: Loaded
): Promise<Result<VictimRoute, Withheld>> {
	const facts = {
		role: notice.role,
		active: notice.account_state === 'active',
		theirs: notice.owner_id === notice.account_id && notice.ended_at === null,
		erased: notice.victim_id !== null && notice.wrapped === null,
		checkOpen: notice.check_open
	};
	return victimRoute({ ...facts, ...(await channelsOf(ctx, tx, notice)) }, ctx.clock());
}

async function channelsOf(ctx: Ctx, tx: Tx, notice: Loaded) {
	const { wrapped, victim_id: victimId, participation_id: participationId } = notice;
	if (wrapped === null || victimId === null || participationId === null) {
		return { mail: null, plan: null };
	}
	const [detail, plan] = await Promise.all([
		queries.mailOf(tx, ctx.actor.forceId, victimId),
		queries.planOf(tx, ctx.actor.forceId, participationId)
	]);
	const key = await unwrapDataKey(ctx.keys, wrapped);
	return {
		mail: detail
			? {
					address: detail.value_sealed === null ? '' : await open<string>(key, detail.value_sealed),
					confirmedAt: detail.confirmed_at,
					safe: detail.safe
				}
			: null,
		plan: plan ? await openPlan(key, plan) : null
	};
}
