import { isUuid } from '#lib/domain/uuid.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as passkeys from '#lib/server/auth/passkey.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { readAccount } from '#lib/server/me/queries.ts';

/** How many passkeys a person may have. */
export const mostPasskeys = 5;

export type OwnPasskeys = {
	/** Whether the person has said that nobody else uses their device; only then is one offered. */
	readonly ownDevice: boolean;
	readonly full: boolean;
	readonly passkeys: readonly passkeys.Passkey[];
};

/** Gives the passkeys of the person who asks. */
export async function read(ctx: Ctx, site: passkeys.Site, token: string): Promise<OwnPasskeys> {
	requireRole(ctx, 'victim');
	const account = await within(ctx, (tx) => readAccount(tx, ctx.actor));
	if (!account) throw notFound();
	const found = await passkeys.list(site, token);
	return {
		ownDevice: account.private_device,
		full: found.length >= mostPasskeys,
		passkeys: found
	};
}

/** Gives what the browser makes a passkey from. */
export function askToAdd(ctx: Ctx, site: passkeys.Site, token: string) {
	requireRole(ctx, 'victim');
	return passkeys.askToAdd(site, token);
}

/** Keeps the passkey that the browser made; false when it cannot be. */
export async function add(
	ctx: Ctx,
	site: passkeys.Site,
	{ token, response }: { token: string; response: string }
): Promise<boolean> {
	requireRole(ctx, 'victim');
	const added = await passkeys.add(site, token, response);
	if (added) await changed(ctx);
	return added;
}

/** Forgets a passkey; one that is gone is no error. */
export async function remove(
	ctx: Ctx,
	site: passkeys.Site,
	{ token, id }: { token: string; id: string }
): Promise<void> {
	requireRole(ctx, 'victim');
	if (isUuid(id) && (await passkeys.remove(site, token, id))) await changed(ctx);
}

async function changed(ctx: Ctx): Promise<void> {
	const subjectId = requireAccount(ctx);
	await within(ctx, (tx) => record(ctx, tx, 'passkey.changed', { subjectId }));
}
