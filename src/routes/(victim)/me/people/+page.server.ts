import { redirect } from '@sveltejs/kit';
import { parseMine } from '#lib/forms/supporter-ask.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import * as people from '#lib/server/acting/own.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

const askSecret = '/me/check?to=/me/people';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		// Home asks which case is meant.
		if (ctx.actor.participationId === null) redirect(303, '/home');
		const done = event.url.searchParams.get('done');
		return {
			fields: formFields(ctx),
			mayChange: isFresh(ctx),
			askSecret,
			done: done === 'asked' || done === 'stopped' ? (done as 'asked' | 'stopped') : null,
			...(await people.read(ctx))
		};
	});

export const actions: Actions = {
	stop: (event) =>
		submit(event, parseMine, async ({ ctx, answers, key }) => {
			const stopped = await people.takeBack(ctx, answers.id, key);
			// Nothing was typed that could be lost.
			redirect(303, stopped.ok ? '/me/people?done=stopped' : askSecret);
		})
};
