import { fail } from '@sveltejs/kit';
import { refuse } from '#lib/forms/form.ts';
import { parse } from '#lib/forms/passkey.ts';
import * as passkeys from '#lib/server/auth/passkey.ts';
import { enterWithPasskey } from '#lib/server/auth/sign-in.ts';
import { app } from '#lib/server/http/app.ts';
import { plainly } from '#lib/server/http/run.ts';
import { passkeySite } from '#lib/server/http/second-step.ts';
import { tokenOf } from '#lib/server/http/session.ts';
import { passOn, welcome } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	passOn(event);
};

export const actions: Actions = {
	ask: (event) =>
		plainly(event, async () => ({ options: await passkeys.askForSignIn(await passkeySite()) })),
	answer: async (event) => {
		const data = await event.request.formData();
		const answers = parse(data);
		if (!answers.ok) return fail(422, answers.error);
		const signedIn = await plainly(event, async () => {
			const site = await passkeySite();
			const who = await passkeys.signedInBy(site, answers.value.response);
			const { db, keys } = app();
			return who && enterWithPasskey({ db, keys, forceId: site.forceId }, who, tokenOf(event));
		});
		if (signedIn && signedIn !== 'dormant') return welcome(event, signedIn);
		const key = signedIn ? 'ways-in:dormant' : 'passkeys:error.refused';
		const problem = { field: 'passkey', key };
		return fail(422, refuse(data, [problem], ['response']).error);
	}
};
