import { error, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import * as drafts from '#lib/server/drafts/service.ts';
import { parseDraft } from '#lib/forms/draft.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { run, submit } from '#lib/server/http/run.ts';

/** Gives the page of what was kept, for a victim and for staff alike. */
export const keptPage = (event: RequestEvent) =>
	run(event, async (ctx) => ({ fields: formFields(ctx), kept: await drafts.kept(ctx) }));

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
