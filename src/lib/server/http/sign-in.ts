import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { startPage } from '#lib/domain/access/role.ts';
import { refuse, type FieldError, type Refusal } from '#lib/forms/form.ts';
import type { SignInAnswers } from '#lib/forms/sign-in.ts';
import { chooseFirst } from '#lib/server/accounts/service.ts';
import {
	complete,
	signIn,
	type Dormant,
	type Refusal as Refused,
	type SignedIn
} from '#lib/server/auth/sign-in.ts';
import { app } from '#lib/server/http/app.ts';
import { plainly } from '#lib/server/http/run.ts';
import { forgetHalf, rememberHalf, type Waiting } from '#lib/server/http/second-step.ts';
import { follow, forget, remember, tokenOf } from '#lib/server/http/session.ts';

/** Sends somebody who is signed in already to where they begin. */
export function passOn({ locals }: Pick<RequestEvent, 'locals'>): void {
	const role = locals.actor?.role;
	if (role === undefined || role === 'agency_system' || role === 'worker') return;
	if (role !== 'operator') redirect(303, startPage[role]);
}

/** Signs in with a name and a secret and goes on to what comes next, or says why not. */
export async function enter(
	event: RequestEvent,
	data: FormData,
	answers: SignInAnswers,
	refused = 'public:signIn.error.refused'
): Promise<ActionFailure<Refusal>> {
	const { db, keys, force } = app();
	const found = await plainly(event, async () => {
		const { id: forceId } = await force();
		const source = event.getClientAddress();
		const replaces = tokenOf(event);
		return signIn({ db, forceId, keys }, { ...answers, source, replaces });
	});
	forgetHalf(event);
	if (!found.ok) {
		forget(event);
		// Only somebody with the right secret is told this.
		const key = found.error.kind === 'dormant' ? 'ways-in:dormant' : refused;
		return refusal(data, found.error, { field: 'name', key });
	}
	if (found.value.kind === 'whole') return welcome(event, found.value);
	forget(event);
	rememberHalf(event, found.value.token);
	redirect(303, `/sign-in/${found.value.next}${keptIn(event)}`);
}

/** Says why a secret or a code was not taken: that it is wrong, or how long to wait. */
export function refusal(
	data: FormData,
	error: Refused | Dormant,
	wrong: FieldError
): ActionFailure<Refusal> {
	const waits = error.kind === 'wait';
	const problem = waits
		? { field: wrong.field, key: 'common:error.wait', values: { count: error.seconds } }
		: wrong;
	return fail(
		waits ? 429 : 422,
		refuse(data, [problem], ['password', 'words', 'code', 'response']).error
	);
}

/** Gives the session of a sign-in whose second step was right; goes back when it is over. */
export async function finish(event: RequestEvent, { holder }: Waiting): Promise<SignedIn> {
	const signedIn = await plainly(event, () => complete(holder, holder));
	forgetHalf(event);
	if (!signedIn) redirect(303, '/sign-in?late');
	await start(event, signedIn);
	return signedIn;
}

/** Goes to where a person begins once they are signed in. */
export async function welcome(event: RequestEvent, signedIn: SignedIn): Promise<never> {
	await start(event, signedIn);
	redirect(303, beginning(event, signedIn));
}

/** Gives the address of where a person begins: what was kept first, or their role's start. */
export function beginning(event: RequestEvent, { role, view }: SignedIn): string {
	// What was kept is shown at once, but never in the plain view: home leads there later.
	const kept = keptIn(event) !== '' && view === 'full';
	return kept ? (role === 'victim' ? '/me/kept' : '/kept') : startPage[role];
}

async function start(event: RequestEvent, { token, accountId, role }: SignedIn): Promise<void> {
	remember(event, token);
	if (role !== 'victim') return;
	await plainly(event, async () => {
		const { id: forceId } = await app().force();
		await beginAs(event, forceId, { accountId, token });
	});
}

/** After a victim's new session: opens the case they joined last, and records that it began. */
export async function beginAs(
	event: RequestEvent,
	forceId: string,
	{ accountId, token }: { accountId: string; token: string }
): Promise<void> {
	const { db, keys, clock } = app();
	const { requestId } = event.locals;
	follow(event, await chooseFirst({ db, keys, clock, forceId, accountId, token, requestId }));
}

function keptIn({ url }: RequestEvent): '' | '?kept' {
	return url.searchParams.has('kept') ? '?kept' : '';
}
