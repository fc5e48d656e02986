import { error, fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { isUuid } from '#lib/domain/uuid.ts';
import { typedIn, type FieldError, type Parse, type Refusal } from '#lib/forms/form.ts';
import type { Ctx } from '#lib/server/context.ts';
import { AppError, isUnavailable } from '#lib/server/errors.ts';
import { app } from '#lib/server/http/app.ts';
import { sealedPlace } from '#lib/server/http/form-seal.ts';
import { log } from '#lib/server/log.ts';

/** What a form action gives back when nothing was done. */
export type Refused = Refusal & { readonly conflict?: unknown };

/** Gives what services act with, for a request that passed the guard. */
export function contextOf(event: RequestEvent): Ctx {
	const { actor, requestId } = event.locals;
	if (!actor) error(404, 'not found');
	const { db, keys, clock } = app();
	return { db, keys, clock, actor, requestId };
}

/** Runs a service for a page: missing and forbidden become one 404, a lost database a 503. */
export async function run<T>(event: RequestEvent, work: (ctx: Ctx) => Promise<T>): Promise<T> {
	const ctx = contextOf(event);
	return plainly(event, () => work(ctx));
}

/** Runs work that needs nobody to be signed in, with the same plain answers to what goes wrong. */
export async function plainly<T>(event: RequestEvent, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		if (thrown instanceof AppError && thrown.kind === 'not_found') error(404, 'not found');
		if (isUnavailable(thrown)) {
			log('request.unavailable', { request: event.locals.requestId });
			error(503, 'unavailable');
		}
		throw thrown;
	}
}

/** A form that passed: its answers, the key that lets it act once, and who acts. */
export type Submitted<A> = { readonly ctx: Ctx; readonly answers: A; readonly key: string };

/**
 * Reads a posted form: refuses one rendered for another participation (409), one without its key,
 * and one that does not parse (422, with all that was typed); otherwise runs `act`.
 */
export async function submit<A, T>(
	event: RequestEvent,
	parse: Parse<A>,
	act: (submitted: Submitted<A>) => Promise<T>
): Promise<T | ActionFailure<Refused>> {
	const data = await event.request.formData();
	const ctx = contextOf(event);
	const place = data.get('place');
	const key = data.get('key');
	if (place !== sealedPlace(ctx) || typeof key !== 'string' || !isUuid(key)) {
		return failed(data, 409, [{ field: 'form', key: 'common:error.otherCase' }]);
	}
	const answers = parse(data);
	if (!answers.ok) return fail(422, answers.error);
	return run(event, () => act({ ctx, answers: answers.value, key }));
}

/** Gives a refused form back with a status, its errors and everything that was typed. */
export function failed(
	data: FormData,
	status: 409 | 422 | 429,
	errors: readonly FieldError[],
	conflict?: unknown
): ActionFailure<Refused> {
	const values = typedIn(data);
	return fail(status, { errors, values, ...(conflict === undefined ? {} : { conflict }) });
}
