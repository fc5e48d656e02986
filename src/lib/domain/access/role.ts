/** Everyone who can sign in, by the one role their account has. */
export const roles = [
	'victim',
	'caseworker',
	'officer',
	'agency_desk',
	'supervisor',
	'oversight',
	'operator'
] as const;

export type Role = (typeof roles)[number];

/** Where each role starts after signing in; an operator works in a terminal and has no page. */
export const startPage: Readonly<Record<Role, string>> = {
	victim: '/home',
	caseworker: '/requests',
	officer: '/work',
	agency_desk: '/work',
	supervisor: '/board',
	oversight: '/oversight',
	operator: '/'
};
