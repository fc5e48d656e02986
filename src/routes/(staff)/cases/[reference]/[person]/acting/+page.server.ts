import { redirect, type RequestEvent } from '@sveltejs/kit';
import { inGroups } from '#lib/domain/invitation/code.ts';
import { parseOne, parseOpening, parseRenewal, parseWords } from '#lib/forms/acting-decide.ts';
import * as inviting from '#lib/server/acting/inviting.ts';
import * as opening from '#lib/server/acting/opening.ts';
import * as page from '#lib/server/acting/page.ts';
import * as acting from '#lib/server/acting/service.ts';
import { app } from '#lib/server/http/app.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Place } from '#lib/server/invitations/service.ts';
import type { Actions, PageServerLoad } from './$types';

const done = [
	...(['named', 'approve', 'check', 'renew', 'end'] as const),
	...(['open', 'close', 'conflict', 'review'] as const)
] as const;

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		path: pathOf(event),
		done: done.find((one) => one === event.url.searchParams.get('done')) ?? null,
		...(await page.read(ctx, placeOf(event)))
	}));

export const actions: Actions = {
	approve: (event) =>
		submit(event, parseOne, async ({ ctx, answers, key }) => {
			const at = { ...answers, words: '', formKey: key };
			const approved = await acting.approve(ctx, placeOf(event), at);
			return approved.ok ? back(event, 'approve') : refused(approved.error);
		}),
	check: (event) =>
		submit(event, parseWords, async ({ ctx, answers, key }) => {
			const checked = await acting.clear(ctx, placeOf(event), { ...answers, formKey: key });
			return checked.ok ? back(event, 'check') : notNow();
		}),
	end: (event) =>
		submit(event, parseWords, async ({ ctx, answers, key }) => {
			const ended = await acting.end(ctx, placeOf(event), { ...answers, formKey: key });
			return ended.ok ? back(event, 'end') : notNow();
		}),
	conflict: (event) =>
		submit(event, parseWords, async ({ ctx, answers, key }) => {
			const at = { ...answers, formKey: key };
			const noted = await acting.noteConflict(ctx, placeOf(event), at);
			return noted.ok ? back(event, 'conflict') : notNow();
		}),
	review: (event) =>
		submit(event, parseWords, async ({ ctx, answers, key }) => {
			const reviewed = await acting.review(ctx, placeOf(event), { ...answers, formKey: key });
			return reviewed.ok ? back(event, 'review') : notNow();
		}),
	open: (event) =>
		submit(event, parseOpening, async ({ ctx, answers, key }) => {
			const opened = await opening.openArea(ctx, placeOf(event), { ...answers, formKey: key });
			return opened.ok ? back(event, 'open') : refused(opened.error);
		}),
	close: (event) =>
		submit(event, parseOne, async ({ ctx, answers, key }) => {
			await opening.closeArea(ctx, placeOf(event), answers.id, key);
			return back(event, 'close');
		}),
	renew: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseRenewal, async ({ ctx, answers, key }) => {
			const at = { ...answers, words: '', formKey: key };
			const renewed = await acting.renew(ctx, placeOf(event), at);
			if (renewed.ok) return back(event, 'renew');
			if (renewed.error === 'not_now') return notNow();
			const box = renewed.error === 'consent' ? 'consent' : 'until';
			const field = `${box}-${answers.id}${box === 'until' ? '-day' : ''}`;
			return failed(typed, 422, [{ field, key: `staff-acting:error.${renewed.error}` }]);
		});
	},
	code: (event) =>
		submit(event, parseOne, async ({ ctx, answers, key }) => {
			const made = await inviting.invite(ctx, placeOf(event), { ...answers, formKey: key });
			if (!made.ok) {
				const problem = { field: 'content', key: `staff-acting:error.${made.error}` };
				return failed(new FormData(), 422, [problem]);
			}
			// Shown in this answer and never again, so there is no redirect to a page of its own.
			const { code, second, expiresAt } = made.value;
			const address = new URL(app().config.origin).host;
			return {
				issued: {
					code: inGroups(code, 4),
					second: inGroups(second, 3),
					expiresAt,
					address,
					mailed: false
				}
			};
		})
};

function notNow() {
	return refused('not_now');
}

function refused(error: 'not_now' | 'not_fresh') {
	const problem = { field: 'content', key: `staff-acting:error.${error}` };
	return failed(new FormData(), error === 'not_now' ? 409 : 422, [problem]);
}

function back(event: RequestEvent, what: (typeof done)[number]): never {
	redirect(303, `${pathOf(event)}/acting?done=${what}`);
}

function placeOf({ params }: RequestEvent): Place {
	return { reference: params.reference ?? '', person: params.person ?? '' };
}

function pathOf({ params }: RequestEvent): string {
	return `/cases/${params.reference ?? ''}/${params.person ?? ''}`;
}
