import type { DemoProvider } from '#lib/server/demo/provider.ts';

/** A browser as far as the provider can tell: keeps its cookies and follows its redirections. */
export type Browser = {
	/** Goes to an address of the provider and gives the address it sends back to, at `origin`. */
	visit(address: URL, subject: string): Promise<URL>;
};

/** Gives a fresh browser; what it is sent to at `origin` it does not open, but gives back. */
export function browser(provider: DemoProvider, origin: string): Browser {
	const cookies = new Map<string, string>();
	const open = async (address: URL, form?: string): Promise<URL | null> => {
		const answer = await fetch(address, {
			method: form === undefined ? 'GET' : 'POST',
			redirect: 'manual',
			headers: {
				cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
				...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' })
			},
			...(form === undefined ? {} : { body: form })
		});
		for (const line of answer.headers.getSetCookie()) {
			const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/);
			if (value === '') cookies.delete(name);
			else cookies.set(name, value);
		}
		const to = answer.headers.get('location');
		if (to === null && answer.status >= 400) throw new Error(await answer.text());
		return to === null ? null : new URL(to, provider.issuer);
	};
	return {
		async visit(address, subject) {
			let at = address;
			for (let steps = 0; steps < 10; steps += 1) {
				const next =
					(await open(at)) ?? (await open(at, new URLSearchParams({ subject }).toString()));
				if (!next) throw new Error('The provider led nowhere.');
				if (next.origin === origin) return next;
				at = next;
			}
			throw new Error('The provider led round in circles.');
		}
	};
}
