import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { parse } from '#lib/forms/acting-name.ts';
import * as page from '#lib/server/acting/page.ts';
import * as acting from '#lib/server/acting/service.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const { person, roles } = await page.read(ctx, event.params);
		if (roles.length === 0) error(404, 'not found');
		return { fields: formFields(ctx), path: pathOf(event), person, roles };
	});

const fieldOf: Readonly<Record<acting.NameRefusal, string>> = {
	...{ role: 'role', one_only: 'role', consent: 'consent' },
	...{ birth_missing: 'birth-day', grown: 'birth-day', unborn: 'birth-day' },
	...{ day_missing: 'until-day', past: 'until-day', far: 'until-day' }
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const { role, until, consent, ...who } = answers;
			const named = await acting.name(ctx, event.params, { role, who, until, consent }, key);
			if (named.ok) redirect(303, `${pathOf(event)}/acting?done=named`);
			const text = `staff-acting:error.${named.error}`;
			return failed(typed, 422, [{ field: fieldOf[named.error], key: text }]);
		});
	}
};

function pathOf({ params }: RequestEvent): string {
	return `/cases/${params.reference ?? ''}/${params.person ?? ''}`;
}
