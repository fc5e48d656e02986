import { redirect, type RequestEvent } from '@sveltejs/kit';
import { isUnavailable } from '#lib/server/errors.ts';
import * as drafts from '#lib/server/drafts/service.ts';
import { app } from '#lib/server/http/app.ts';
import { sealedPlace } from '#lib/server/http/form-seal.ts';

/** Keeps a form that came too late, then leads to signing in, where the page says what was done. */
export async function keepForm(event: RequestEvent, token: string): Promise<never> {
	const { db, keys, clock, force } = app();
	let kept = false;
	try {
		const { id: forceId } = await force();
		const { requestId } = event.locals;
		const path = event.url.pathname + event.url.search;
		const data = await event.request.formData();
		kept = await drafts.keep(
			{ db, keys, clock, requestId, forceId },
			{ token, path, data, placeOf: sealedPlace }
		);
	} catch (error) {
		// What cannot be kept is not said to be.
		if (!isUnavailable(error)) throw error;
	}
	redirect(303, kept ? '/sign-in?kept' : '/sign-in?ended');
}
