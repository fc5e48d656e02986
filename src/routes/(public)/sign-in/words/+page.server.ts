import { fail } from '@sveltejs/kit';
import { parseWords } from '#lib/forms/sign-in.ts';
import { enter, passOn } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	passOn(event);
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const answers = parseWords(data);
		if (!answers.ok) return fail(422, answers.error);
		return enter(event, data, answers.value, 'ways-in:words.error.refused');
	}
};
