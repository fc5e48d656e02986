import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Kysely } from 'kysely';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { limitersOn, takeTurns, type Limiters } from '#lib/server/auth/limiters.ts';
import { pipelined } from '#lib/server/db/pipelined.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** What failures are counted under, in the order in which they are locked. */
type Marks = {
	/** The name or person, from anywhere. */
	readonly subject: string;
	/** The source, at anything. */
	readonly source: string;
	/** The name or person from this source. */
	readonly pair: string;
	/** From how many sources there were failures at the name or person. */
	readonly places: string;
};

type Hold = { readonly mark: string; readonly seconds: number };

/** An attempt that may go on; it counts as a failure until it is reported as a success. */
export type Attempt = { readonly marks: Marks; readonly holds: readonly Hold[] };
export type Wait = { kind: 'wait'; seconds: number };

const rules = {
	window: 15 * 60,
	/** Failures that cost nothing. */
	subject: 5,
	source: 20,
	/** Up to this many sources, each is judged by its own failures at the subject. */
	crowd: 10,
	/** No wait is longer: whoever wants to keep a person out must not be able to. */
	longest: 30
};

/** Seconds to wait after so many failures, 0 for none: 1 after the last free one, then doubling. */
export function waitAfter(failures: number, free: number): number {
	return failures < free ? 0 : Math.min(rules.longest, 2 ** (failures - free));
}

/**
 * Asks to try a secret of `subject` (a keyed hash) from `source` (another). Judging and noting are
 * one transaction in which attempts at once take turns, so none slips through uncounted. A person
 * with the right password is not held up by what others get wrong at their name from elsewhere,
 * unless so many places do it that guessing is shared out among them.
 */
export async function enter(
	db: Kysely<Database>,
	forceId: string,
	{ subject, source }: { subject: Buffer; source: Buffer }
): Promise<Result<Attempt, Wait>> {
	const marks = marksOf(subject, source);
	return inTurn(db, forceId, marks, async (limiters) => {
		const places = await limiters.failures.get(marks.places);
		const crowded = (places?.consumedPoints ?? 0) > rules.crowd;
		const judged = [crowded ? marks.subject : marks.pair, marks.source];
		const holds = await Promise.all(judged.map((mark) => limiters.holds.get(mark)));
		const milliseconds = Math.max(...holds.map((hold) => hold?.msBeforeNext ?? 0));
		if (milliseconds <= 0) return ok(await note(limiters, marks));
		const seconds = Math.min(rules.longest, Math.ceil(milliseconds / 1000));
		return err({ kind: 'wait', seconds });
	});
}

/** Reports that the secret of this attempt was right: it leaves no failure and no wait behind. */
export async function succeeded(
	db: Kysely<Database>,
	forceId: string,
	{ marks, holds }: Attempt
): Promise<void> {
	await inTurn(db, forceId, marks, async (limiters) => {
		const [pair] = await Promise.all(
			[marks.pair, marks.source, marks.subject].map((mark) => giveBack(limiters, mark))
		);
		if (pair === 0) await giveBack(limiters, marks.places);
		for (const { mark, seconds } of holds) {
			const hold = await limiters.holds.get(mark);
			// One of another length is somebody else's.
			if (hold?.consumedPoints === seconds) await limiters.holds.delete(mark);
		}
	});
}

async function note({ failures, holds }: Limiters, marks: Marks): Promise<Attempt> {
	const [pair, source, subject] = await Promise.all([
		failures.penalty(marks.pair),
		failures.penalty(marks.source),
		failures.penalty(marks.subject)
	]);
	if (pair.consumedPoints === 1) await failures.penalty(marks.places);
	const held = [
		{ mark: marks.pair, seconds: waitAfter(pair.consumedPoints, rules.subject) },
		{ mark: marks.source, seconds: waitAfter(source.consumedPoints, rules.source) },
		{ mark: marks.subject, seconds: waitAfter(subject.consumedPoints, rules.subject) }
	].filter(({ seconds }) => seconds > 0);
	await Promise.all(held.map(({ mark, seconds }) => holds.set(mark, seconds, seconds)));
	return { marks, holds: held };
}

/** Takes one failure back, and gives how many are left. */
async function giveBack({ failures }: Limiters, mark: string): Promise<number> {
	const found = await failures.get(mark);
	if (!found || found.consumedPoints < 1) return 0;
	return (await failures.reward(mark)).consumedPoints;
}

function inTurn<T>(
	db: Kysely<Database>,
	forceId: string,
	marks: Marks,
	work: (limiters: Limiters) => Promise<T>
): Promise<T> {
	return db.transaction().execute(async (trx) => {
		const tx = pipelined(trx);
		// Always in this order, so that two attempts cannot wait for each other.
		await takeTurns(tx, forceId, [marks.subject, marks.source]);
		return work(limitersOn(tx, forceId, rules.window));
	});
}

function marksOf(subject: Buffer, source: Buffer): Marks {
	const pair = createHash('sha256').update(subject).update(source).digest('hex');
	return {
		subject: `subject:${subject.toString('hex')}`,
		source: `source:${source.toString('hex')}`,
		pair: `pair:${pair}`,
		places: `places:${subject.toString('hex')}`
	};
}

/** The keyed hash an address is counted under; of an IPv6 address its network, a household's. */
export function sourceHash(keys: KeyRing, address: string): Buffer {
	return lookupHash(keys, 'source', networkOf(address));
}

function networkOf(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	const [plain = ''] = address.split('%');
	if (!isIPv6(plain)) return address;
	// URL writes an address in its one canonical form.
	const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
	const before = head.split(':').filter(Boolean);
	const after = tail?.split(':').filter(Boolean) ?? [];
	const gap = Array.from({ length: 8 - before.length - after.length }, () => '0');
	return [...before, ...gap, ...after].slice(0, 4).join(':');
}
