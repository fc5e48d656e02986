import { redirect } from '@sveltejs/kit';
import * as sessions from '#lib/server/auth/sessions.ts';
import { app } from '#lib/server/http/app.ts';
import { plainly } from '#lib/server/http/run.ts';
import { signsOutThere } from '#lib/server/http/force-account.ts';
import { forget, tokenOf } from '#lib/server/http/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
	default: async (event) => {
		const token = tokenOf(event);
		forget(event);
		if (token) {
			const { db, force } = app();
			const there = await plainly(event, () => signsOutThere(token));
			await plainly(event, async () => sessions.end(db, (await force()).id, token));
			if (there) redirect(303, '/sign-in/force/out');
		}
		redirect(303, '/sign-in?ended');
	}
};
