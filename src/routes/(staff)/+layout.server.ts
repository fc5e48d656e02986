import { mayReach } from '#lib/server/http/pages.ts';
import { roles } from '#lib/domain/access/role.ts';
import type { LayoutServerLoad } from './$types';

const bar = ['work', 'cases', 'requests', 'board', 'search'] as const;

export const load: LayoutServerLoad = ({ locals }) => {
	const role = roles.find((known) => known === locals.actor?.role) ?? null;
	return {
		bar: bar.filter((key) => mayReach(`/(staff)/${key}`, role)),
		label: locals.actor?.label ?? ''
	};
};
