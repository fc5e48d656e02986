import type { CheckRoute, ContactChannel, Safe } from '#lib/domain/contact/held-change.ts';
import type { Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import type { ChangeRow, DetailRow, Reached } from '#lib/server/reach/queries.ts';
import { open, unwrapDataKey, type DataKey } from '#lib/server/sealing/seal.ts';

/** What is sealed of a change that is asked for. */
export type Asked = { readonly value: string; readonly safe: Safe };

/** A number or an address in use. */
export type Standing = Asked & {
	readonly id: string;
	readonly channel: ContactChannel;
	readonly since: Date;
};

/** A change with what is sealed of it opened. */
export type Change = Asked & {
	readonly id: string;
	readonly channel: ContactChannel;
	readonly state: ChangeRow['state'];
	readonly askedAt: Date;
	readonly dueAt: Date;
	readonly route: CheckRoute | null;
	readonly words: string | null;
	readonly settledBy: string | null;
	readonly settledAt: Date | null;
};

/** Gives the key of whoever is reached; somebody who was erased is not found. */
export function keyOf(ctx: Ctx, reached: Reached): Promise<DataKey> {
	if (reached.wrapped === null) throw notFound();
	return unwrapDataKey(ctx.keys, reached.wrapped);
}

/** Opens a number or an address in use. */
export async function standingOf(key: DataKey, row: DetailRow): Promise<Standing> {
	const { id, channel, safe } = row;
	const value = await open<string>(key, row.value_sealed);
	return { id, channel, safe, value, since: row.confirmed_at ?? new Date(0) };
}

/** Opens a change. */
export async function changeOf(key: DataKey, row: ChangeRow): Promise<Change> {
	const asked = await open<Asked>(key, row.asked_sealed);
	return {
		...{ ...asked, id: row.id, channel: row.channel, state: row.state, route: row.route },
		...{ askedAt: row.asked_at, dueAt: row.due_at },
		words: row.words_sealed === null ? null : await open<string>(key, row.words_sealed),
		...{ settledBy: row.settled_label, settledAt: row.settled_at }
	};
}
