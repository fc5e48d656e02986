import { expect, test } from '@playwright/test';
import pg from 'pg';
import { createHash } from 'node:crypto';
import { demoPassword, post, send, signedIn, type Answer } from '../support/requests.ts';

const words = 'Words that must not be lost 👩‍👧 شکریہ';

const hidden = (html: string, name: string): string =>
	new RegExp(`name="${name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="${name}"`)
		.exec(html)
		?.slice(1)
		.find(Boolean) ?? '';

/** Lets the session behind a cookie run out, as half an hour away would. */
async function runOut(cookie: string): Promise<void> {
	const env = JSON.parse(process.env.WORLD_ENV ?? '{}') as Record<string, string>;
	const id = createHash('sha256')
		.update(cookie.split('=')[1] ?? '')
		.digest('hex');
	const owner = new pg.Client({ connectionString: env.DATABASE_OWNER_URL ?? '' });
	await owner.connect();
	await owner.query(`update session set last_seen = now() - interval '30 minutes' where id = $1`, [
		id
	]);
	await owner.end();
}

async function asVictim(name: string): Promise<{ cookie: string }> {
	const cookie = await signedIn(name);
	return { cookie: cookieFrom(await showMore(cookie)) };
}

/** Presses "Show more": the session goes on under the cookie in the answer. */
async function showMore(cookie: string): Promise<Answer> {
	const home = await send('/home', { headers: { cookie } });
	const fields = { place: hidden(home.body, 'place'), key: hidden(home.body, 'key') };
	return post('/home?/more', fields, { cookie });
}

const cookieFrom = (answer: Answer): string =>
	String(answer.headers['set-cookie']).split(';')[0] ?? '';

const page = (path: string, cookie: string): Promise<Answer> => send(path, { headers: { cookie } });

test('a form sent after the session ran out is kept, and sent on after signing in', async () => {
	const { cookie } = await asVictim('lena');
	const form = await page('/messages/new', cookie);
	const subject = /name="subject"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="subject"/.exec(
		form.body
	);
	await runOut(cookie);
	const late = await post(
		'/messages/new',
		{
			place: hidden(form.body, 'place'),
			key: hidden(form.body, 'key'),
			subject: subject?.[1] ?? subject?.[2] ?? '',
			words
		},
		{ cookie }
	);
	expect([late.status, late.headers.location]).toEqual([303, '/sign-in?kept']);
	expect((await send('/sign-in?kept')).body).toContain('We kept what you wrote');

	const someoneElse = await asVictim('grace');
	expect((await page('/me/kept', someoneElse.cookie)).body).toContain('Nothing is kept here');

	const again = await asVictim('lena');
	expect((await page('/home', again.cookie)).body).toContain('We kept something you were writing');
	const kept = await page('/me/kept', again.cookie);
	const fields = {
		place: hidden(kept.body, 'place'),
		key: hidden(kept.body, 'key'),
		draft: hidden(kept.body, 'draft')
	};
	const carried = await post('/me/kept?/carry', fields, { cookie: again.cookie });
	expect([carried.status, carried.headers.location]).toEqual([307, '/messages/new']);
	expect((await page('/me/kept', again.cookie)).body).toContain('Nothing is kept here');
	const sent = await post(
		'/messages/new',
		{ ...fields, subject: hidden(kept.body, 'subject'), words },
		{ cookie: again.cookie }
	);
	expect(sent.status).toBe(303);
	expect((await page(String(sent.headers.location), again.cookie)).body).toContain(words);
});

test('nothing is kept of a signed-out session, a password, or a form of another case', async () => {
	const cookie = await signedIn('lena');
	await post('/sign-out', {}, { cookie });
	const late = await post('/messages/new', { words }, { cookie });
	expect(late.headers.location).toBe('/sign-in?ended');

	const { cookie: other } = await asVictim('lena');
	const form = await page('/messages/new', other);
	const fields = { place: hidden(form.body, 'place'), key: hidden(form.body, 'key') };
	await runOut(other);
	const secret = await post('/me/check', { ...fields, password: demoPassword }, { cookie: other });
	expect(secret.headers.location).toBe('/sign-in?ended');
	const misplaced = await post(
		'/messages/new',
		{ ...fields, place: 'of another case', words },
		{ cookie: other }
	);
	expect(misplaced.headers.location).toBe('/sign-in?ended');
	const control = await post('/messages/new', { ...fields, words }, { cookie: other });
	expect(control.headers.location).toBe('/sign-in?kept');
});

test('what may hold a guarded answer is offered only after the secret was given again', async () => {
	const { cookie } = await asVictim('grace');
	const place = hidden((await page('/needs/safety/change', cookie)).body, 'place');
	await runOut(cookie);
	const late = await post('/needs/safety/change?/check', { place, SAF1: 'no' }, { cookie });
	expect(late.headers.location).toBe('/sign-in?kept');

	const again = await asVictim('grace');
	const kept = await page('/me/kept', again.cookie);
	expect([kept.status, kept.headers.location]).toEqual([303, '/me/check?to=/me/kept']);
	const asked = await page('/me/check?to=/me/kept', again.cookie);
	const fields = { place: hidden(asked.body, 'place'), key: hidden(asked.body, 'key') };
	const given = await post(
		'/me/check?to=/me/kept',
		{ ...fields, password: demoPassword },
		{ cookie: again.cookie }
	);
	expect([given.status, given.headers.location]).toEqual([303, '/me/kept']);
	expect(hidden((await page('/me/kept', cookieFrom(given))).body, 'SAF1')).toBe('no');
});

test('a form sent with the id that its session had a moment before is kept, and signs nobody out', async () => {
	const old = await signedIn('lena');
	const place = hidden((await page('/home', old)).body, 'place');
	const cookie = cookieFrom(await showMore(old));
	expect(cookie).not.toBe(old);
	const late = await post('/messages/new', { place, words }, { cookie: old });
	expect([late.status, late.headers.location]).toEqual([303, '/sign-in?kept']);
	// Two presses at once: the answer to the second must not take what the first was given.
	expect(late.headers['set-cookie']).toBeUndefined();
	expect((await page('/needs', old)).headers.location).toBe('/sign-in?ended');
	expect((await page('/sign-in?kept', cookie)).headers.location).toBe('/home');
	expect((await page('/home', cookie)).body).toMatch(/We kept .{1,20} you were writing/);

	const made = await page('/needs', 'session=made-up');
	expect(String(made.headers['set-cookie'])).toContain('session=;');
});

test('staff are asked in time too, and nobody signed out is told anything', async () => {
	const cookie = await signedIn('caseworker');
	expect((await page('/requests', cookie)).body).toContain('url=/still-here?to=%2Frequests"');
	for (const told of [await page('/stay', cookie), await post('/stay', {}, { cookie })]) {
		expect(JSON.parse(told.body)).toMatchObject({ longer: true });
	}
	for (const refused of [await send('/stay'), await post('/stay', {}), await send('/still-here')]) {
		expect([refused.status, refused.headers.location]).toEqual([303, '/sign-in?ended']);
	}
});
