import { randomUUID } from 'node:crypto';
import { readConfig } from '#lib/server/config.ts';
import { startProvider, type DemoProvider } from '#lib/server/demo/provider.ts';
import { provider as providerOf } from '#lib/server/provider/client.ts';
import { comeBack, setOut, type Arrived, type Outside } from '#lib/server/provider/service.ts';
import type { TestDatabase } from '../../support/database.ts';
import { testKeys } from '../../support/world.ts';
import { browser, type Browser } from './browser.ts';

export const origin = 'http://localhost:3999';

/** A force, its provider, and what our side of the way there and back needs. */
export type Office = {
	readonly there: DemoProvider;
	readonly outside: Outside;
	/** The clock of our side; the provider has its own. */
	readonly now: { at: Date };
	/** Somebody goes there and comes back, in a fresh browser unless one is given. */
	come(
		subject: string,
		more?: { token?: string; again?: Parameters<typeof setOut>[1]; by?: Browser }
	): ReturnType<typeof comeBack>;
	/** The same for somebody who must be let in; throws when they are not. */
	arrive(subject: string, token?: string): Promise<Extract<Arrived, { kind: 'signed_in' }>>;
};

/** Starts a provider and gives the office of `forceId` that uses it. */
export async function office(
	t: TestDatabase,
	forceId: string,
	client: 'env' | 'envWithKey' = 'env'
): Promise<Office> {
	const there = await startProvider(origin);
	const now = { at: new Date() };
	const settings = readConfig({ ...there[client], DATABASE_URL: t.urls.app }).provider;
	if (!settings) throw new Error('The settings name no provider.');
	const outside: Outside = {
		...{ db: t.app, forceId, keys: testKeys, clock: () => now.at, requestId: randomUUID() },
		...{ provider: providerOf(settings, () => now.at), returnTo: `${origin}/sign-in/force/return` }
	};
	const come: Office['come'] = async (subject, { token, again = null, by } = {}) => {
		const set = await setOut(outside, again);
		if (!set.ok) return set;
		const { search } = await (by ?? browser(there, origin)).visit(set.value.address, subject);
		return comeBack(outside, { search, cookie: set.value.cookie, token });
	};
	const arrive: Office['arrive'] = async (subject, token) => {
		const arrived = await come(subject, token === undefined ? {} : { token });
		if (!arrived.ok) throw new Error(arrived.error.why);
		if (arrived.value.kind !== 'signed_in') throw new Error('nobody signed in');
		return arrived.value;
	};
	return { there, outside, now, come, arrive };
}
