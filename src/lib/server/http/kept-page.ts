import { error, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { isFresh } from '#lib/server/access/fresh.ts';
import * as drafts from '#lib/server/drafts/service.ts';
import { parseDraft } from '#lib/forms/draft.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { run, submit } from '#lib/server/http/run.ts';

// What is written there may be of class C, and the page of what was kept holds it, though hidden.
const closed = /^\/(needs|support|me)\//;

/**
 * Gives the page of what was kept, for a victim and for staff alike. A victim is asked for the
 * secret first when it may hold answers that nobody else who has the phone should see.
 */
export const keptPage = (event: RequestEvent) =>
	run(event, async (ctx) => {
		const kept = await drafts.kept(ctx);
		const asks = ctx.actor.role === 'victim' && kept.some(({ path }) => closed.test(path));
		if (asks && !isFresh(ctx)) redirect(303, '/me/check?to=/me/kept');
		return { fields: formFields(ctx), kept };
	});

/** Carrying on posts the very same fields to where they were going; throwing away ends there. */
export function keptActions(back: string): Actions {
	return {
		carry: (event) =>
			submit(event, parseDraft, async ({ ctx, answers }) => {
				const path = await drafts.take(ctx, answers.draft);
				if (path === null) error(404, 'not found');
				// 307: the browser posts the form again, its fields and all.
				redirect(307, path);
			}),
		discard: (event) =>
			submit(event, parseDraft, async ({ ctx, answers }) => {
				await drafts.take(ctx, answers.draft);
				redirect(303, back);
			})
	};
}
