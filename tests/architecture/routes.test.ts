import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { roles } from '#lib/domain/access/role.ts';
import { mayReach, pages } from '#lib/server/http/pages.ts';
import { filesUnder } from './files.ts';

const ends = ['+page.svelte', '+page.server.ts', '+page.ts', '+server.ts'];
const routes = [
	...new Set(
		filesUnder('src/routes', ...ends).map((file) => {
			const folder = path.relative('src/routes', path.dirname(file)).split(path.sep).join('/');
			return `/${folder}`;
		})
	)
];

const groups = ['/(public)', '/(victim)', '/(staff)', '/(oversight)', '/api', '/health'];

describe('every route', () => {
	test('has its line in the list of pages, and every line its route', () => {
		expect(routes.sort()).toEqual(Object.keys(pages).sort());
	});

	test('belongs to a known group', () => {
		const known = (route: string) =>
			groups.some((group) => route === group || route.startsWith(`${group}/`));
		expect(routes.filter((route) => !known(route))).toEqual([]);
	});

	test('for victims is for victims alone', () => {
		const own = Object.entries(pages).filter(([route]) => route.startsWith('/(victim)'));
		expect(own.filter(([, allowed]) => allowed.toString() !== 'victim')).toEqual([]);
	});

	test('for staff is for no victim and not for everybody', () => {
		const own = Object.keys(pages).filter((route) => /^\/\((staff|oversight)\)/.test(route));
		const open = own.filter((route) => mayReach(route, null) || mayReach(route, 'victim'));
		expect(open).toEqual([]);
	});

	test('of a victim says nothing of a person or a case in its address', () => {
		const parts = routes
			.filter((route) => route.startsWith('/(victim)'))
			.flatMap((route) => [...route.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]));
		expect([...new Set(parts)].filter((part) => !/^(area|need|number)$/.test(part ?? ''))).toEqual(
			[]
		);
	});
});

test('a route that nobody listed is open to nobody', () => {
	for (const role of [...roles, null]) {
		expect(mayReach('/(staff)/unlisted', role)).toBe(false);
		expect(mayReach(null, role)).toBe(false);
	}
});

test('an operator reaches only what everybody reaches', () => {
	const reached = Object.keys(pages).filter((route) => mayReach(route, 'operator'));
	expect(reached.filter((route) => !mayReach(route, null))).toEqual([]);
});
