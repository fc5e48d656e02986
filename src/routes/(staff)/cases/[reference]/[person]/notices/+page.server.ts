import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/contact-mail.ts';
import * as contact from '#lib/server/contact/service.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		path: `/cases/${event.params.reference}/${event.params.person}`,
		...(await contact.mail(ctx, event.params))
	}));

export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const done = await contact.confirmMail(ctx, event.params.person, answers, key);
			if (!done.ok && done.error === 'check') {
				return failed(typed, 409, [{ field: 'address', key: 'staff-linked:error.stopped' }]);
			}
			if (!done.ok) {
				return failed(typed, 409, [{ field: 'address', key: 'common:error.stale' }], done.error);
			}
			redirect(303, `/cases/${event.params.reference}/${event.params.person}?done=mail`);
		});
	}
};
