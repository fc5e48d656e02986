import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { chosen, parseDevice, parseName } from '#lib/forms/choose-secret.ts';
import { refuse, text, type Refusal } from '#lib/forms/form.ts';
import * as activation from '#lib/server/accounts/activation.ts';
import { isCommon } from '#lib/server/auth/common-passwords.ts';
import { plainly } from '#lib/server/http/run.ts';
import { remember } from '#lib/server/http/session.ts';
import { beginAs } from '#lib/server/http/sign-in.ts';
import { forgetTicket, outside, ticketOf } from '#lib/server/http/ticket.ts';
import type { Actions, PageServerLoad } from './$types';

const secrets = ['password', 'words'];

export const load: PageServerLoad = async (event) => {
	const found = await plainly(event, async () =>
		activation.find(await outside(event), ticketOf(event))
	);
	if (!found) redirect(303, '/begin?again');
	return { purpose: found.purpose };
};

export const actions: Actions = {
	device: async ({ request }) => {
		const device = parseDevice(await request.formData());
		if (!device.ok) return fail(422, { ...device.error, step: 'device' as const });
		return { step: device.value === 'own' ? ('own' as const) : ('shared' as const) };
	},
	own: async (event) => {
		const data = await event.request.formData();
		const answers = chosen(isCommon)(data);
		if (!answers.ok) return fail(422, { ...answers.error, step: 'own' as const });
		return plainly(event, async () => {
			const who = await outside(event);
			const mine = { ...answers.value, own: true };
			const entered = await activation.withPassword(who, ticketOf(event), mine);
			if (!entered.ok) return refused(data, entered.error, 'own' as const);
			return signedIn(event, who.forceId, entered.value);
		});
	},
	shared: async (event) => {
		const data = await event.request.formData();
		const answers = parseName(data);
		if (!answers.ok) return fail(422, { ...answers.error, step: 'shared' as const });
		return plainly(event, async () => {
			const { name } = answers.value;
			const drawn = await activation.withWords(await outside(event), ticketOf(event), name);
			if (!drawn.ok) return refused(data, drawn.error, 'shared' as const);
			return { step: 'words' as const, name, shown: drawn.value.words };
		});
	},
	words: async (event) => {
		const data = await event.request.formData();
		return plainly(event, async () => {
			const who = await outside(event);
			const typed = text(data, 'words').slice(0, 1_000);
			const entered = await activation.confirmWords(who, ticketOf(event), typed);
			if (entered.ok) return signedIn(event, who.forceId, entered.value);
			if (entered.error !== 'wrong') return refused(data, entered.error, 'shared' as const);
			const problem = { field: 'words', key: 'ways-in:words.error.notThese' };
			const { error } = refuse(data, [problem], secrets);
			return fail(422, { ...error, step: 'words' as const, name: text(data, 'name'), shown: '' });
		});
	}
};

function refused<S extends string>(
	data: FormData,
	why: 'taken' | 'gone',
	step: S
): ActionFailure<Refusal & { step: S }> {
	if (why === 'gone') redirect(303, '/begin?again');
	const problem = { field: 'name', key: 'ways-in:choose.error.taken' };
	return fail(422, { ...refuse(data, [problem], secrets).error, step });
}

async function signedIn(
	event: RequestEvent,
	forceId: string,
	entered: activation.Entered
): Promise<never> {
	forgetTicket(event);
	remember(event, entered.token);
	await beginAs(event, forceId, entered);
	redirect(303, '/home');
}
