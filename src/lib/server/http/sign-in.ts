import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { startPage } from '#lib/domain/access/role.ts';
import { refuse, type Refusal } from '#lib/forms/form.ts';
import type { SignInAnswers } from '#lib/forms/sign-in.ts';
import { chooseFirst } from '#lib/server/accounts/service.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { app } from '#lib/server/http/app.ts';
import { plainly } from '#lib/server/http/run.ts';
import { forget, remember, tokenOf } from '#lib/server/http/session.ts';

/** Sends somebody who is signed in already to where they begin. */
export function passOn({ locals }: Pick<RequestEvent, 'locals'>): void {
	const role = locals.actor?.role;
	if (role === undefined || role === 'agency_system' || role === 'worker') return;
	if (role !== 'operator') redirect(303, startPage[role]);
}

/** Signs in with a name and a secret and goes to where the person begins, or says why not. */
export async function enter(
	event: RequestEvent,
	data: FormData,
	answers: SignInAnswers,
	refused = 'public:signIn.error.refused'
): Promise<ActionFailure<Refusal>> {
	const { db, keys, force } = app();
	const { forceId, found } = await plainly(event, async () => {
		const { id: forceId } = await force();
		const source = event.getClientAddress();
		const replaces = tokenOf(event);
		const found = await signIn({ db, forceId, keys }, { ...answers, source, replaces });
		return { forceId, found };
	});
	if (!found.ok) {
		forget(event);
		const { error } = found;
		const waits = error.kind === 'wait';
		const problem = waits
			? { field: 'name', key: 'common:error.wait', values: { count: error.seconds } }
			: { field: 'name', key: refused };
		return fail(waits ? 429 : 422, refuse(data, [problem], ['password', 'words']).error);
	}
	const { token, accountId, role, view } = found.value;
	remember(event, token);
	if (role === 'victim') await plainly(event, () => beginAs(event, forceId, { accountId, token }));
	// What was kept is shown at once, but never in the plain view: home leads there later.
	const kept = event.url.searchParams.has('kept') && view === 'full';
	redirect(303, kept ? (role === 'victim' ? '/me/kept' : '/kept') : startPage[role]);
}

/** After a victim's new session: opens the case they joined last, and records that it began. */
export function beginAs(
	event: RequestEvent,
	forceId: string,
	{ accountId, token }: { accountId: string; token: string }
): Promise<void> {
	const { db, keys, clock } = app();
	const { requestId } = event.locals;
	return chooseFirst({ db, keys, clock, forceId, accountId, token, requestId });
}
