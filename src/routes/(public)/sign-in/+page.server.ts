import { fail } from '@sveltejs/kit';
import { parse } from '#lib/forms/sign-in.ts';
import { app } from '#lib/server/http/app.ts';
import { enter, passOn } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	passOn(event);
	const asked = event.url.searchParams;
	const forceAccount = app().provider !== null;
	const told = { ended: asked.has('ended'), kept: asked.has('kept'), late: asked.has('late') };
	return { ...told, forceAccount };
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const answers = parse(data);
		return answers.ok ? enter(event, data, answers.value) : fail(422, answers.error);
	}
};
