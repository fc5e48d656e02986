import { randomUUID } from 'node:crypto';
import type { Role } from '#lib/domain/access/role.ts';
import type { Language } from '#lib/i18n/languages.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { insertAccount } from '#lib/server/accounts/queries.ts';
import { record } from '#lib/server/audit/record.ts';
import * as passwords from '#lib/server/auth/password.ts';
import { signInHash } from '#lib/server/auth/sign-in.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { sealForForce } from '#lib/server/sealing/seal.ts';

export type NewAccount = {
	readonly role: Role;
	readonly name: string;
	readonly password: string;
	readonly language?: Language;
	/** What victims read of a member of staff; none for a victim. */
	readonly label?: string;
	/** A colleague's work address, for notices; sealed under the force's key. */
	readonly mail?: string;
	readonly deskId?: string;
	readonly teamId?: string;
	readonly controllerId?: string;
};

/** Makes an account, as the operator who sets a force up. Gives its id; throws when the name is taken. */
export async function make(ctx: Ctx, account: NewAccount): Promise<string> {
	requireRole(ctx, 'operator');
	const id = randomUUID();
	const passwordHash = await passwords.hash(account.password);
	const contact = account.mail ? await sealForForce(ctx.keys, { mail: account.mail }) : null;
	await within(ctx, async (tx) => {
		await insertAccount(tx, {
			force_id: ctx.actor.forceId,
			id,
			role: account.role,
			sign_in_hash: signInHash(ctx.keys, account.name),
			password_hash: passwordHash,
			language: account.language ?? 'en',
			staff_label: account.label ?? null,
			contact_sealed: contact,
			desk_id: account.deskId ?? null,
			team_id: account.teamId ?? null,
			controller_id: account.controllerId ?? null
		});
		await record(ctx, tx, 'account.made', { subjectId: id });
	});
	return id;
}
