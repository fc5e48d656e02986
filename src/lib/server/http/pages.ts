import type { Role } from '#lib/domain/access/role.ts';

const anyone = 'anyone';
const victim: readonly Role[] = ['victim'];
const staff: readonly Role[] = ['officer', 'supervisor', 'caseworker', 'agency_desk', 'oversight'];
const signedIn: readonly Role[] = [...victim, ...staff];
const police: readonly Role[] = ['officer', 'supervisor'];

/**
 * Every route and who may reach it. A route that is not here is refused, and a test walks
 * `src/routes` and fails on one that is missing or left over.
 */
export const pages: Readonly<Record<string, typeof anyone | readonly Role[]>> = {
	'/(public)': anyone,
	'/(public)/sign-in': anyone,
	'/(public)/sign-in/words': anyone,
	'/(public)/sign-in/code': anyone,
	'/(public)/sign-in/passkey': anyone,
	'/(public)/sign-in/set-up': anyone,
	'/(public)/sign-in/force': anyone,
	'/(public)/sign-in/force/return': anyone,
	'/(public)/sign-in/force/refused': anyone,
	'/(public)/sign-in/force/out': anyone,
	'/(public)/sign-in/force/leave': anyone,
	'/(public)/begin': anyone,
	'/(public)/begin/choose': anyone,
	'/(public)/sign-out': anyone,
	'/(public)/language': anyone,
	'/(public)/exit': anyone,
	'/(public)/emergency': anyone,
	'/(public)/leaving': anyone,
	'/(public)/stay': signedIn,
	'/(public)/still-here': signedIn,
	'/health': anyone,

	'/(victim)/home': victim,
	'/(victim)/needs': victim,
	'/(victim)/needs/[area]': victim,
	'/(victim)/needs/[area]/change': victim,
	'/(victim)/needs/[area]/[need]': victim,
	'/(victim)/progress': victim,
	'/(victim)/support': victim,
	'/(victim)/support/ask': victim,
	'/(victim)/support/[number]': victim,
	'/(victim)/messages': victim,
	'/(victim)/messages/new': victim,
	'/(victim)/messages/[number]': victim,
	'/(victim)/me': victim,
	'/(victim)/me/check': victim,
	'/(victim)/me/safety': victim,
	'/(victim)/me/second-step': victim,
	'/(victim)/me/passkeys': victim,
	'/(victim)/me/reach': victim,
	'/(victim)/me/looked': victim,
	'/(victim)/me/people': victim,
	'/(victim)/me/people/ask': victim,
	'/(victim)/me/kept': victim,
	'/(victim)/me/sessions': victim,
	'/(victim)/me/secret': victim,

	'/(staff)/account': staff,
	'/(staff)/account/secret': staff,
	'/(staff)/check': staff,
	'/(staff)/unplaced': ['officer', 'supervisor', 'caseworker', 'agency_desk'],
	'/(staff)/kept': ['officer', 'supervisor', 'caseworker', 'agency_desk'],
	'/(staff)/work': ['officer', 'supervisor', 'agency_desk'],
	'/(staff)/cases': police,
	'/(staff)/cases/new': ['officer'],
	'/(staff)/cases/[reference]': police,
	'/(staff)/cases/[reference]/add': ['officer'],
	'/(staff)/cases/[reference]/access': ['officer', 'supervisor', 'agency_desk'],
	'/(staff)/cases/[reference]/linked': police,
	'/(staff)/cases/[reference]/[person]': police,
	'/(staff)/cases/[reference]/[person]/[area]': police,
	'/(staff)/cases/[reference]/[person]/notices': ['officer'],
	'/(staff)/cases/[reference]/[person]/reach': police,
	'/(staff)/cases/[reference]/[person]/invite': ['officer'],
	'/(staff)/cases/[reference]/[person]/acting': police,
	'/(staff)/cases/[reference]/[person]/acting/add': ['officer'],
	'/(staff)/cases/[reference]/[person]/messages': police,
	'/(staff)/requests': ['caseworker'],
	'/(staff)/requests/[reference]': ['caseworker'],
	'/(staff)/requests/[reference]/invite': ['caseworker'],
	'/(staff)/board': ['supervisor'],
	'/(staff)/search': ['officer', 'supervisor', 'caseworker'],
	'/(oversight)/oversight': ['oversight']
};

/** Whether someone in `role` (null: not signed in) may reach the route. Unknown routes: nobody. */
export function mayReach(routeId: string | null, role: Role | null): boolean {
	const allowed = routeId === null ? undefined : pages[routeId];
	if (allowed === undefined) return false;
	if (allowed === anyone) return true;
	return role !== null && allowed.includes(role);
}

/** Whether the route is one that needs nobody to be signed in. */
export function isOpen(routeId: string | null): boolean {
	return routeId !== null && pages[routeId] === anyone;
}
