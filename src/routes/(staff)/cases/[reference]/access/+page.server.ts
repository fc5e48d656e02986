import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { ListRefusal } from '#lib/domain/restricted/insider.ts';
import type { Result } from '#lib/domain/result.ts';
import { parseAdd, parseAnswer, parseReason, parseRemove } from '#lib/forms/case-access.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit, type Submitted } from '#lib/server/http/run.ts';
import * as access from '#lib/server/restricted/service.ts';
import type { Actions, PageServerLoad } from './$types';

/** What was just done, as the address that follows a form says it. */
const doings = ['restricted', 'added', 'removed', 'asked', 'answered'] as const;
type Doing = (typeof doings)[number];

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		access: await access.read(ctx, event.params.reference),
		done: doings.find((one) => event.url.searchParams.has(one)) ?? null
	}));

export const actions: Actions = {
	restrict: (event) =>
		acting(event, parseReason, 'restricted', 'reason', ({ ctx, answers, key }, reference) =>
			access.restrict(ctx, reference, { ...answers, key })
		),
	add: (event) =>
		acting(event, parseAdd, 'added', 'label', ({ ctx, answers, key }, reference) =>
			access.add(ctx, reference, { ...answers, key })
		),
	remove: (event) =>
		acting(event, parseRemove, 'removed', 'person', ({ ctx, answers, key }, reference) =>
			access.remove(ctx, reference, { ...answers, key })
		),
	ask: (event) =>
		acting(event, parseReason, 'asked', 'reason', ({ ctx, answers, key }, reference) =>
			access.askLift(ctx, reference, { ...answers, key })
		),
	answer: (event) =>
		acting(event, parseAnswer, 'answered', 'answer', ({ ctx, answers, key }, reference) =>
			access.answerLift(ctx, reference, { ...answers, key })
		)
};

// Every form here ends alike: on the page again, or with what stood in the way at its field.
async function acting<A>(
	event: RequestEvent,
	parse: Parameters<typeof submit<A, unknown>>[1],
	done: Doing,
	field: string,
	act: (form: Submitted<A>, reference: string) => Promise<Result<void, ListRefusal | 'own'>>
) {
	const reference = event.params.reference ?? '';
	const typed = await event.request.clone().formData();
	return submit(event, parse, async (form) => {
		const outcome = await act(form, reference);
		// Whoever has taken themselves off the list has no page of the case to come back to.
		if (outcome.ok) redirect(303, await after(form, reference, done));
		const { error } = outcome;
		const label = String(typed.get('label') ?? '');
		return failed(typed, error === 'same' ? 409 : 422, [
			{ field, key: `staff-access:error.${error}`, values: { label } }
		]);
	});
}

async function after<A>({ ctx }: Submitted<A>, reference: string, done: Doing): Promise<string> {
	const still = await access.maySee(ctx, reference);
	return still ? `/cases/${reference}/access?${done}` : '/work';
}
