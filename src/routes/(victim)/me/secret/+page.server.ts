import { fail, redirect } from '@sveltejs/kit';
import { parseNewWords } from '#lib/forms/choose-secret.ts';
import { parseButton } from '#lib/forms/settings.ts';
import { refuse } from '#lib/forms/form.ts';
import * as ownSecret from '#lib/server/accounts/own-secret.ts';
import { submit } from '#lib/server/http/run.ts';
import {
	ownToken,
	passwordAction,
	secretPage,
	withoutSecrets
} from '#lib/server/http/secret-page.ts';
import { remember } from '#lib/server/http/session.ts';
import type { Actions, PageServerLoad } from './$types';

const ways = { page: '/me/secret', check: '/me/check', done: '/me?changed' };

export const load: PageServerLoad = (event) => secretPage(event, ways);

export const actions: Actions = {
	password: passwordAction(ways),
	draw: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			const drawn = await ownSecret.drawOwnWords(ctx, ownToken(event));
			if (!drawn.ok) redirect(303, ways.page);
			return { shown: drawn.value.words, sealed: drawn.value.sealed };
		}),
	words: async (event) => {
		const typed = await withoutSecrets(event);
		return submit(event, parseNewWords, async ({ ctx, answers, key }) => {
			const sent = { token: ownToken(event), key };
			const changed = await ownSecret.confirmOwnWords(ctx, sent, answers);
			if (changed.ok) {
				remember(event, changed.value.token);
				redirect(303, ways.done);
			}
			if (changed.error === 'gone') redirect(303, ways.page);
			const problem = { field: 'six-words', key: 'ways-in:words.error.notThese' };
			return fail(422, { ...refuse(typed, [problem]).error, shown: '', sealed: answers.sealed });
		});
	}
};
