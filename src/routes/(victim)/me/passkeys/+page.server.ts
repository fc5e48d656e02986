import { redirect, type RequestEvent } from '@sveltejs/kit';
import { parse } from '#lib/forms/passkey.ts';
import { parseButton } from '#lib/forms/settings.ts';
import { text } from '#lib/forms/form.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import type { Ctx } from '#lib/server/context.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { contextOf, failed, run, submit } from '#lib/server/http/run.ts';
import { passkeySite } from '#lib/server/http/second-step.ts';
import { tokenOf } from '#lib/server/http/session.ts';
import * as mine from '#lib/server/me/passkeys.ts';
import type { Actions, PageServerLoad } from './$types';

const check = '/me/check?to=/me/passkeys';
const here = '/me/passkeys';

export const load: PageServerLoad = (event) => {
	insist(contextOf(event));
	return run(event, async (ctx) => ({
		fields: formFields(ctx),
		...(await mine.read(ctx, await passkeySite(), token(event)))
	}));
};

export const actions: Actions = {
	ask: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			insist(ctx);
			return { options: await mine.askToAdd(ctx, await passkeySite(), token(event)) };
		}),
	answer: async (event) => {
		const typed = await event.request.clone().formData();
		typed.delete('response');
		return submit(event, parse, async ({ ctx, answers }) => {
			insist(ctx);
			const added = await mine.add(ctx, await passkeySite(), {
				token: token(event),
				response: answers.response
			});
			if (added) redirect(303, here);
			return failed(typed, 422, [{ field: 'passkey', key: 'passkeys:error.notKept' }]);
		});
	},
	remove: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseButton, async ({ ctx }) => {
			insist(ctx);
			await mine.remove(ctx, await passkeySite(), {
				token: token(event),
				id: text(typed, 'passkey')
			});
			redirect(303, here);
		});
	}
};

/** Whoever did not give their secret lately is asked for it first. */
function insist(ctx: Ctx): void {
	if (!isFresh(ctx)) redirect(303, check);
}

function token(event: RequestEvent): string {
	return tokenOf(event) ?? '';
}
