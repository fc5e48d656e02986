import { error, fail, redirect } from '@sveltejs/kit';
import { isAreaId, type AreaId } from '#lib/domain/need/areas.ts';
import { refuse } from '#lib/forms/form.ts';
import * as entryForm from '#lib/forms/need-entry.ts';
import * as reviewForm from '#lib/forms/need-review.ts';
import * as work from '#lib/server/cases/work.ts';
import type { WorkLine } from '#lib/server/cases/work.ts';
import type { Ctx } from '#lib/server/context.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import type { Actions, PageServerLoad } from './$types';

type Params = { readonly reference: string; readonly person: string; readonly area: string };

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const area = areaOf(event.params);
		const { searchParams } = event.url;
		const view = await viewing.area(ctx, event.params, area);
		// Each form has its own key: one that was sent must not silence another.
		const cards = view.cards.map((card) => ({
			...card,
			review: formFields(ctx),
			entry: formFields(ctx)
		}));
		const done = ['review', 'entry'].find((one) => searchParams.get('done') === one) ?? null;
		const waits = cards.some((card) => card.waiting);
		return {
			...{ ...view, cards, fields: formFields(ctx), area, done },
			next: done === null || waits ? null : await nextOf(ctx)
		};
	});

export const actions: Actions = {
	review: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, reviewForm.parse, async ({ ctx, answers: answer, key }) => {
			const done = await answering.review(ctx, { key, place: event.params, answer });
			if (!done.ok) return refused(typed, answer, done.error);
			redirect(303, back(event.params, 'review'));
		});
	},
	agree: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, reviewForm.parseAgreement, async ({ ctx, answers: agreement, key }) => {
			const area = areaOf(event.params);
			const done = await answering.agreeWithAll(ctx, { key, place: event.params, area, agreement });
			if (!done.ok) {
				const stale = { field: reviewForm.fields.areaWords, key: 'staff-needs:stale.area' };
				return failed(typed, 409, [stale]);
			}
			redirect(303, back(event.params, 'review'));
		});
	},
	entry: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, entryForm.parse, async ({ ctx, answers: line, key }) => {
			const done = await recording.recordEntry(ctx, { key, place: event.params, line });
			if (!done.ok) return conflict(typed, { needId: line.needId, of: 'entry', theirs: null });
			redirect(303, back(event.params, 'entry'));
		});
	}
};

/** What waits first now that this area is done; null when nothing does. */
async function nextOf(ctx: Ctx): Promise<WorkLine | null> {
	return (await work.list(ctx)).lines[0] ?? null;
}

/** What someone else did meanwhile, for the officer to look at beside their own. */
type Conflict = {
	readonly needId: string;
	readonly of: 'entry' | 'review';
	readonly theirs: { readonly by: string; readonly words: string } | null;
};

function refused(typed: FormData, { needId }: reviewForm.Review, why: answering.Refusal) {
	if (why.kind === 'someone_else') {
		const field = reviewForm.fields.answer(needId);
		return failed(typed, 422, [{ field, key: 'staff-needs:error.someoneElse' }]);
	}
	const theirs = why.theirs && { by: why.theirs.by, words: why.theirs.words };
	return conflict(typed, { needId, of: 'review', theirs });
}

function conflict(typed: FormData, seen: Conflict) {
	const { values } = refuse(typed, []).error;
	const errors = [{ field: seen.needId, key: `staff-needs:stale.${seen.of}` }];
	return fail(409, { errors, values, seen });
}

function back({ reference, person, area }: Params, done: 'review' | 'entry'): string {
	return `/cases/${reference}/${person}/${area}?done=${done}`;
}

function areaOf({ area }: Params): AreaId {
	if (!isAreaId(area)) error(404, 'not found');
	return area;
}
