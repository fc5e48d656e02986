import type { Ctx, Tx } from '#lib/server/context.ts';
import type { CheckRow } from '#lib/server/linked/queries.ts';
import { open, openForForce, seal, sealForForce, unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { keyOfParticipation } from '#lib/server/sealing/victim-key.ts';

/**
 * Seals what was found under the key of the person it is about, so that it goes when they are
 * erased; before there is such a person, under the force's own.
 */
export async function sealNote(
	ctx: Ctx,
	tx: Tx,
	participationId: string | null,
	note: string
): Promise<string> {
	if (participationId === null) return sealForForce(ctx.keys, note);
	return seal(await keyOfParticipation(ctx, tx, participationId), note);
}

/** Opens what was found; empty once the person it is about was erased. */
export async function openNote(ctx: Ctx, row: CheckRow): Promise<string> {
	if (row.note_sealed === null) return '';
	if (row.participation_id === null) return openForForce<string>(ctx.keys, row.note_sealed);
	if (row.wrapped === null) return '';
	return open<string>(await unwrapDataKey(ctx.keys, row.wrapped), row.note_sealed);
}
