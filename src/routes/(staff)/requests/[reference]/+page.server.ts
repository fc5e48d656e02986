import { error, redirect } from '@sveltejs/kit';
import { parse, parseMove, parseNote, parseVersion, staffMoves } from '#lib/forms/support-reply.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a form of this page did, for the page that follows to say so. */
const doings = ['take', 'reply', 'note', ...staffMoves] as const;

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		// A key for each form: what one of them did must not swallow another.
		fields: {
			take: formFields(ctx),
			reply: formFields(ctx),
			move: formFields(ctx),
			note: formFields(ctx)
		},
		now: ctx.clock(),
		done: doings.find((one) => one === event.url.searchParams.get('done')) ?? null,
		request: await desk.open(ctx, referenceOf(event.params.reference))
	}));

export const actions: Actions = {
	take: async (event) => {
		const reference = referenceOf(event.params.reference);
		const typed = await event.request.clone().formData();
		return submit(event, parseVersion, async ({ ctx, answers, key }) => {
			const done = await desk.take(ctx, reference, { ...answers, key });
			if (done.ok) redirect(303, back(reference, 'take'));
			const values = done.error.kind === 'taken' ? { by: done.error.by } : {};
			const told = { field: 'content', key: `staff-requests:take.${done.error.kind}`, values };
			return failed(typed, 409, [told]);
		});
	},
	reply: async (event) => {
		const reference = referenceOf(event.params.reference);
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const done = await desk.reply(ctx, reference, { ...answers, key });
			if (done.ok) redirect(303, back(reference, 'reply'));
			return failed(typed, 409, [], { what: 'reply', latest: done.error.latest });
		});
	},
	note: (event) =>
		submit(event, parseNote, async ({ ctx, answers, key }) => {
			const reference = referenceOf(event.params.reference);
			await desk.note(ctx, reference, { ...answers, key });
			redirect(303, back(reference, 'note'));
		}),
	move: async (event) => {
		const reference = referenceOf(event.params.reference);
		const typed = await event.request.clone().formData();
		return submit(event, parseMove, async ({ ctx, answers, key }) => {
			const done = await desk.moveOn(ctx, reference, { ...answers, key });
			if (done.ok) redirect(303, back(reference, answers.move));
			return failed(typed, 409, [], { what: answers.move, latest: done.error.latest });
		});
	}
};

function back(reference: string, done: (typeof doings)[number]): string {
	return `/requests/${reference}?done=${done}`;
}

function referenceOf(parameter: string): string {
	if (!/^SR-\d{6}$/.test(parameter)) error(404, 'not found');
	return parameter;
}
