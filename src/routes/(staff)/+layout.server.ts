import { isUnplaced } from '#lib/domain/access/place.ts';
import { mayReach } from '#lib/server/http/pages.ts';
import { stayOn } from '#lib/server/http/stay.ts';
import { roles } from '#lib/domain/access/role.ts';
import type { LayoutServerLoad } from './$types';

const bar = [
	...(['work', 'cases', 'requests', 'board', 'search'] as const).map((key) => ({
		key,
		route: `/(staff)/${key}`
	})),
	// Those who see figures come here for their own account only, and need a way back.
	{ key: 'oversight', route: '/(oversight)/oversight' } as const
];

// `url` is read so that every page says until when its person stays signed in.
export const load: LayoutServerLoad = ({ locals, url }) => {
	const role = roles.find((known) => known === locals.actor?.role) ?? null;
	const waits = locals.actor !== null && isUnplaced(locals.actor);
	return {
		bar: waits ? [] : bar.filter(({ route }) => mayReach(route, role)).map(({ key }) => key),
		label: locals.actor?.label ?? '',
		at: url.pathname,
		stay: stayOn(locals)
	};
};
