import { redirect } from '@sveltejs/kit';
import { parse as parseEvent, parseTold } from '#lib/forms/case-event.ts';
import { parse as parseReassign } from '#lib/forms/case-reassign.ts';
import type { FieldError } from '#lib/forms/form.ts';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import * as events from '#lib/server/events/service.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

const takeProblems: Readonly<Record<Exclude<events.TakeRefusal, 'repeated'>, FieldError>> = {
	unknown_milestone: { field: 'milestone', key: 'staff:error.milestoneMissing' },
	not_theirs_to_say: { field: 'milestone', key: 'staff:error.notTheirs' },
	in_future: { field: 'happened-day', key: 'staff:error.happenedFuture' },
	unknown_event: { field: 'supersedes', key: 'staff:error.unknownEvent' }
};

const reassignProblems: Readonly<Record<'not_an_officer' | 'same', FieldError>> = {
	not_an_officer: { field: 'officer', key: 'staff:error.notAnOfficer' },
	same: { field: 'officer', key: 'staff:error.sameOfficer' }
};

/** What was just done to the case, as the address that follows a form says it. */
const doings = ['saved', 'added', 'opened', 'told', 'handed'] as const;

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		case: await views.view(ctx, event.params.reference),
		done: doings.find((one) => event.url.searchParams.has(one)) ?? null
	}));

export const actions: Actions = {
	event: async (event) => {
		const { reference } = event.params;
		const typed = await event.request.clone().formData();
		return submit(event, parseEvent, async ({ ctx, answers, key }) => {
			const said = {
				...answers,
				caseReference: reference,
				agency: 'police',
				source: 'officer'
			} as const;
			const taken = await events.take(ctx, said, key);
			if (taken.ok || taken.error === 'repeated') redirect(303, `/cases/${reference}?saved`);
			return failed(typed, 422, [takeProblems[taken.error]]);
		});
	},
	told: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseTold, async ({ ctx, answers }) => {
			const told = await events.markTold(ctx, answers.eventId);
			if (told.ok) redirect(303, `/cases/${event.params.reference}?told`);
			return failed(typed, 422, [{ field: 'event', key: 'staff:error.notHardNews' }]);
		});
	},
	reassign: async (event) => {
		const { reference } = event.params;
		const typed = await event.request.clone().formData();
		return submit(event, parseReassign, async ({ ctx, answers, key }) => {
			const done = await cases.reassign(ctx, reference, { ...answers, key });
			if (done.ok) redirect(303, `/cases/${reference}?handed`);
			if (done.error !== 'stale') return failed(typed, 422, [reassignProblems[done.error]]);
			const stale = [{ field: 'officer', key: 'common:error.stale' }];
			return failed(typed, 409, stale, { officer: answers.to });
		});
	}
};
