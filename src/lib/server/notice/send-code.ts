import { mayMail } from '#lib/domain/contact/may-reach.ts';
import { parseAddress, type MailAddress } from '#lib/domain/notice/address.ts';
import { languageOf } from '#lib/i18n/languages.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { readTexts } from '#lib/server/i18n/read-texts.ts';
import { asWorker } from '#lib/server/jobs/worker-context.ts';
import { log } from '#lib/server/log.ts';
import { composeCode } from '#lib/server/notice/message.ts';
import * as queries from '#lib/server/notice/code-queries.ts';
import type { CodeKey } from '#lib/server/notice/code-queries.ts';
import { mailOf, planOf } from '#lib/server/notice/queries.ts';
import type { SendingParts } from '#lib/server/notice/send.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { open, openForForce, unwrapDataKey } from '#lib/server/sealing/seal.ts';

type Ready = { to: MailAddress; code: string; language: string };

/**
 * Mails the code of an invitation, if it still opens something and the safety plan allows a mail at
 * this moment, and forgets it. Throws when it should be tried again; the `last` attempt gives it up.
 */
export async function sendCode(parts: SendingParts, key: CodeKey, last: boolean): Promise<void> {
	const ctx = asWorker(parts, key.force);
	try {
		const ready = await within(ctx, (tx) => prepare(ctx, tx, key));
		if (ready === null) {
			await within(ctx, (tx) => queries.settle(tx, key, 'withheld', ctx.clock()));
			return;
		}
		const language = languageOf(ready.language);
		const words = composeCode(language, await readTexts(language, ['mail']), ready.code);
		await parts.transport.send({ ...words, id: key.invitation, from: parts.from, to: ready.to });
		await within(ctx, (tx) => queries.settle(tx, key, 'sent', ctx.clock()));
	} catch (error) {
		if (!last) throw error;
		await within(ctx, (tx) => queries.settle(tx, key, 'dead', ctx.clock()));
		log('code.dead', { invitation: key.invitation });
	}
}

// A code waits for no day to pass: whoever is away now is given one when they are back.
async function prepare(ctx: Ctx, tx: Tx, key: CodeKey): Promise<Ready | null> {
	const row = await queries.load(tx, key);
	if (!row?.code_sealed || !row.open || row.check_open || row.wrapped === null) return null;
	const [detail, plan] = await Promise.all([
		mailOf(tx, key.force, row.victim_id),
		planOf(tx, key.force, row.participation_id)
	]);
	if (!detail?.value_sealed) return null;
	const dataKey = await unwrapDataKey(ctx.keys, row.wrapped);
	const opened = plan ? await openPlan(dataKey, plan) : null;
	const mail = { safe: detail.safe, confirmedAt: detail.confirmed_at };
	if (!mayMail(mail, opened, ctx.clock()).ok) return null;
	const to = parseAddress(await open<string>(dataKey, detail.value_sealed));
	if (!to.ok) return null;
	const code = await openForForce<string>(ctx.keys, row.code_sealed);
	return { to: to.value, code, language: row.language };
}
