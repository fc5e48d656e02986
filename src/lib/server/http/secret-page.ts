import { error, redirect, type Action, type RequestEvent } from '@sveltejs/kit';
import { newPassword } from '#lib/forms/choose-secret.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import * as ownSecret from '#lib/server/accounts/own-secret.ts';
import { isCommon } from '#lib/server/auth/common-passwords.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { remember, tokenOf } from '#lib/server/http/session.ts';

/** Where a page on which somebody changes their own secret leads. */
export type Ways = { readonly page: string; readonly check: string; readonly done: string };

/** Gives the page on which somebody changes their own secret; asks first whether it is them. */
export const secretPage = (event: RequestEvent, { page, check }: Ways) =>
	run(event, async (ctx) => {
		const kind = await ownSecret.kindFor(ctx, ownToken(event));
		if (!isFresh(ctx)) redirect(303, `${check}?to=${page}`);
		return { fields: formFields(ctx), kind };
	});

/** Changes the password; back to the page, which says what is missing, when it cannot be done. */
export function passwordAction({ page, done }: Ways): Action {
	return async (event) => {
		const typed = await withoutSecrets(event);
		return submit(event, newPassword(isCommon), async ({ ctx, answers, key }) => {
			const sent = { token: ownToken(event), key };
			const changed = await ownSecret.setPassword(ctx, sent, answers.password);
			if (changed.ok) {
				remember(event, changed.value.token);
				redirect(303, done);
			}
			if (changed.error === 'gone') redirect(303, page);
			const name =
				changed.error === 'now' ? 'ways-in:secret.error.now' : 'ways-in:choose.error.same';
			return failed(typed, 422, [{ field: 'password', key: name }]);
		});
	};
}

/** Gives the token of the session that asks. */
export function ownToken(event: RequestEvent): string {
	return tokenOf(event) ?? error(404, 'not found');
}

/** Gives what was posted without what must never be played back. */
export async function withoutSecrets(event: RequestEvent): Promise<FormData> {
	const typed = await event.request.clone().formData();
	for (const name of ['password', 'six-words', 'sealed']) typed.delete(name);
	return typed;
}
