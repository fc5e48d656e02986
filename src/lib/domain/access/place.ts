import type { Role } from '#lib/domain/access/role.ts';

type Placed = {
	readonly role: string;
	readonly teamId: string | null;
	readonly deskId: string | null;
};

/** In which roles work comes through a team, and in which through a desk; the others need neither. */
export const placeOf: Readonly<Partial<Record<Role, 'team' | 'desk'>>> = {
	officer: 'team',
	supervisor: 'team',
	caseworker: 'desk',
	agency_desk: 'desk'
};

/** Whether somebody's account still waits for a team or a desk: until then it shows no work. */
export function isUnplaced({ role, teamId, deskId }: Placed): boolean {
	const needed = Object.hasOwn(placeOf, role) ? placeOf[role as Role] : undefined;
	return (needed === 'team' && teamId === null) || (needed === 'desk' && deskId === null);
}
