import { isIPv6 } from 'node:net';
import { sql, type Kysely } from 'kysely';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** Failures of the last quarter of an hour, and seconds since the last of them. */
export type Pressure = {
	/** At this name or person, from anywhere. */
	subjectFailures: number;
	subjectQuiet: number;
	/** From how many sources those came. */
	subjectSources: number;
	/** At this name or person, from the source that asks. */
	ownFailures: number;
	ownQuiet: number;
	/** From the source that asks, at anything. */
	sourceFailures: number;
	sourceQuiet: number;
};

/** An attempt that may go on; it counts as a failure until it is reported as a success. */
export type Attempt = { id: string };
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

/**
 * Seconds to wait before the next try, 0 for none: 1 after the last free failure, then doubling.
 * A person with the right password is not held up by what others get wrong at their name from
 * elsewhere, unless so many places do it that guessing is shared out among them.
 */
export function waitFor(pressure: Pressure): number {
	const crowded = pressure.subjectSources > rules.crowd;
	const bySubject = crowded
		? remaining(pressure.subjectFailures - rules.subject, pressure.subjectQuiet)
		: remaining(pressure.ownFailures - rules.subject, pressure.ownQuiet);
	const bySource = remaining(pressure.sourceFailures - rules.source, pressure.sourceQuiet);
	return Math.max(bySubject, bySource);
}

function remaining(beyondFree: number, quiet: number): number {
	if (beyondFree < 0) return 0;
	return Math.max(0, Math.ceil(Math.min(rules.longest, 2 ** beyondFree) - quiet));
}

/**
 * Asks to try a secret of `subject` (a keyed hash) from `source` (another). Judging and noting are
 * one transaction in which attempts at once take turns, so none slips through uncounted.
 */
export async function enter(
	db: Kysely<Database>,
	forceId: string,
	{ subject, source }: { subject: Buffer; source: Buffer }
): Promise<Result<Attempt, Wait>> {
	return db.transaction().execute(async (trx) => {
		const pressures = await sql<Pressure>`
			select subject_failures as "subjectFailures", subject_quiet as "subjectQuiet",
				subject_sources as "subjectSources", own_failures as "ownFailures",
				own_quiet as "ownQuiet", source_failures as "sourceFailures", source_quiet as "sourceQuiet"
			from sign_in_pressure(${forceId}, ${subject}, ${source}, ${rules.window})`.execute(trx);
		const [pressure] = pressures.rows;
		const seconds = pressure ? waitFor(pressure) : 0;
		if (seconds > 0) return err({ kind: 'wait', seconds });
		const noted = await sql<Attempt>`
			select sign_in_attempted(${forceId}, ${subject}, ${source}) as id`.execute(trx);
		const [attempt] = noted.rows;
		if (!attempt) throw new Error('An attempt was not noted.');
		return ok(attempt);
	});
}

/** Reports that the secret of this attempt was right. */
export async function succeeded(
	db: Kysely<Database>,
	forceId: string,
	attempt: Attempt
): Promise<void> {
	await sql`select sign_in_succeeded(${forceId}, ${attempt.id})`.execute(db);
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
