import { fail, redirect } from '@sveltejs/kit';
import { refuse } from '#lib/forms/form.ts';
import { parse } from '#lib/forms/begin.ts';
import * as activation from '#lib/server/accounts/activation.ts';
import { plainly } from '#lib/server/http/run.ts';
import { outside, rememberTicket } from '#lib/server/http/ticket.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ again: url.searchParams.has('again') });

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const codes = parse(data);
		if (!codes.ok) return fail(422, codes.error);
		const begun = await plainly(event, async () =>
			activation.begin(await outside(event), codes.value, event.getClientAddress())
		);
		if (begun.ok) {
			rememberTicket(event, begun.value.ticket);
			redirect(303, '/begin/choose');
		}
		const { error } = begun;
		const problem =
			error.kind === 'wait'
				? { field: 'code', key: 'common:error.wait', values: { count: error.seconds } }
				: { field: 'code', key: 'ways-in:begin.error.refused' };
		return fail(
			error.kind === 'wait' ? 429 : 422,
			refuse(data, [problem], ['code', 'second']).error
		);
	}
};
