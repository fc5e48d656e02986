import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { inGroups } from '#lib/domain/invitation/code.ts';
import type { Actor, Ctx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';

/** Who in the demo world has no way in yet, and the crime reference of her case. */
export const toInvite = { name: 'Ines Duarte', crime: '20/120001/26' } as const;

/** An invitation to try: the two secrets that an officer gives in two ways. */
export type Invitation = { readonly who: string; readonly code: string; readonly second: string };

type Parts = {
	readonly owner: Kysely<Database>;
	readonly app: Kysely<Database>;
	readonly keys: KeyRing;
};

/** Makes an invitation as the officer of her case does, at each start; null once she has a way in. */
export async function inviteForDemo(parts: Parts): Promise<Invitation | null> {
	const found = await parts.owner
		.selectFrom('participation')
		.innerJoin('crime_case', 'crime_case.id', 'participation.case_id')
		.innerJoin('case_assignment', 'case_assignment.case_id', 'participation.case_id')
		.innerJoin('account', 'account.id', 'case_assignment.account_id')
		.select(['crime_case.reference', 'participation.reference as person'])
		.select(['account.force_id', 'account.id', 'account.team_id', 'account.controller_id'])
		.select('account.staff_label')
		.where('crime_case.crime_reference', '=', toInvite.crime)
		.where('case_assignment.ended_at', 'is', null)
		.where('participation.account_id', 'is', null)
		.executeTakeFirst();
	if (!found) return null;
	const { reference, person, ...officer } = found;
	const made = await invitations.invite(ctxOf(parts, officer), { reference, person }, randomUUID());
	if (!made.ok) return null;
	const { code, second } = made.value;
	return { who: toInvite.name, code: inGroups(code, 4), second: inGroups(second, 3) };
}

type Officer = {
	readonly force_id: string;
	readonly id: string;
	readonly team_id: string | null;
	readonly controller_id: string | null;
	readonly staff_label: string | null;
};

function ctxOf({ app, keys }: Parts, officer: Officer): Ctx {
	const now = new Date();
	const actor: Actor = {
		...{ forceId: officer.force_id, accountId: officer.id, role: 'officer', deskId: null },
		...{ teamId: officer.team_id, controllerId: officer.controller_id, sessionId: null },
		...{ participationId: null, view: 'full', label: officer.staff_label, language: 'en' },
		// As if they had given a code a moment ago.
		steppedUpUntil: new Date(now.getTime() + 60_000)
	};
	return { db: app, keys, actor, clock: () => now, requestId: 'demo-world' };
}
