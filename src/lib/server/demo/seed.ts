import type { Kysely } from 'kysely';
import { connect } from '#lib/server/db/connect.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { giveAuthenticators } from '#lib/server/demo/seed/authenticators.ts';
import { makeForce } from '#lib/server/demo/seed/force.ts';
import { inviteForDemo, type Invitation } from '#lib/server/demo/seed/invitation.ts';
import { atWork, makePeople, signIns, type SignIn } from '#lib/server/demo/seed/people.ts';
import { playWorld } from '#lib/server/demo/seed/play.ts';
import { victims } from '#lib/server/demo/seed/stories.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';

const wholeWorld = 'demo_world_whole';

export type SeedParts = {
	ownerUrl: string;
	appUrl: string;
	keys: KeyRing;
	origin: string;
	say: (line: string) => void;
	/** The day around which the world is built. */
	today?: Date;
};

/** What the demo prints: who can sign in, and an invitation for somebody who cannot yet. */
export type Seeded = { readonly signIns: SignIn[]; readonly invitation: Invitation | null };

/**
 * Fills an empty database with the demo world, through the services that the pages use, and gives
 * the sign-ins. A world that is there already is left as it is.
 */
export async function seedDemo(parts: SeedParts): Promise<Seeded> {
	const owner = connect(parts.ownerUrl, { max: 2 });
	const app = connect(parts.appUrl, { max: 4 });
	try {
		if (await isThere(owner)) {
			await owner.updateTable('force').set({ origin: parts.origin }).execute();
			return await seeded({ owner, app, keys: parts.keys });
		}
		const force = await makeForce(owner, parts.origin);
		const cast = await makePeople(app, parts.keys, force, victims);
		const { forceId } = force;
		await giveAuthenticators(owner, parts.keys, { forceId, accounts: atWork(cast) });
		await playWorld({
			app,
			owner,
			keys: parts.keys,
			force,
			cast,
			today: parts.today ?? new Date()
		});
		await owner
			.insertInto('force_setting')
			.values({ force_id: force.forceId, name: wholeWorld, value: JSON.stringify(true) })
			.execute();
		return await seeded({ owner, app, keys: parts.keys });
	} finally {
		await Promise.all([owner.destroy(), app.destroy()]);
	}
}

async function seeded(parts: Parameters<typeof inviteForDemo>[0]): Promise<Seeded> {
	return { signIns: signIns(victims), invitation: await inviteForDemo(parts) };
}

/** Whether the world is there, whole; throws when an earlier start was stopped while making it. */
async function isThere(owner: Kysely<Database>): Promise<boolean> {
	const force = await owner.selectFrom('force').select('id').executeTakeFirst();
	if (!force) return false;
	const whole = await owner
		.selectFrom('force_setting')
		.select('name')
		.where('name', '=', wholeWorld)
		.executeTakeFirst();
	if (whole) return true;
	throw new Error(
		'An earlier start was stopped while the demo world was being made. Start over: npm run demo -- --reset'
	);
}
