import { redirect, type RequestEvent } from '@sveltejs/kit';
import { parseConfirmed, parseRefused, parseStillRight } from '#lib/forms/contact-change.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as asking from '#lib/server/reach/again.ts';
import * as checking from '#lib/server/reach/checking.ts';
import type { Actions, PageServerLoad } from './$types';

const stale = { field: 'held', key: 'staff-reach:error.stale' };

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const done = event.url.searchParams.get('done');
		return {
			fields: formFields(ctx),
			path: pathOf(event),
			done: done === 'confirmed' || done === 'refused' || done === 'again' ? done : null,
			mayRecord: ctx.actor.role === 'officer',
			...(await checking.read(ctx, placeOf(event)))
		};
	});

export const actions: Actions = {
	confirm: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseConfirmed, async ({ ctx, answers, key }) => {
			const done = await checking.confirm(ctx, placeOf(event), answers, key);
			if (done.ok) redirect(303, `${pathOf(event)}/reach?done=confirmed`);
			if (done.error === 'stale') return failed(typed, 409, [stale]);
			return failed(typed, 422, [{ field: 'route', key: 'staff-reach:error.notKnown' }]);
		});
	},
	again: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseStillRight, async ({ ctx, answers, key }) => {
			const done = await asking.stillRight(ctx, placeOf(event), answers, key);
			if (done.ok) redirect(303, `${pathOf(event)}/reach?done=again`);
			if (done.error === 'stale') return failed(typed, 409, [{ ...stale, field: 'again' }]);
			return failed(typed, 422, [{ field: 'askedBy', key: 'staff-reach:error.notKnown' }]);
		});
	},
	refuse: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseRefused, async ({ ctx, answers, key }) => {
			const done = await checking.refuse(ctx, placeOf(event), answers, key);
			if (!done.ok) return failed(typed, 409, [stale]);
			redirect(303, `${pathOf(event)}/reach?done=refused`);
		});
	}
};

function placeOf({ params }: RequestEvent): checking.Place {
	return { reference: params.reference ?? '', person: params.person ?? '' };
}

function pathOf({ params }: RequestEvent): string {
	return `/cases/${params.reference ?? ''}/${params.person ?? ''}`;
}
